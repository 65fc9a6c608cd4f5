// Somebody or something: names in all scripts, posts, claims, hits on lists, documents; and what a person
// settles about it.
import { useState } from "preact/hooks";

import { type Entity, type Listed, type Someone, useAsk } from "../api";
import { Answer, Decide } from "../parts";
import { A } from "../route";
import { Kind, LineItem, Own, Reason } from "../text";
import { Unfollow } from "./news";
import { HitCard } from "./screening";
import { instant, said, t } from "../words";

const TIES = new Set(["Role", "Family", "Associate", "Membership"]);

export function EntityPage({ id }: { id: string }) {
  const asked = useAsk<Entity>(`/entities/${encodeURIComponent(id)}`);
  const [dialog, open] = useState<"merge" | "rename" | "note" | "follow" | "unfollow" | { split: string; document: string } | null>(null);
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  return (
    <Answer asked={asked}>
      {(one) => {
        const others = one.lines.filter((line) => !TIES.has(line.kind));
        const by = new Map<string, typeof others>();
        for (const line of others) by.set(line.kind, [...(by.get(line.kind) ?? []), line]);
        return (
          <div class="two">
            <div>
              <header class="head">
                <p class="extent"><Kind kind={one.kind} /></p>
                <h1><Own text={one.name} /></h1>
                <p class="extent">{[t("n_documents", { n: one.documents }), t("n_claims", { n: one.claims }), t("n_mentions", { n: one.mentions })].join(" · ")}</p>
                <p class="acts">
                  <A class="button" to={`/network?focus=${encodeURIComponent(one.entity)}`}>{t("show_network")}</A>
                  <A class="button" to={`/timeline?about=${encodeURIComponent(one.entity)}`}>{t("show_timeline")}</A>
                  {one.followed === null ? <button type="button" onClick={() => open("follow")}>{t("follow")}</button> : <button type="button" aria-pressed="true" onClick={() => open("unfollow")}>{t("is_followed")}</button>}
                  <button type="button" onClick={() => open("merge")}>{t("merge")}</button>
                  <button type="button" onClick={() => { setName(one.name); open("rename"); }}>{t("rename")}</button>
                  <button type="button" onClick={() => open("note")}>{t("note")}</button>
                </p>
              </header>
              {one.notes.length > 0 && (
                <section>
                  <h2>{t("notes")}</h2>
                  {one.notes.map((held) => (
                    <p class="note" key={held.number}>
                      <Own text={held.text} /> <span class="quiet">{[held.by, held.at && instant(held.at)].filter(Boolean).map((told) => <span key={told}>· <Own text={told ?? ""} /> </span>)}</span>
                    </p>
                  ))}
                </section>
              )}
              {one.ties.length > 0 && (
                <section>
                  <h2>{t("posts")}</h2>
                  {one.ties.map((line) => <LineItem key={line.claim} line={line} />)}
                </section>
              )}
              {[...by].map(([kind, lines]) => (
                <section key={kind}>
                  <h2>{said(kind)}</h2>
                  {lines.map((line) => <LineItem key={line.claim} line={line} />)}
                </section>
              ))}
              {one.lines_total > one.lines.length && <p><A to={`/claims?about=${encodeURIComponent(one.entity)}`}>{t("more", { n: one.lines_total - one.lines.length })} ›</A></p>}
            </div>
            <aside>
              <section>
                <h2>{t("names")}</h2>
                <table class="names">
                  <caption class="sr">{t("names")}</caption>
                  <tbody>
                    {one.names.map((seen) => (
                      <tr key={`${seen.language}${seen.name}`}>
                        <td><Own text={seen.name} lang={seen.language} /></td>
                        <td class="quiet">{said(seen.language)}</td>
                        <td class="number quiet">{seen.times}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
              {one.reasons.length > 0 && (
                <section>
                  <h2>{t("why_one")}</h2>
                  <ul class="plain-list small">{one.reasons.map((reason) => <li key={reason}><Reason text={reason} /></li>)}</ul>
                </section>
              )}
              <section>
                <h2>{t("on_lists")}</h2>
                {one.hits.length === 0 ? <p class="quiet">{t("no_hits")}</p> : one.hits.map((hit) => <HitCard key={`${hit.list}${hit.entry.id}`} hit={hit} small />)}
              </section>
              <section>
                <h2>{t("told_by")}</h2>
                <p>{one.told_by.map((publisher, at) => <span key={publisher}>{at > 0 && " · "}<Own text={publisher} /></span>)}</p>
              </section>
              <section>
                <h2>{t("in_documents")}</h2>
                <ul class="plain-list small appearances">
                  {one.appearances.map((seen) => (
                    <li key={`${seen.document}${seen.name}`}>
                      <A to={`/document/${seen.document}`}><Own text={seen.title ?? t("untitled")} /></A>
                      <br />
                      <span class="quiet">{seen.publisher && <><Own text={seen.publisher} /> · </>}<Own text={seen.name} /> ×{seen.times}</span>{" "}
                      <button type="button" class="link" aria-label={`${t("split")}: ${seen.name}`} onClick={() => open({ split: seen.name, document: seen.document })}>{t("split")}</button>
                    </li>
                  ))}
                </ul>
              </section>
            </aside>
            {dialog === "merge" && <MergeDialog entity={one.entity} name={one.name} seen={one.seen} close={() => open(null)} />}
            {dialog === "follow" && (
              <Decide title={t("follow_whom", { name: one.name })} seen={one.seen} act={t("follow")} wish={() => ({ follow: one.entity })} close={() => open(null)}>
                <p class="quiet">{t("follow_means")}</p>
              </Decide>
            )}
            {dialog === "unfollow" && one.followed !== null && <Unfollow name={one.name} number={one.followed} seen={one.seen} close={() => open(null)} />}
            {dialog === "note" && (
              <Decide title={t("note_on", { name: one.name })} seen={one.seen} act={t("note_do")} wish={() => (note.trim() ? { note: { who: one.entity, text: note } } : null)} close={() => open(null)}>
                <label for="note-text">{t("note_text")}</label>
                <input id="note-text" dir="auto" value={note} required onInput={(event) => setNote(event.currentTarget.value)} />
              </Decide>
            )}
            {dialog === "rename" && (
              <Decide title={t("rename_to")} seen={one.seen} act={t("rename_do")} wish={() => (name.trim() ? { rename: { who: one.entity, to: name } } : null)} close={() => open(null)}>
                <label for="new-name">{t("name")}</label>
                <input id="new-name" dir="auto" value={name} required onInput={(event) => setName(event.currentTarget.value)} />
              </Decide>
            )}
            {dialog !== null && typeof dialog === "object" && (
              <Decide title={t("split_why", { name: dialog.split })} seen={one.seen} act={t("split")} wish={() => ({ different: [`${dialog.split}@${dialog.document}`, one.entity] })} close={() => open(null)} />
            )}
          </div>
        );
      }}
    </Answer>
  );
}

/** Finds somebody by name and makes the two one. */
export function MergeDialog({ entity, name, seen, close }: { entity: string; name: string; seen: number; close: () => void }) {
  const [query, setQuery] = useState("");
  const [other, choose] = useState<Someone | null>(null);
  const wanted = query.trim();
  const like = useAsk<Listed<Someone>>(wanted === "" ? null : `/entities?limit=9&described=true&q=${encodeURIComponent(wanted)}`);
  const found = (like.answer?.results ?? []).filter((one) => one.entity !== entity).slice(0, 8);
  return (
    <Decide title={t("merge_with", { name })} seen={seen} act={t("merge_do")} wish={() => (other ? { same: [entity, other.entity] } : null)} close={close}>
      <label for="merge-find">{t("find_node")}</label>
      <input id="merge-find" type="search" dir="auto" value={query} onInput={(event) => { setQuery(event.currentTarget.value); choose(null); }} />
      <fieldset class="found">
        <legend class="sr">{t("who")}</legend>
        {found.map((one) => (
          <label key={one.entity}>
            <input type="radio" name="other" checked={other?.entity === one.entity} onChange={() => choose(one)} />
            <Own text={one.name} /> <Kind kind={one.kind} /> <span class="quiet">{t("n_claims", { n: one.claims })}</span>
          </label>
        ))}
      </fieldset>
    </Decide>
  );
}

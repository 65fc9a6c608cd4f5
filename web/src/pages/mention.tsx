// A mention of a document and what a person says of it: of another kind, somebody else, no name at all; or a name that
// reading has missed. Each is a decision of the log; the reading itself stays.
import { useState } from "preact/hooks";

import { type Mark, type Page } from "../api";
import { Choose, type Chosen, Decide, type MentionWish } from "../parts";
import { A } from "../route";
import { Kind, Own } from "../text";
import { MergeDialog } from "./entity";
import { said, t } from "../words";

export const KINDS = ["Person", "Company", "PublicBody", "Organization", "Place", "Asset", "Paper", "Group"];

/** Whose name it is, and what can be put right about it. */
export function Picked({ mark, page, close, choose: pick }: { mark: Mark; page: Page; close: () => void; choose: (mark: Mark) => void }) {
  const [dialog, open] = useState<"kind" | "means" | "nothing" | "merge" | null>(null);
  const [kind, setKind] = useState(mark.kind);
  const [who, choose] = useState<Chosen>({});
  const entity = mark.entity ?? "";
  const words = page.reading.text.slice(mark.start, mark.end);
  const place = { document: page.id, start: mark.start, end: mark.end, units: "utf16" as const };
  const done = () => open(null);
  // names inside a description are told by the outer one in the text: a link in a link is none
  const inner = page.reading.marks.filter((one) => one.mark === "mention" && one !== mark && one.start >= mark.start && one.end <= mark.end);
  const wish = (rest: Pick<MentionWish, "is"> & Partial<MentionWish>) => ({ mention: { ...place, ...rest } });
  return (
    <section class="chosen-mark" aria-live="polite">
      <p>
        <strong><Own text={mark.entity_name ?? mark.value} /></strong> <Kind kind={mark.kind} />
      </p>
      {mark.entity_name !== mark.value && <p class="quiet"><Own text={mark.value} /></p>}
      <p class="quiet">{t("n_mentions", { n: page.cast[entity] ?? 0 })}</p>
      {inner.length > 0 && (
        <p>
          <span class="quiet">{t("names_in_it")}</span>{" "}
          {inner.map((one) => <button type="button" class="link" key={`${one.start}-${one.end}`} onClick={() => pick(one)}><Own text={page.reading.text.slice(one.start, one.end)} /></button>)}
        </p>
      )}
      <p class="acts">
        <A to={`/entity/${encodeURIComponent(entity)}`} class="button">{t("who")} ›</A>
        <button type="button" onClick={() => open("kind")}>{t("wrong_kind")}</button>
        <button type="button" onClick={() => open("means")}>{t("wrong_entity")}</button>
        <button type="button" onClick={() => open("nothing")}>{t("no_name")}</button>
        <button type="button" onClick={() => open("merge")}>{t("merge")}</button>
        <button type="button" onClick={close}>{t("close")}</button>
      </p>
      {dialog === "kind" && (
        <Decide title={t("kind_of", { name: words })} seen={page.seen} act={t("wrong_kind_do")} wish={() => wish({ is: "kind", kind })} close={done}>
          <KindChoice kind={kind} choose={setKind} />
        </Decide>
      )}
      {dialog === "means" && (
        <Decide title={t("who_is", { name: words })} seen={page.seen} act={t("means_do")} wish={() => (isChosen(who) ? wish({ is: "means", ...who }) : null)} close={done}>
          <Choose but={entity} name={words} chosen={who} choose={choose} />
        </Decide>
      )}
      {dialog === "nothing" && (
        <Decide title={t("no_name_here", { name: words })} seen={page.seen} act={t("no_name_do")} wish={() => wish({ is: "nothing" })} close={done}>
          <p class="quiet">{t("no_name_means")}</p>
        </Decide>
      )}
      {dialog === "merge" && <MergeDialog entity={entity} name={mark.entity_name ?? mark.value} seen={page.seen} close={done} />}
    </section>
  );
}

/** A name that reading has missed: the words that are selected, or typed. */
export function Missing({ page, selected, close }: { page: Page; selected: [number, number] | null; close: () => void }) {
  const { text, marks } = page.reading;
  const [words, setWords] = useState(selected ? text.slice(...selected) : "");
  const [kind, setKind] = useState("Person");
  const [known, setKnown] = useState(false);
  const [who, choose] = useState<Chosen>({});
  const found = selected && text.slice(...selected) === words ? selected : placeOf(words, text, marks);
  const whom: Chosen = known ? who : { called: who.called ?? words.trim() };
  const wish = () => {
    if (found === null || !isChosen(whom)) return null;
    return { mention: { document: page.id, start: found[0], end: found[1], units: "utf16" as const, is: "missing" as const, kind, ...whom } };
  };
  return (
    <Decide title={t("missing_name")} seen={page.seen} act={t("missing_do")} wish={wish} close={close}>
      <label for="missing-words">{t("missing_words")}</label>
      <input id="missing-words" dir="auto" required value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      {words.trim() !== "" && found === null && <p class="problem" role="status">{t("missing_nowhere")}</p>}
      <KindChoice kind={kind} choose={setKind} />
      <fieldset class="found">
        <legend class="sr">{t("who")}</legend>
        <label><input type="radio" name="known" checked={!known} onChange={() => setKnown(false)} /> {t("new_entity")}</label>
        <label><input type="radio" name="known" checked={known} onChange={() => setKnown(true)} /> {t("known_entity")}</label>
      </fieldset>
      {known ? (
        <Choose name={words} chosen={who} choose={choose} />
      ) : (
        <>
          <label for="missing-called">{t("called_so")}</label>
          <input id="missing-called" dir="auto" value={who.called ?? words.trim()} onInput={(event) => choose({ called: event.currentTarget.value })} />
        </>
      )}
    </Decide>
  );
}

function KindChoice({ kind, choose }: { kind: string; choose: (kind: string) => void }) {
  return (
    <>
      <label for="kind-choice">{t("kind")}</label>
      <select id="kind-choice" value={kind} onChange={(event) => choose(event.currentTarget.value)}>
        {KINDS.map((one) => <option key={one} value={one}>{said(one)}</option>)}
      </select>
    </>
  );
}

function isChosen(who: Chosen): boolean {
  return who.who !== undefined || (who.called ?? "").trim() !== "";
}

/** Where the words stand first and nothing is marked. */
function placeOf(words: string, text: string, marks: Mark[]): [number, number] | null {
  const wanted = words.trim();
  if (wanted === "") return null;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const taken = marks.some((mark) => mark.mark === "mention" && mark.start < end && mark.end > at);
    if (!taken) return [at, end];
  }
  return null;
}

// Who of the case may be on a list: one hit after the other, both sides beside each other, three dates, and
// one key to decide.
import { useState } from "preact/hooks";

import { type Entity, type Hit, type Screened, type ScreenedEntity, type Standing, useAsk } from "../api";
import { Answer } from "../parts";
import { useQueue } from "../queue";
import { A } from "../route";
import { Kind, Name, Own, Reason } from "../text";
import { day, locale, said, t, type Key } from "../words";

interface Item { one: ScreenedEntity; hit: Hit }

const score = (value: number) => new Intl.NumberFormat(locale, { style: "percent" }).format(value);

export function ScreeningPage() {
  const [dismissed, setDismissed] = useState(false);
  const asked = useAsk<Screened>(`/screening?limit=1000&dismissed=${dismissed}`);
  return (
    <>
      <header class="head">
        <h1>{t("screening")}</h1>
        <div class="filters">
          <label><input type="checkbox" checked={dismissed} onChange={() => setDismissed(!dismissed)} /> {t("show_dismissed")}</label>
        </div>
      </header>
      <Answer asked={asked}>
        {(held) => (
          <>
            <p class="extent">{[t("n_hits", { n: held.open }), t("screened_n", { n: held.screened })].join(" · ")}</p>
            {held.screened === 0 ? <p>{t("no_lists")}</p> : <Queue held={held} />}
          </>
        )}
      </Answer>
    </>
  );
}

function Queue({ held }: { held: Screened }) {
  const items: Item[] = held.results.flatMap((one) => one.hits.map((hit) => ({ one, hit })));
  const { at, move, answer, undo } = useQueue(items.length, held.seen, (key, of) => {
    const item = items[of];
    if (!item || (key !== "y" && key !== "n")) return null;
    return { hit: { who: item.one.entity, list: item.hit.list, entry: item.hit.entry.id, is: key === "y" } };
  });
  const here = items[at];

  if (!here) return <p>{t("awaits_nothing")}</p>;
  return (
    <div class="queue">
      <ol class="hits" aria-label={t("screening")}>
        {items.map((item, number) => (
          <li key={`${item.one.entity}${item.hit.list}${item.hit.entry.id}`}>
            <button type="button" aria-current={item === here ? "true" : undefined} onClick={() => move(number)}>
              <span><Own text={item.one.name} /> <span class="quiet">≈ <Own text={item.hit.entry.caption} /></span></span>
              <span class="quiet"><Own text={item.hit.list} /> · {score(item.hit.score)}{item.hit.decision && <> · {t(`hit_${item.hit.decision}` as Key)}</>}</span>
            </button>
          </li>
        ))}
      </ol>
      <section class="compare" aria-label={t("hit_n_of", { n: items.indexOf(here) + 1, all: items.length })}>
        <HitCard hit={here.hit} one={here.one} />
        <p class="acts">
          <button type="button" class="main" onClick={() => answer("y")}>{t("hit_is")} <kbd>Y</kbd></button>
          <button type="button" onClick={() => answer("n")}>{t("hit_is_not")} <kbd>N</kbd></button>
          {undo && <button type="button" onClick={undo}>{t("undo")} <kbd>Z</kbd></button>}
        </p>
        <p class="quiet">{t("queue_keys")}</p>
      </section>
    </div>
  );
}

function Fields({ rows }: { rows: [string, string[]][] }) {
  return (
    <dl class="fields">
      {rows.filter(([, values]) => values.length > 0).map(([name, values]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{values.map((value) => <span key={value}><Own text={value} /></span>)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function HitCard({ hit, one, small = false }: { hit: Hit; one?: ScreenedEntity; small?: boolean }) {
  const entity = useAsk<Entity>(one ? `/entities/${encodeURIComponent(one.entity)}` : null);
  const entry = hit.entry;
  return (
    <div class={small ? "hit small" : "hit"}>
      <p class="score">
        <strong>{score(hit.score)}</strong> {t("hit_score")} · <Own text={hit.list} />
        {hit.decision && <span class={`status ${hit.decision}`}>{t(`hit_${hit.decision}` as Key)}</span>}
      </p>
      <div class="sides">
        {one && (
          <div>
            <h3>{t("in_the_case")}</h3>
            <p><Name entity={one.entity} name={one.name} /> <Kind kind={one.kind} /></p>
            {entity.answer && (
              <Fields
                rows={[
                  [t("names"), entity.answer.names.slice(0, 6).map((seen) => seen.name)],
                  [t("posts"), entity.answer.ties.slice(0, 5).map((line) => line.sentence)],
                  [t("told_by"), entity.answer.told_by],
                ]}
              />
            )}
          </div>
        )}
        <div>
          <h3>{t("on_the_list")}</h3>
          <p><Own text={entry.caption} /> <span class="quiet">{entry.id}</span></p>
          <Fields
            rows={[
              [t("names"), entry.names.slice(0, small ? 3 : 8).map((name) => name.name)],
              [t("born"), [...entry.births, ...entry.birth_places]],
              [t("countries"), entry.countries],
              [t("positions"), entry.positions],
              [t("programmes"), entry.programmes],
              [t("numbers"), small ? [] : entry.identifiers],
            ]}
          />
        </div>
      </div>
      <p><Own text={hit.matched[0]} /> <span aria-hidden="true">≈</span> <Own text={hit.matched[1]} /></p>
      <ul class="plain-list small">
        {hit.reasons.map((reason) => <li key={reason}><Reason text={reason} /></li>)}
        {hit.features.map((feature) => <li key={feature.says} lang="en" dir="ltr"><span aria-hidden="true">{feature.effect === "raises" ? "+" : feature.effect === "lowers" ? "−" : "·"}</span> <Own text={feature.says} /></li>)}
      </ul>
      {!small && (
        <table class="dates">
          <caption class="sr">{t("status")}</caption>
          <tbody>
            <Dates head={t("on_event")} all={hit.on_event} to="/claim/" />
            <Dates head={t("on_publication")} all={hit.on_publication} to={null} />
            <Dates head={t("today")} all={hit.today ? [hit.today] : []} to={null} />
          </tbody>
        </table>
      )}
    </div>
  );
}

function Dates({ head, all, to }: { head: string; all: Standing[]; to: string | null }) {
  const key: Record<string, Key> = { listed: "listed", "not listed": "not_listed", "not known": "not_known" };
  return (
    <>
      {all.slice(0, 5).map((standing, at) => (
        <tr key={`${standing.on}${standing.of ?? ""}`}>
          <th scope="row">{at === 0 ? head : ""}</th>
          <td class="nowrap">{to !== null && standing.of ? <A to={`${to}${standing.of}`}>{day(standing.on)}</A> : day(standing.on)}</td>
          <td class={`standing ${standing.status.replace(" ", "-")}`}>{key[standing.status] ? t(key[standing.status] as Key) : said(standing.status)}</td>
          <td class="quiet"><Reason text={standing.why} /></td>
        </tr>
      ))}
    </>
  );
}

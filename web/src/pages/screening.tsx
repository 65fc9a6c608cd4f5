// Who of the case may be on a list: one hit after the other, both sides beside each other, three dates, and
// one key to decide.
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { type Entity, type Hit, type Screened, type ScreenedEntity, type Standing, useAsk } from "../api";
import { announce, Answer, decide, told } from "../parts";
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
  const [at, setAt] = useState(0);
  // where one is, for keys that come before the page has been drawn anew
  const now = useRef(0);
  const move = (to: number) => {
    now.current = Math.max(0, Math.min(to, items.length - 1));
    setAt(now.current);
  };
  const [last, setLast] = useState<number | null>(null);
  const seen = useRef(held.seen);
  seen.current = Math.max(seen.current, held.seen);
  // keys come faster than answers: each waits for the one before it, none is lost
  const queue = useRef<Promise<void>>(Promise.resolve());
  const here = items[Math.min(at, items.length - 1)];

  const settle = (wish: Parameters<typeof decide>[1]) => {
    queue.current = queue.current
      .then(() => decide(seen.current, wish, ""))
      .then(
        (settled) => {
          seen.current = settled.seen;
          announce(told(settled));
          setLast("undo" in wish ? null : (settled.numbers.at(-1) ?? null));
        },
        (error: unknown) => announce(error instanceof Error ? error.message : String(error)),
      );
  };
  const verdict = (is: boolean) => {
    const item = items[Math.min(now.current, items.length - 1)];
    if (item) settle({ hit: { who: item.one.entity, list: item.hit.list, entry: item.hit.entry.id, is } });
  };

  // before the page is painted: a key pressed on what is seen is never lost
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches("input:not([type=checkbox]), textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "j" || event.key === "ArrowDown") move(now.current + 1);
      else if (event.key === "k" || event.key === "ArrowUp") move(now.current - 1);
      else if (event.key === "y") verdict(true);
      else if (event.key === "n") verdict(false);
      else if (event.key === "z" && last !== null) settle({ undo: last });
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });

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
          <button type="button" class="main" onClick={() => verdict(true)}>{t("hit_is")} <kbd>Y</kbd></button>
          <button type="button" onClick={() => verdict(false)}>{t("hit_is_not")} <kbd>N</kbd></button>
          {last !== null && <button type="button" onClick={() => settle({ undo: last })}>{t("undo")} <kbd>Z</kbd></button>}
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

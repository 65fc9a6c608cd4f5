// What is new: not articles but what they changed, since it was last noted as seen or since a day; who is followed.
import { useState } from "preact/hooks";

import { type Alert, type Article, ask as askServer, changed, type Followed, type Listed, type News, useAsk } from "../api";
import { announce, Answer, Choose, type Chosen, Decide } from "../parts";
import { A, ask, usePlace } from "../route";
import { Chains, LineItem, Name, Own, sourceName } from "../text";
import { day, instant, t, type Key } from "../words";
import { HitCard } from "./screening";
import { Moves } from "./versions";

/** In the order in which they are told. */
const KINDS = ["list hit", "new tie", "confirmed", "edited", "new claim"] as const;
const STEP = 100;

export function NewsPage() {
  const { query } = usePlace();
  const since = query.get("since") ?? "";
  const about = query.get("about") ?? "";
  const [limit, setLimit] = useState(STEP);
  const asked = useAsk<News>(`/alerts?limit=${limit}&since=${encodeURIComponent(since)}&about=${encodeURIComponent(about)}`);
  return (
    <>
      <header class="head">
        <h1>{t("news")}</h1>
        <p class="extent">{asked.answer ? extent(asked.answer) : "…"}</p>
        <form class="filters" onSubmit={(event) => event.preventDefault()}>
          <label for="since">{t("since_day")}</label>
          <input id="since" type="date" value={since} onChange={(event) => ask({ since: event.currentTarget.value })} />
          {since !== "" && <button type="button" onClick={() => ask({ since: null })}>{t("since_mark")}</button>}
          {about !== "" && <button type="button" onClick={() => ask({ about: null })}>{t("about_all")}</button>}
        </form>
      </header>
      <Answer asked={asked}>{(news) => <Told news={news} since={since} about={about} more={() => setLimit(limit + STEP * 5)} />}</Answer>
    </>
  );
}

/** *since it was noted as seen, 4 Mar 2025 · 2 new documents · 3 alerts* */
function extent(news: News): string {
  const told = news.since;
  const from = told ? (told.includes("T") ? t("news_since", { when: instant(told) }) : t("news_since_day", { when: day(told) })) : news.marked ? t("news_since_mark") : t("news_all");
  return [from, t("n_new_documents", { n: news.documents }), t("n_news", { n: news.total })].join(" · ");
}

function Told({ news, since, about, more }: { news: News; since: string; about: string; more: () => void }) {
  const groups = KINDS.map((kind) => ({ kind, alerts: news.results.filter((alert) => alert.alert === kind) })).filter((group) => group.alerts.length > 0);
  return (
    <div class="two">
      <div>
        {since === "" && about === "" && news.documents + news.total > 0 && (
          <p class="acts see">
            <button type="button" class="main" onClick={() => void see(news)}>{t("see")}</button>
            <span class="quiet">{t("see_means")}</span>
          </p>
        )}
        {news.total === 0 && <p>{news.documents > 0 ? t("no_news_of_documents") : t("no_news")}</p>}
        {groups.map(({ kind, alerts }) => (
          <section key={kind}>
            <h2>{t(`news_${kind.replace(" ", "_")}` as Key)}</h2>
            {alerts.map((alert, at) => <Item key={at} alert={alert} />)}
          </section>
        ))}
        {news.total > news.results.length && <p><button type="button" class="more" onClick={more}>{t("more", { n: news.total - news.results.length })}</button></p>}
      </div>
      <aside>
        <Following followed={news.followed} seen={news.seen} />
        <Changed />
      </aside>
    </div>
  );
}

/** What came meanwhile stays new: the case is noted as it was when it was asked. */
async function see(news: News) {
  try {
    await askServer("/alerts/seen", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ now: news.now }) });
    announce(t("seen_noted"));
    changed();
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
  }
}

function Item({ alert }: { alert: Alert }) {
  switch (alert.alert) {
    case "list hit":
      return (
        <div class="dispute">
          <p><Name entity={alert.entity} name={alert.name} /> <A to="/screening">{t("screening")} ›</A></p>
          {alert.hits.map((hit) => <HitCard key={`${hit.list}${hit.entry.id}`} hit={hit} small />)}
        </div>
      );
    case "new tie":
      return (
        <>
          {alert.ties.map((tie) => (
            <p class="tie" key={`${tie.followed.entity}${tie.to.entity}`}>
              <Name entity={tie.followed.entity} name={tie.followed.name} /> <span aria-hidden="true">–</span> <strong><Name entity={tie.to.entity} name={tie.to.name} /></strong>
            </p>
          ))}
          <LineItem line={alert.claim} />
        </>
      );
    case "confirmed":
      return (
        <>
          <LineItem line={alert.claim} />
          <p class="quiet before">{t("before")} <Chains lo={alert.before.k_lo} hi={alert.before.k_hi} /></p>
        </>
      );
    case "edited":
      return (
        <div class="dispute">
          <p class="said"><A to={`/document/${alert.document.id}`}><Own text={alert.document.title ?? t("untitled")} lang={alert.document.language} /></A></p>
          <p class="quiet"><Own text={sourceName(alert.document)} />{alert.document.version && <> · {t("version_of", { n: alert.document.version.number, of: alert.document.version.of })}</>}</p>
          <Moves moves={alert.facts} />
        </div>
      );
    default:
      return <LineItem line={alert.claim} />;
  }
}

/** Who is followed, to be added to and let go. */
function Following({ followed, seen }: { followed: Followed[]; seen: number }) {
  const [adding, add] = useState(false);
  const [chosen, choose] = useState<Chosen>({});
  const [let_go, letGo] = useState<Followed | null>(null);
  return (
    <section>
      <h2>{t("followed")}</h2>
      {followed.length === 0 && <p class="quiet">{t("followed_none")}</p>}
      <ul class="plain-list">
        {followed.map((one) => (
          <li key={one.entity} class="with-act">
            <Name entity={one.entity} name={one.name} />
            <button type="button" class="link" aria-label={`${t("unfollow")}: ${one.name}`} onClick={() => letGo(one)}>{t("unfollow")}</button>
          </li>
        ))}
      </ul>
      <p><button type="button" onClick={() => add(true)}>{t("follow_somebody")}</button></p>
      {adding && (
        <Decide title={t("follow_somebody")} seen={seen} act={t("follow")} wish={() => (chosen.who ? { follow: chosen.who } : null)} close={() => { add(false); choose({}); }}>
          <p class="quiet">{t("follow_means")}</p>
          <Choose chosen={chosen} choose={choose} />
        </Decide>
      )}
      {let_go && <Unfollow name={let_go.name} number={let_go.number} seen={seen} close={() => letGo(null)} />}
    </section>
  );
}

export function Unfollow({ name, number, seen, close }: { name: string; number: number; seen: number; close: () => void }) {
  return (
    <Decide title={t("unfollow_whom", { name })} seen={seen} act={t("unfollow")} wish={() => ({ undo: number })} close={close} />
  );
}

/** Articles that their publishers have changed, whenever. */
function Changed() {
  const asked = useAsk<Listed<Article>>("/versions?limit=8");
  const held = asked.answer;
  if (!held || held.total === 0) return null;
  return (
    <section>
      <h2>{t("changed_articles")}</h2>
      <ul class="plain-list">
        {held.results.map((article) => {
          const last = article.versions.at(-1);
          if (!last) return null;
          return (
            <li key={last.id}>
              <A to={`/document/${last.id}#versions`}><Own text={last.title ?? t("untitled")} lang={last.language} /></A>
              <br />
              <span class="quiet"><Own text={sourceName(last)} /> · {t("n_versions", { n: article.versions.length })}</span>
            </li>
          );
        })}
      </ul>
      {held.total > held.results.length && <p class="quiet">{t("more", { n: held.total - held.results.length })}</p>}
    </section>
  );
}

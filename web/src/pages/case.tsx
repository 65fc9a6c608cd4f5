// The case at a glance: where it comes from, what matters in it, what awaits a person; documents dropped
// here are read.
import { type Case, type Questions, type Screened, useAsk } from "../api";
import { Drop } from "../drop";
import { Answer } from "../parts";
import { A } from "../route";
import { ChainLine, Kind, LineItem, Name, Own, Quote, Said, SupportLine } from "../text";
import { day, said, span, t, type Key } from "../words";

/** Lines of a section before "more". */
const LINES = 5;
const MORE: Record<string, string> = {
  deals: "Deal,Ownership,Tie",
  meetings: "Meeting,Visit",
  money: "Payment",
  sanctions: "Sanction,Licence,Investigation",
  proposals: "Proposal",
  other: "Communication,Event",
};

export function CasePage() {
  const asked = useAsk<Case>("/case");
  const screened = useAsk<Screened>("/screening?limit=6");
  const questions = useAsk<Questions>("/questions?limit=3");
  return (
    <Answer asked={asked}>
      {(held) => (
        <div class="two">
          <div>
            <header class="head">
              <h1><Own text={held.name} /></h1>
              <p class="extent">
                {[
                  t("n_documents", { n: held.counts.documents }),
                  t("n_publishers", { n: held.counts.publishers }),
                  t("n_entities", { n: held.counts.entities }),
                  t("n_claims", { n: held.counts.claims }),
                ].join(" · ")}
              </p>
              <p class="extent">{t("established", { n: held.counts.established })}</p>
              {held.counts.outdated > 0 && <p class="problem">{t("outdated", { n: held.counts.outdated })}</p>}
            </header>
            {held.counts.documents === 0 ? <Drop large /> : <Told held={held} />}
          </div>
          <aside>
            {held.counts.documents > 0 && <Drop />}
            <section>
              <h2>{t("awaits")}</h2>
              <Awaits screened={screened.answer} questions={questions.answer} />
            </section>
            {held.failures.length > 0 && (
              <section>
                <h2>{t("could_not_read")}</h2>
                <ul class="plain-list">
                  {held.failures.map((failure) => (
                    <li key={failure.origin}>
                      <Own text={failure.origin} />
                      <br />
                      <span class="quiet"><Own text={failure.reason} /></span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <section>
              <h2>{t("cast")}</h2>
              <ul class="plain-list cast">
                {held.cast.map((member) => (
                  <li key={member.entity}>
                    <Name entity={member.entity} name={member.name} /> <Kind kind={member.kind} />
                    <span class="quiet"> {t("n_claims", { n: member.claims })}</span>
                  </li>
                ))}
              </ul>
              <p><A to="/entities">{t("all")} ›</A></p>
            </section>
            <section>
              <h2>{t("latest_documents")}</h2>
              <ul class="plain-list">
                {held.documents.map((line) => (
                  <li key={line.id}>
                    <A to={`/document/${line.id}`}><Own text={line.title ?? t("untitled")} lang={line.language} /></A>
                    <br />
                    <span class="quiet">
                      <Own text={line.publisher ?? t("no_publisher")} />
                      {line.published && <>, {span(line.published.from, line.published.to)}</>}
                    </span>
                  </li>
                ))}
              </ul>
              <p><A to="/documents">{t("all")} ›</A></p>
            </section>
            <section>
              <h2>{t("lists")}</h2>
              {held.lists.length === 0 ? (
                <p class="quiet">{t("no_lists")}</p>
              ) : (
                <ul class="plain-list">
                  {held.lists.map((list) => (
                    <li key={list.number}>
                      <Own text={list.list} /> <span class="quiet" title={list.hash}>{t("of_day", { day: day(list.day) })}</span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          </aside>
        </div>
      )}
    </Answer>
  );
}

function Awaits({ screened, questions }: { screened: Screened | undefined; questions: Questions | undefined }) {
  const open = (questions?.total ?? 0) > 0;
  const hit = (screened?.open ?? 0) > 0;
  if (!questions || !screened) return <p class="quiet" role="status">{"…"}</p>;
  if (!open && !hit) return <p class="quiet">{t("awaits_nothing")}</p>;
  return (
    <>
      {hit && (
        <>
          <ul class="plain-list">
            {screened.results.map((one) => (
              <li key={one.entity}>
                <Own text={one.name} /> <span class="quiet">≈ <Own text={one.hits[0]?.entry.caption ?? ""} /></span>
              </li>
            ))}
          </ul>
          <p><A to="/screening">{t("n_hits", { n: screened.open })} ›</A></p>
        </>
      )}
      {open && (
        <>
          <ul class="plain-list">
            {questions.results.map((one) => (
              <li key={one.claim?.claim ?? `${one.pair?.a.entity}${one.pair?.b.entity}`}>
                {one.claim ? <Said line={one.claim} /> : <><Own text={one.pair?.a.name ?? ""} /> <span class="quiet">≈</span> <Own text={one.pair?.b.name ?? ""} /></>}
              </li>
            ))}
          </ul>
          <p><A to="/questions">{t("n_questions", { n: questions.total })} ›</A></p>
        </>
      )}
    </>
  );
}

function Told({ held }: { held: Case }) {
  return (
    <>
      {held.origins.length > 0 && (
        <section>
          <h2>{t("where_from")}</h2>
          <ul class="origins">
            {held.origins.slice(0, 6).map((origin) => (
              <li key={origin.name}>
                <span class="bar" aria-hidden="true">
                  <svg viewBox="0 0 100 6" preserveAspectRatio="none" width="100%" height="6">
                    <rect width={(100 * origin.claims) / held.counts.claims} height="6" class="all" />
                    <rect width={(100 * origin.turns_on_it) / held.counts.claims} height="6" class="alone" />
                  </svg>
                </span>
                <strong><Own text={origin.name} /></strong> <span class="quiet"><Own text={origin.sentence} /></span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {held.newest.length > 0 && held.counts.documents > 1 && (
        <section>
          <h2>{t("newest")}</h2>
          {held.newest.slice(0, LINES).map((line) => <LineItem key={line.claim} line={line} />)}
          <p><A to="/news">{t("news")} ›</A></p>
        </section>
      )}
      {held.sections.filter((one) => one.subject !== "timeline" && one.subject !== "other").map((section) => (
        <section key={section.subject}>
          <h2>{t(section.subject as Key)}</h2>
          {section.lines.slice(0, LINES).map((line) => <LineItem key={line.claim} line={line} />)}
          {section.more + section.lines.length > LINES && (
            <p>
              <A to={`/claims?kind=${MORE[section.subject] ?? ""}`}>{t("more", { n: section.more + section.lines.length - LINES })}</A>
            </p>
          )}
        </section>
      ))}
      {held.disputes.length > 0 && (
        <section>
          <h2>{t("disputes")}</h2>
          {held.disputes.slice(0, LINES).map((dispute) => (
            <div class="dispute" key={`${dispute.denied.claim}${dispute.said?.claim ?? ""}`}>
              {dispute.said ? <LineItem line={dispute.said} /> : <p class="quiet">{t("said_nowhere")}</p>}
              <p class="against">{t("against")}</p>
              <p class="said">
                <Said line={dispute.denied} /> <A class="open" to={`/claim/${dispute.denied.claim}`} aria-label={`${said(dispute.denied.kind)}: ${dispute.denied.sentence}`}><span aria-hidden="true">›</span></A>
              </p>
              <SupportLine support={dispute.denied.support} />
              {dispute.denied.tellings[0] && <Quote passage={dispute.denied.tellings[0].passage} />}
            </div>
          ))}
        </section>
      )}
      {held.sums.length > 0 && (
        <section>
          <h2>{t("sums")}</h2>
          <ul class="plain-list">
            {held.sums.slice(0, LINES).map((sum) => (
              <li key={`${sum.passage.document.id}${sum.passage.start}${sum.told}`}>
                <strong><Own text={sum.told} /></strong> <span class="quiet"><ChainLine chain={sum.chain} /></span>
                <Quote passage={sum.passage} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}


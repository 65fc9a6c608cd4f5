// One claim: each telling with its passage, the chains as a diagram, what it hangs on, what stands if a
// source falls, what contradicts it; and the verdict of a person.
import { useState } from "preact/hooks";

import { type Claim, useAsk, type Withdrawal } from "../api";
import { Diagram, onEvery } from "../draw/chains";
import { Answer, Decide } from "../parts";
import { A, go } from "../route";
import { ChainLine, Chains, chains, LineItem, Own, Quote, Reason, Said, Status, SupportLine, when } from "../text";
import { said, t, type Key } from "../words";

const STATUSES = ["asserted", "planned", "proposed", "negotiated", "conditional", "alleged", "denied", "ended"];

export function ClaimPage({ id }: { id: string }) {
  const asked = useAsk<Claim>(`/claims/${id}`);
  return <Answer asked={asked}>{(claim) => <Told claim={claim} />}</Answer>;
}

function Told({ claim }: { claim: Claim }) {
  const [fallen, fall] = useState<string | null>(null);
  const common = onEvery(claim.tellings);
  // what is told otherwise, or nowhere, is another claim or none: its passage is still there
  const first = claim.tellings[0]?.passage;
  const leave = () => first && go(`/document/${first.document.id}?at=${first.start}-${first.end}`);
  const [dialog, open] = useState<{ confirm: string } | { reject: string } | null>(null);
  const [apart, setApart] = useState<{ reason: string; pairs: [string, string][] } | null>(null);
  const [correct, setCorrect] = useState<{ fact: string; status: string } | null>(null);
  return (
    <>
      <header class="head">
        <p class="extent">
          <A to={`/claims?kind=${claim.kind}`}>{said(claim.kind)}</A> <Status status={claim.status} /> {when(claim)}
        </p>
        <h1 class="said"><Said line={claim} /></h1>
        <SupportLine support={claim.support} />
        {common.length > 0 && claim.support.articles > 1 && (
          <p class="hangs">
            {t("hangs_on")} {common.map((name, at) => <strong key={name}>{at > 0 && " · "}<Own text={name} /></strong>)}
          </p>
        )}
        <p class="acts">
          <button type="button" onClick={() => open({ confirm: claim.claim })}>{t("confirm_claim")}</button>
          <button type="button" onClick={() => open({ reject: claim.claim })}>{t("reject_claim")}</button>
          <button type="button" onClick={() => setCorrect({ fact: claim.claim, status: claim.status })}>{t("correct_status")}</button>
          {claim.support.confirmed > 0 && <span class="quiet">{t("confirmed")}</span>}
        </p>
      </header>
      <section>
        <h2>{t("chain_diagram")}</h2>
        <Diagram tellings={claim.tellings} common={common} fallen={fallen} fall={(name) => fall(name === fallen ? null : name)} />
        {fallen === null ? <p class="quiet asks">{t("what_if")}</p> : <Falls claim={claim} name={fallen} back={() => fall(null)} />}
      </section>
      {claim.support.reasons.length > 0 && (
        <section>
          <h2>{t("counted_as_one")}</h2>
          <ul class="plain-list reasons">
            {claim.support.reasons.map((reason, at) => {
              const pairs = claim.support.between[at] ?? [];
              return (
                <li key={reason}>
                  <Reason text={reason} />{" "}
                  {pairs.length > 0 && <button type="button" onClick={() => setApart({ reason, pairs })}>{t("independent_after_all")}</button>}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {claim.differences.length > 0 && (
        <section>
          <h2>{t("differences")}</h2>
          <dl class="differences">
            {claim.differences.map((one) => (
              <div key={one.what}>
                <dt>{t(`differ_${one.what}` as Key)}</dt>
                <dd>{one.values.map((value, at) => <span key={value}>{at > 0 && " · "}<Own text={value} /></span>)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <h2>{t("tellings")}</h2>
        <ol class="tellings">
          {claim.tellings.map((telling) => {
            const gone = fallen !== null && telling.chain.some((link) => link.name === fallen);
            return (
              <li key={telling.fact} class={gone ? "gone" : undefined}>
                <p><ChainLine chain={telling.chain} /> <Status status={telling.status} />{telling.edition !== "latest" && <span class="status">{t(telling.edition === "earlier" ? "edition_earlier" : "edition_gone")}</span>}</p>
                <Quote passage={telling.passage} />
                <p class="acts small">
                  <A to={`/document/${telling.passage.document.id}?fact=${telling.fact}`}>{t("open_passage")} ›</A>
                  <button type="button" class="link" onClick={() => open({ confirm: telling.fact })}>{t("confirm")}</button>
                  <button type="button" class="link" onClick={() => open({ reject: telling.fact })}>{t("reject")}</button>
                  <button type="button" class="link" onClick={() => setCorrect({ fact: telling.fact, status: telling.status })}>{t("correct_status")}</button>
                </p>
              </li>
            );
          })}
        </ol>
      </section>
      {claim.contradicted_by.length > 0 && (
        <section>
          <h2>{t("contradicted")}</h2>
          {claim.contradicted_by.map((line) => (
            <div class="dispute" key={line.claim}>
              <LineItem line={line} />
              {line.tellings[0] && <Quote passage={line.tellings[0].passage} />}
            </div>
          ))}
        </section>
      )}
      {claim.may_be_one_with.length > 0 && (
        <section>
          <h2>{t("may_be_the_same")}</h2>
          <p class="quiet">{t("may_be_means")}</p>
          {claim.may_be_one_with.map((line) => (
            <div class="dispute" key={line.claim}>
              <LineItem line={line} />
              {line.tellings[0] && <Quote passage={line.tellings[0].passage} />}
            </div>
          ))}
        </section>
      )}
      {dialog && (
        <Decide title={"confirm" in dialog ? t("confirm") : t("reject")} seen={claim.seen} act={"confirm" in dialog ? t("confirm") : t("reject")} wish={() => dialog} close={() => open(null)} {...("reject" in dialog ? { done: leave } : {})}>
          <p><Said line={claim} /></p>
        </Decide>
      )}
      {apart && (
        <Decide title={t("independent_after_all")} seen={claim.seen} act={t("independent_do")} wish={() => ({ independent: apart.pairs.map(([a, b]) => ({ a, b })) })} close={() => setApart(null)}>
          <p><Reason text={apart.reason} /></p>
          <p class="quiet">{t("independent_means")}</p>
        </Decide>
      )}
      {correct && (
        <Decide title={t("how_told")} seen={claim.seen} act={t("correct_do")} wish={() => ({ correct })} close={() => setCorrect(null)} done={leave}>
          <p><Said line={claim} /></p>
          <label for="status-choice">{t("status")}</label>
          <select id="status-choice" value={correct.status} onChange={(event) => setCorrect({ ...correct, status: event.currentTarget.value })}>
            {STATUSES.map((one) => <option key={one} value={one}>{said(one)}</option>)}
          </select>
          <p class="quiet">{t("correct_kind")}</p>
        </Decide>
      )}
    </>
  );
}

/** What is left of this claim, and what else in the case falls with the source. */
function Falls({ claim, name, back }: { claim: Claim; name: string; back: () => void }) {
  const asked = useAsk<Withdrawal>(`/withdraw?what=${encodeURIComponent(name)}&limit=60&claim=${claim.claim}`);
  return (
    <Answer asked={asked}>
      {(gone) => {
        const [lo, hi] = gone.claim?.after ?? [claim.support.k_lo, claim.support.k_hi];
        const lists = [["falls", gone.falls], ["may_fall", gone.may_fall], ["weaker", gone.weaker]] as const;
        return (
          <div class="falls" role="status">
            <p>
              <strong><Own text={t("what_if_falls", { name })} /></strong>: {hi === 0 ? t("what_if_left_none") : <><Chains lo={lo} hi={hi} words={false} />{t("what_if_left", { chains: chains(lo, hi) })}</>}
            </p>
            {lists.map(([key, lines]) => lines.total > 0 && (
              <details key={key}>
                <summary>{t(key, { n: lines.total })}</summary>
                {lines.results.map((line) => <LineItem key={line.claim} line={line} first={false} />)}
              </details>
            ))}
            <p><button type="button" onClick={back}>{t("what_if_back")}</button></p>
          </div>
        );
      }}
    </Answer>
  );
}

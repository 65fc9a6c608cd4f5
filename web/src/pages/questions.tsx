// What nobody has decided and matters most: two that may be one, claims on which something is open. One after the
// other, with the reasons, and one key to answer.
import { type Question, type Questions, useAsk } from "../api";
import { Answer } from "../parts";
import { useQueue } from "../queue";
import { LineItem, Name, Own, Quote, Reason } from "../text";
import { locale, t } from "../words";

/** Questions laid out at once; the others come up as these are answered. */
const SHOWN = 200;

export function QuestionsPage() {
  const asked = useAsk<Questions>(`/questions?limit=${SHOWN}`);
  return (
    <>
      <header class="head"><h1>{t("questions")}</h1></header>
      <Answer asked={asked}>
        {(held) => (
          <>
            <p class="extent">{t("n_questions", { n: held.total })}{!held.whole && <> · {t("questions_most")}</>}</p>
            <Asked held={held} />
          </>
        )}
      </Answer>
    </>
  );
}

/** The pairs of articles that a suspicion takes together. */
const tied = (one: Question) => {
  const support = one.claim?.support;
  return support && support.k_lo < support.k_hi ? support.between.flat() : [];
};

const idOf = (one: Question) => one.claim?.claim ?? `${one.pair?.a.entity ?? ""} ${one.pair?.b.entity ?? ""}`;

function Asked({ held }: { held: Questions }) {
  const all = held.results;
  const { at, move, answer, undo } = useQueue(all.length, held.seen, (key, of) => {
    const one = all[of];
    if (!one) return null;
    if (key === "i" && tied(one).length > 0) return { independent: tied(one).map(([a, b]) => ({ a, b })) };
    if (key !== "y" && key !== "n") return null;
    if (one.pair) {
      const both: [string, string] = [one.pair.a.entity, one.pair.b.entity];
      return key === "y" ? { same: both } : { different: both };
    }
    const claim = one.claim?.claim ?? "";
    return key === "y" ? { confirm: claim } : { reject: claim };
  });
  const here = all[at];
  if (!here) return <p>{t("awaits_nothing")}</p>;
  return (
    <div class="queue">
      <ol class="hits" aria-label={t("questions")}>
        {all.map((one, number) => (
          <li key={idOf(one)}>
            <button type="button" aria-current={one === here ? "true" : undefined} onClick={() => move(number)}>
              <span>{one.pair ? <><Own text={one.pair.a.name} /> <span class="quiet">≈</span> <Own text={one.pair.b.name} /></> : <Own text={one.claim?.sentence ?? ""} />}</span>
              <span class="quiet">{t("moves", { n: one.changes })}</span>
            </button>
          </li>
        ))}
      </ol>
      <section class="compare" aria-label={here.pair ? t("are_one") : t("does_it_stand")}>
        {here.pair ? <Both pair={here.pair} /> : here.claim && <Doubted one={here} />}
        <ul class="plain-list reasons">{here.reasons.map((reason) => <li key={reason}><Reason text={reason} /></li>)}</ul>
        <p class="quiet">{t("moves", { n: here.changes })}</p>
        <p class="acts">
          <button type="button" class="main" onClick={() => answer("y")}>{here.pair ? t("merge_do") : t("confirm")} <kbd>Y</kbd></button>
          <button type="button" onClick={() => answer("n")}>{here.pair ? t("are_two") : t("reject")} <kbd>N</kbd></button>
          {tied(here).length > 0 && <button type="button" onClick={() => answer("i")}>{t("independent_do")} <kbd>I</kbd></button>}
          {undo && <button type="button" onClick={undo}>{t("undo")} <kbd>Z</kbd></button>}
        </p>
        <p class="quiet">{t("question_keys")}</p>
      </section>
    </div>
  );
}

function Both({ pair }: { pair: NonNullable<Question["pair"]> }) {
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  return (
    <>
      <h2>{t("are_one")}</h2>
      <p><Name entity={pair.a.entity} name={pair.a.name} /> <span class="quiet">≈ {percent.format(pair.score)}</span> <Name entity={pair.b.entity} name={pair.b.name} /></p>
    </>
  );
}

function Doubted({ one }: { one: Question }) {
  const claim = one.claim;
  if (!claim) return null;
  const best = claim.tellings[0];
  return (
    <>
      <h2>{t("does_it_stand")}</h2>
      <LineItem line={claim} />
      {best && <Quote passage={best.passage} />}
    </>
  );
}

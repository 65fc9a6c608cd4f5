// The texts of an article that its publisher has changed, and what each tells otherwise than the one before.
import { type Article, type Change, type DocumentLine, type Listed, type Move, useAsk } from "../api";
import { A } from "../route";
import { Own, Said, Status } from "../text";
import { said, span, t, type Key } from "../words";

/** What is beside a document: its other versions, with the difference in facts. */
export function Versions({ id }: { id: string }) {
  const asked = useAsk<Listed<Article>>(`/versions?document=${id}`);
  const article = asked.answer?.results[0];
  if (!article) return null;
  return (
    <section id="versions" class="versions">
      <h2>{t("versions")}</h2>
      {!article.in_order && <p class="quiet">{t("versions_unordered")}</p>}
      <ol class="plain-list">
        {article.versions.map((version, at) => (
          <li key={version.id} aria-current={version.id === id ? "true" : undefined}>
            <p>
              {version.id === id ? <strong>{t("version_n", { n: at + 1 })}</strong> : <A to={`/document/${version.id}`}>{t("version_n", { n: at + 1 })}</A>}
              {" "}<span class="quiet"><When line={version} />{at + 1 === article.versions.length && <> · {t("version_stands")}</>}</span>
            </p>
            {at > 0 && article.changes[at - 1] && <Differs change={article.changes[at - 1] as Change} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function When({ line }: { line: DocumentLine }) {
  return <>{line.published ? span(line.published.from, line.published.to) : t("date_unknown")}</>;
}

function Differs({ change }: { change: Change }) {
  return (
    <>
      {change.facts.length === 0 && <p class="quiet">{t("no_fact_changed")}</p>}
      <Moves moves={change.facts} />
      {change.same > 0 && <p class="quiet">{t("told_alike", { n: t("n_facts", { n: change.same }) })}</p>}
    </>
  );
}

const SIGN: Record<Move["change"], string> = { gained: "+", lost: "−", changed: "≠" };

/** Facts that came, went, or are told otherwise. */
export function Moves({ moves }: { moves: Move[] }) {
  return (
    <ul class="moves">
      {moves.map((move, at) => (
        <li key={at} class={move.change}>
          <span class="sign-of" title={t(`move_${move.change}` as Key)} aria-hidden="true">{SIGN[move.change]}</span>
          <div>
            <p><span class="sr">{t(`move_${move.change}` as Key)}: </span><Said line={move.claim} /> <Status status={move.claim.status} /> <A class="open" to={`/claim/${move.claim.claim}`} aria-label={`${said(move.claim.kind)}: ${move.claim.sentence}`}><span aria-hidden="true">›</span></A></p>
            {move.points.map((point) => (
              <p class="quiet" key={point.what}>
                {t(`point_${point.what}` as Key)}: <del><Own text={worded(point.what, point.values[0])} /></del> <span class="arrow" aria-hidden="true">→</span> <ins><Own text={worded(point.what, point.values[1])} /></ins>
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function worded(what: string, value: string | undefined): string {
  if (value === undefined || value === "") return t("point_nothing");
  return what === "status" ? said(value) : value;
}

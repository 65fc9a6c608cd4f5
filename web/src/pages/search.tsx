// Search over everything.
import { type Found, useAsk } from "../api";
import { Answer } from "../parts";
import { A, usePlace } from "../route";
import { Kind, LineItem, Name, Own, Quote } from "../text";
import { span, t } from "../words";

export function SearchPage() {
  const { query } = usePlace();
  const q = query.get("q") ?? "";
  const asked = useAsk<Found>(q === "" ? null : `/search?q=${encodeURIComponent(q)}`);
  return (
    <>
      <header class="head">
        <h1>{t("search")}: <Own text={q} /></h1>
      </header>
      {q !== "" && (
        <Answer asked={asked}>
          {(found) => {
            const none = found.entities.length + found.claims.length + found.documents.length + found.passages.length === 0;
            return (
              <div class="found-all">
                {none && <p>{t("found_nothing")}</p>}
                {found.entities.length > 0 && (
                  <section>
                    <h2>{t("entities")}</h2>
                    <ul class="plain-list">
                      {found.entities.map((one) => <li key={one.entity}><Name entity={one.entity} name={one.name} /> <Kind kind={one.kind} /> <span class="quiet">{t("n_claims", { n: one.claims })}</span></li>)}
                    </ul>
                  </section>
                )}
                {found.claims.length > 0 && <section><h2>{t("claims")}</h2>{found.claims.map((line) => <LineItem key={line.claim} line={line} />)}</section>}
                {found.documents.length > 0 && (
                  <section>
                    <h2>{t("documents")}</h2>
                    <ul class="plain-list">
                      {found.documents.map((line) => <li key={line.id}><A to={`/document/${line.id}`}><Own text={line.title ?? t("untitled")} /></A> <span class="quiet"><Own text={line.publisher ?? ""} />{line.published && <>, {span(line.published.from, line.published.to)}</>}</span></li>)}
                    </ul>
                  </section>
                )}
                {found.passages.length > 0 && (
                  <section>
                    <h2>{t("passages")} <span class="quiet">{found.passages.length}{found.passages_more && "+"}</span></h2>
                    {found.passages.map((passage) => <Quote key={`${passage.document.id}${passage.start}`} passage={passage} />)}
                  </section>
                )}
              </div>
            );
          }}
        </Answer>
      )}
    </>
  );
}

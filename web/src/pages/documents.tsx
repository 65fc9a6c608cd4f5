// All documents, with how much of each was read.
import { type DocumentLine, type Listed, useAsk } from "../api";
import { Answer, Table } from "../parts";
import { A, go } from "../route";
import { Own } from "../text";
import { percent, said, span, t } from "../words";

export function DocumentsPage() {
  const asked = useAsk<Listed<DocumentLine>>("/documents?limit=500");
  return (
    <Answer asked={asked}>
      {(held) => (
        <>
          <header class="head">
            <h1>{t("documents")}</h1>
            <p class="extent">{t("n_documents", { n: held.total })}</p>
          </header>
          <Table
            rows={held.results}
            caption={t("documents")}
            rowKey={(line) => line.id}
            open={(line) => go(`/document/${line.id}`)}
            columns={[
              { key: "published", head: t("published"), by: (line) => line.published?.from ?? "", cell: (line) => (line.published ? <span class="nowrap" title={line.published.basis}>{span(line.published.from, line.published.to)}</span> : <span class="quiet">{t("date_unknown")}</span>) },
              { key: "title", head: t("title"), by: (line) => line.title ?? "", cell: (line) => <><A to={`/document/${line.id}`} class="title"><Own text={line.title ?? t("untitled")} lang={line.language} /></A>{line.version && <> <span class="status">{t("version_of", { n: line.version.number, of: line.version.of })}</span></>}</> },
              { key: "publisher", wide: true, head: t("publisher"), by: (line) => line.publisher ?? "", cell: (line) => <Own text={line.publisher ?? t("no_publisher")} /> },
              { key: "language", wide: true, head: t("language"), by: (line) => line.language, cell: (line) => said(line.language) },
              { key: "facts", head: t("facts"), by: (line) => line.facts, number: true, cell: (line) => line.facts },
              { key: "unread", wide: true, head: t("unread"), by: (line) => line.unread_permille, number: true, cell: (line) => percent(line.unread_permille) },
            ]}
          />
          {held.total > held.results.length && <p class="quiet">{t("more", { n: held.total - held.results.length })}</p>}
        </>
      )}
    </Answer>
  );
}

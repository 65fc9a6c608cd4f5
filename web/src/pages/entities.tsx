// Who and what is in the case.
import { useState } from "preact/hooks";

import { type Listed, type Someone, useAsk } from "../api";
import { Answer, Table } from "../parts";
import { ask, go, usePlace } from "../route";
import { Kind, Name, Own } from "../text";
import { said, t } from "../words";

const KINDS = ["Person", "Company", "PublicBody", "Organization", "Asset", "Place", "Paper", "Group"];

export function EntitiesPage() {
  const { query } = usePlace();
  const kind = query.get("kind") ?? "";
  const [described, setDescribed] = useState(false);
  const asked = useAsk<Listed<Someone>>(`/entities?limit=500&described=${described}${kind && `&kind=${kind}`}`);
  return (
    <>
      <header class="head">
        <h1>{t("entities")}</h1>
        <div class="filters">
          <label for="kind">{t("kind")}</label>
          <select id="kind" value={kind} onChange={(event) => ask({ kind: event.currentTarget.value })}>
            <option value="">{t("all")}</option>
            {KINDS.map((one) => <option key={one} value={one}>{said(one)}</option>)}
          </select>
          <label><input type="checkbox" checked={described} onChange={() => setDescribed(!described)} /> {t("only_named")}</label>
        </div>
      </header>
      <Answer asked={asked}>
        {(held) => (
          <>
          <Table
            rows={held.results}
            caption={t("entities")}
            rowKey={(one) => one.entity}
            open={(one) => go(`/entity/${encodeURIComponent(one.entity)}`)}
            columns={[
              { key: "name", head: t("name"), by: (one) => one.name, cell: (one) => <Name entity={one.entity} name={one.name} /> },
              { key: "kind", wide: true, head: t("kind"), by: (one) => said(one.kind), cell: (one) => <Kind kind={one.kind} /> },
              { key: "names", wide: true, head: t("names"), cell: (one) => <span class="quiet names">{one.names.filter((name) => name !== one.name).slice(0, 6).map((name, at) => <span key={name}>{at > 0 && " · "}<Own text={name} /></span>)}</span> },
              { key: "documents", head: t("documents"), by: (one) => one.documents, number: true, cell: (one) => one.documents },
              { key: "claims", head: t("claims"), by: (one) => one.claims, number: true, cell: (one) => one.claims },
            ]}
          />
          {held.total > held.results.length && <p class="quiet">{t("more", { n: held.total - held.results.length })}</p>}
          </>
        )}
      </Answer>
    </>
  );
}

// What is claimed, as tables that can be sorted and filtered: deals, money, sanctions, licences, all else.
import { type Line, type Listed, useAsk } from "../api";
import { Answer, Table, type Column } from "../parts";
import { A, ask, go, usePlace } from "../route";
import { Chains, Own, Said, Status, when } from "../text";
import { inCurrency, number, percent, said, t, type Key } from "../words";

const GROUPS: { key: Key; kinds: string }[] = [
  { key: "all", kinds: "" },
  { key: "deals", kinds: "Deal,Ownership,Tie" },
  { key: "money", kinds: "Payment" },
  { key: "sanctions", kinds: "Sanction,Licence,Investigation" },
  { key: "meetings", kinds: "Meeting,Visit" },
  { key: "proposals", kinds: "Proposal" },
  { key: "posts", kinds: "Role,Family,Associate,Membership" },
  { key: "other", kinds: "Communication,Event" },
];
const STATES = ["asserted", "planned", "proposed", "negotiated", "conditional", "alleged", "denied", "ended"];

/** A sum as the reader writes it: large ones in words, with the sign of the currency. */
function money(line: Line): string {
  const sum = line.amount ?? null;
  if (sum === null) return "";
  if (sum.value === null) return [sum.words, sum.currency ?? sum.unit ?? ""].join(" ").trim();
  return sum.currency ? inCurrency(Number(sum.value), sum.currency) : [number(Number(sum.value)), sum.unit ?? ""].join(" ").trim();
}

function stake(line: Line): string {
  return line.stake?.value ? percent(Number(line.stake.value) * 10) : (line.stake?.words ?? "");
}

export function ClaimsPage() {
  const { query } = usePlace();
  const kind = query.get("kind") ?? "";
  const status = query.get("status") ?? "";
  const k = query.get("k") ?? "";
  const about = query.get("about") ?? "";
  const wanted = new URLSearchParams({ limit: "200" });
  for (const [key, value] of Object.entries({ kind, status, k, about })) if (value) wanted.set(key, value);
  const asked = useAsk<Listed<Line>>(`/claims?${wanted.toString()}`);
  return (
    <>
      <header class="head">
        <h1>{t("claims")}</h1>
        <nav class="tabs" aria-label={t("kind")}>
          {GROUPS.map((group) => (
            <A key={group.key} to={group.kinds ? `/claims?kind=${group.kinds}` : "/claims"} aria-current={group.kinds === kind ? "true" : undefined}>{t(group.key)}</A>
          ))}
        </nav>
        <div class="filters">
          <label for="status">{t("status")}</label>
          <select id="status" value={status} onChange={(event) => ask({ status: event.currentTarget.value })}>
            <option value="">{t("any")}</option>
            {STATES.map((one) => <option key={one} value={one}>{said(one)}</option>)}
          </select>
          <label for="k">{t("least_chains")}</label>
          <select id="k" value={k} onChange={(event) => ask({ k: event.currentTarget.value })}>
            <option value="">{t("any")}</option>
            {[1, 2, 3].map((n) => <option key={n} value={n}>{t("n_chains", { n })}</option>)}
          </select>
        </div>
      </header>
      <Answer asked={asked}>
        {(held) => (
          <>
            <p class="extent">{t("n_claims", { n: held.total })}</p>
            <Table rows={held.results} caption={t("claims")} rowKey={(line) => line.claim} open={(line) => go(`/claim/${line.claim}`)} columns={columns(held.results)} />
            {held.total > held.results.length && <p class="quiet">{t("more", { n: held.total - held.results.length })}</p>}
          </>
        )}
      </Answer>
    </>
  );
}

function columns(lines: Line[]): Column<Line>[] {
  const all: (Column<Line> & { shown: boolean })[] = [
    { key: "kind", shown: true, wide: true, head: t("kind"), by: (line) => said(line.kind), cell: (line) => <span class="nowrap">{said(line.kind)}</span> },
    { key: "what", shown: true, head: t("what"), cell: (line) => <><Said line={line} /> <A class="open" to={`/claim/${line.claim}`} aria-label={`${said(line.kind)}: ${line.sentence}`}><span aria-hidden="true">›</span></A></> },
    { key: "status", shown: true, head: t("status"), by: (line) => line.status, cell: (line) => (line.status === "asserted" ? <span class="quiet">{said(line.status)}</span> : <Status status={line.status} />) },
    { key: "when", shown: true, wide: true, head: t("when"), by: (line) => line.time?.from ?? "", cell: (line) => <span class="nowrap">{when(line)}</span> },
    { key: "amount", wide: true, shown: lines.some((line) => line.amount), head: t("amount"), number: true, by: (line) => Number(line.amount?.value ?? 0), cell: (line) => <span class="nowrap"><Own text={money(line)} /></span> },
    { key: "stake", wide: true, shown: lines.some((line) => line.stake), head: t("stake"), number: true, by: (line) => Number(line.stake?.value ?? 0), cell: (line) => <span class="nowrap">{stake(line)}</span> },
    { key: "chains", shown: true, head: t("chains"), number: true, by: (line) => line.support.k_lo * 1000 + line.support.k_hi, cell: (line) => <Chains lo={line.support.k_lo} hi={line.support.k_hi} words={false} /> },
    { key: "articles", shown: true, head: t("articles"), number: true, by: (line) => line.support.articles, cell: (line) => line.support.articles },
  ];
  return all.filter((one) => one.shown);
}

// Who is tied to whom: the picture, its filters, what lies behind a line, paths, and the same as a table.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { type Drawn, type Line, type Listed, type Paths, type Someone, useAsk } from "../api";
import { colours, STROKES, WIDTHS } from "../draw/colours";
import { graphml, save } from "../draw/export";
import { LOOKS, model, type Edge, type Filter, type Look, type Model } from "../draw/model";
import { Picture } from "../draw/picture";
import { Answer, Switches, Table } from "../parts";
import { A, ask, usePlace } from "../route";
import { Chains, Kind, LineItem, Name, Own, Status } from "../text";
import { day, said, span, t, type Key } from "../words";

const KINDS = ["Deal", "Ownership", "Payment", "Meeting", "Visit", "Communication", "Role", "Family", "Associate", "Membership", "Sanction", "Licence", "Investigation", "Proposal", "Event", "Tie"];
const STATES = ["asserted", "planned", "proposed", "negotiated", "conditional", "alleged", "denied", "ended"];

export function NetworkPage() {
  const asked = useAsk<Drawn>("/network");
  return <Answer asked={asked}>{(drawn) => <Network drawn={drawn} />}</Answer>;
}

function Network({ drawn }: { drawn: Drawn }) {
  const { query } = usePlace();
  const kinds = useMemo(() => KINDS.filter((kind) => drawn.ties.some((tie) => tie.kind === kind)), [drawn]);
  const states = useMemo(() => STATES.filter((state) => drawn.ties.some((tie) => tie.status === state)), [drawn]);
  const [chosenKinds, chooseKinds] = useState(() => new Set(KINDS));
  const [chosenStates, chooseStates] = useState(() => new Set(STATES));
  const [hidden, hide] = useState<Set<string>>(new Set());
  const [undated, setUndated] = useState(true);
  const [hops, setHops] = useState(1);
  const [route, setRoute] = useState<string[]>([]);
  const [picked, pick] = useState<{ node?: string; edge?: string }>({});
  const [webgl, setWebgl] = useState(true);
  const [settled, settle] = useState(false);
  const k = Number(query.get("k") ?? 0);
  const until = query.get("until");
  const focus = query.get("focus");
  const from = query.get("from");
  const to = query.get("to");

  const filter: Filter = { kinds: chosenKinds, states: chosenStates, k, until, undated, hidden, around: focus === null ? null : new Set(focus.split(",")), hops };
  const shown = useMemo(() => model(drawn, filter), [drawn, chosenKinds, chosenStates, k, until, undated, hidden, focus, hops]);

  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture | null>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const drawing = new Picture(box.current, pick, () => settle(true));
    picture.current = drawing;
    setWebgl(drawing.webgl);
    return () => drawing.end();
  }, []);
  useEffect(() => picture.current?.place(drawn), [drawn]);
  useEffect(() => picture.current?.show(shown), [shown]);
  useEffect(() => picture.current?.follow(route), [route, shown]);
  useEffect(() => picture.current?.mark(picked.node ?? null), [picked.node]);
  useEffect(() => {
    const redraw = () => picture.current?.show(shown);
    const watch = new MutationObserver(redraw);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-light"] });
    return () => watch.disconnect();
  }, [shown]);

  const named = new Map(drawn.nodes.map((node) => [node.entity, node]));
  const edge = shown.edges.find((one) => one.key === picked.edge);
  const node = picked.node === undefined ? undefined : named.get(picked.node);

  return (
    <>
      <h1 class="sr">{t("network")}</h1>
      <div class="network-grid">
        <form class="side" onSubmit={(event) => event.preventDefault()}>
          <Finder nodes={shown.nodes} find={(id) => pick({ node: id })} label={t("find_node")} id="find-node" />
          <div class="row">
            <label for="least">{t("least_chains")}</label>
            <select id="least" value={String(k)} onChange={(event) => ask({ k: event.currentTarget.value === "0" ? null : event.currentTarget.value })}>
              <option value="0">{t("any")}</option>
              {[1, 2, 3].map((n) => <option key={n} value={n}>{t("n_chains", { n })}</option>)}
            </select>
          </div>
          <Time drawn={drawn} until={until} undated={undated} setUndated={setUndated} />
          <Switches name={t("states")} all={states} chosen={chosenStates} choose={chooseStates} />
          <Switches name={t("kinds_of_tie")} all={kinds} chosen={chosenKinds} choose={chooseKinds} />
          <PathForm drawn={drawn} query={query} />
          {(hidden.size > 0 || focus !== null) && (
            <p>
              {hidden.size > 0 && <>{t("hidden_n", { n: hidden.size })} </>}
              <button type="button" onClick={() => { hide(new Set()); setHops(1); ask({ focus: null }); }}>{t("show_all")}</button>
            </p>
          )}
        </form>
        <div class="stage">
          <div ref={box} class="picture" role="img" aria-label={t("picture_says", { nodes: t("n_nodes", { n: shown.nodes.length }), ties: t("n_ties", { n: shown.edges.length }) })} data-settled={settled} data-webgl={webgl} />
          <div class="over">
            <button type="button" aria-label={t("zoom_in")} title={t("zoom_in")} onClick={() => picture.current?.zoom("in")}>+</button>
            <button type="button" aria-label={t("zoom_out")} title={t("zoom_out")} onClick={() => picture.current?.zoom("out")}>−</button>
            <button type="button" aria-label={t("zoom_all")} title={t("zoom_all")} onClick={() => picture.current?.zoom("all")}>⤢</button>
          </div>
          <Legend />
          <p class="extent count">
            {t("n_nodes", { n: shown.nodes.length })} · {t("n_ties", { n: shown.edges.length })}
            {drawn.more > 0 && <> · {t("not_drawn", { claims: t("n_claims", { n: drawn.more }) })}</>}
            {" · "}{t("export")}:{" "}
            <button type="button" class="link" onClick={() => picture.current && save("network.svg", picture.current.svg())}>SVG</button>{" "}
            <button type="button" class="link" onClick={() => void picture.current?.png().then((blob) => save("network.png", blob))}>PNG</button>{" "}
            <button type="button" class="link" onClick={() => save("network.graphml", new Blob([graphml(shown)], { type: "application/xml" }))}>GraphML</button>
          </p>
        </div>
        <aside class="picked" aria-live="polite">
          {node && (
            <section>
              <p><Kind kind={node.kind} /></p>
              <h2><Name entity={node.entity} name={node.name} /></h2>
              <p class="quiet">{[t("n_documents", { n: node.documents }), t("n_claims", { n: node.claims })].join(" · ")}</p>
              <p class="acts">
                <button type="button" onClick={() => { setHops(1); ask({ focus: node.entity }); }}>{t("focus")}</button>
                {focus !== null && <button type="button" onClick={() => setHops(hops + 1)}>{t("expand")}</button>}
                <button type="button" onClick={() => { hide(new Set([...hidden, node.entity])); pick({}); }}>{t("hide")}</button>
              </p>
              <ul class="plain-list">
                {shown.edges.filter((one) => one.source === node.entity || one.target === node.entity).sort((a, b) => b.k - a.k || b.claims.length - a.claims.length).slice(0, 40).map((one) => {
                  const other = named.get(one.source === node.entity ? one.target : one.source);
                  return (
                    <li key={one.key}>
                      <button type="button" class="link" onClick={() => pick({ edge: one.key })}><Stroke look={one.look} /> <Own text={other?.name ?? ""} /></button>{" "}
                      <span class="quiet">{[...new Set(one.ties.map((tie) => said(tie.kind)))].join(", ")}</span>
                    </li>
                  );
                })}
              </ul>
            </section>
          )}
          {edge && <Behind edge={edge} named={named} pick={(id) => pick({ node: id })} />}
          {from !== null && to !== null && <Route key={`${from} ${to}`} from={from} to={to} follow={setRoute} />}
          {!node && !edge && to === null && <Start shown={shown} pick={(id) => pick({ node: id })} />}
        </aside>
      </div>
      <section class="as-table">
        <h2>{t("as_table")}</h2>
        <TieTable shown={shown} named={named} pick={(key) => { pick({ edge: key }); scrollTo({ top: 0 }); }} />
      </section>
    </>
  );
}

/** Before anything is picked: those with the most ties. */
function Start({ shown, pick }: { shown: Model; pick: (id: string) => void }) {
  const degree = new Map<string, number>();
  for (const { source, target } of shown.edges) for (const one of [source, target]) degree.set(one, (degree.get(one) ?? 0) + 1);
  const most = [...shown.nodes].sort((a, b) => (degree.get(b.entity) ?? 0) - (degree.get(a.entity) ?? 0)).slice(0, 14);
  return (
    <section>
      <h2>{t("cast")}</h2>
      <ul class="plain-list">
        {most.map((node) => (
          <li key={node.entity}>
            <button type="button" class="link" onClick={() => pick(node.entity)}><Own text={node.name} /></button> <span class="quiet">{t("n_ties", { n: degree.get(node.entity) ?? 0 })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Finder({ nodes, find, label, id, value = "" }: { nodes: Someone[]; find: (id: string) => void; label: string; id: string; value?: string }) {
  return (
    <div class="row">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        dir="auto"
        defaultValue={value}
        list={`${id}-list`}
        autocomplete="off"
        onInput={(event) => {
          const value = event.currentTarget.value;
          const found = nodes.find((node) => node.name === value);
          if (found) find(found.entity);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          const value = event.currentTarget.value.toLocaleLowerCase();
          const found = nodes.find((node) => node.names.some((name) => name.toLocaleLowerCase().includes(value)));
          if (!found || value === "") return;
          event.currentTarget.value = found.name;
          find(found.entity);
        }}
      />
      <datalist id={`${id}-list`}>{nodes.slice(0, 400).map((node) => <option key={node.entity} value={node.name} />)}</datalist>
    </div>
  );
}

function Time({ drawn, until, undated, setUndated }: { drawn: Drawn; until: string | null; undated: boolean; setUndated: (on: boolean) => void }) {
  const days = useMemo(() => drawn.ties.flatMap((tie) => (tie.from === null ? [] : [Date.parse(tie.from)])).sort((a, b) => a - b), [drawn]);
  const [playing, play] = useState(false);
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? 0;
  const at = until === null ? last : Date.parse(until);
  const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
  useEffect(() => {
    if (!playing) return undefined;
    // one step to each day on which something begins: gaps of years do not make one wait
    const steps = [...new Set(days)];
    const timer = window.setInterval(() => {
      const next = steps.find((one) => one > (until === null ? -Infinity : Date.parse(until)));
      if (next === undefined || next === steps.at(-1)) {
        play(false);
        ask({ until: null });
      } else ask({ until: iso(next) });
    }, 700);
    return () => window.clearInterval(timer);
  }, [playing, until, days]);
  if (days.length === 0) return null;
  // the slider goes by rank, so that a date of long ago does not press all others into its end
  const rank = days.filter((one) => one <= at).length;
  return (
    <fieldset class="time">
      <legend>{t("time_span")}</legend>
      <div class="row">
        <button type="button" onClick={() => { if (!playing && until === null) ask({ until: iso(first) }); play(!playing); }}>{playing ? t("pause") : t("play")}</button>
        <span class="nowrap">{t("until")} {day(iso(at))}</span>
      </div>
      <input type="range" min={1} max={days.length} value={rank} aria-label={`${t("time_span")}, ${t("until")}`} aria-valuetext={day(iso(at))}
        onInput={(event) => {
          const to = days[Number(event.currentTarget.value) - 1] ?? last;
          ask({ until: to >= last ? null : iso(to) });
        }} />
      <label><input type="checkbox" checked={undated} onChange={() => setUndated(!undated)} /> {t("undated_too")}</label>
    </fieldset>
  );
}

/** Which two a path is wanted between; the address keeps them. */
function PathForm({ drawn, query }: { drawn: Drawn; query: URLSearchParams }) {
  const [from, setFrom] = useState(query.get("from"));
  const [to, setTo] = useState(query.get("to"));
  const name = (id: string | null) => drawn.nodes.find((node) => node.entity === id)?.name ?? "";
  return (
    <fieldset class="path">
      <legend>{t("path")}</legend>
      <Finder nodes={drawn.nodes} find={setFrom} label={t("path_a")} id="path-a" value={name(from)} />
      <Finder nodes={drawn.nodes} find={setTo} label={t("path_b")} id="path-b" value={name(to)} />
      <p class="acts">
        <button type="button" disabled={from === null || to === null} onClick={() => ask({ from, to })}>{t("path")}</button>
        {query.has("to") && <button type="button" onClick={() => ask({ from: null, to: null })}>{t("close")}</button>}
      </p>
    </fieldset>
  );
}

/** The ways from one to another, each through others, with the claims of every hop. */
function Route({ from, to, follow }: { from: string; to: string; follow: (route: string[]) => void }) {
  const asked = useAsk<Paths>(`/path?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
  const [chosen, choose] = useState(0);
  const way = asked.answer?.paths[chosen];
  useEffect(() => {
    follow(way ? [way.hops[0]?.from.entity ?? "", ...way.hops.map((hop) => hop.to.entity)] : []);
    return () => follow([]);
  }, [way]);
  return (
    <section class="route">
      <Answer asked={asked}>
        {(found) => {
          if (!way) return <p role="status">{t("path_none")}</p>;
          return (
            <>
              <h2><Own text={found.from.name} /> – <Own text={found.to.name} />: {t("path_steps", { n: way.hops.length })}</h2>
              <ol class="plain-list">
                {way.hops.map((hop, at) => (
                  <li key={hop.to.entity}>
                    <p><Name entity={hop.from.entity} name={hop.from.name} /> – <Name entity={hop.to.entity} name={hop.to.name} />{at === way.weakest && way.hops.length > 1 && <span class="status">{t("weakest")}</span>}</p>
                    {hop.ties.map((line) => <LineItem key={line.claim} line={line} first={false} />)}
                    {hop.more > 0 && <p class="quiet">{t("more", { n: hop.more })}</p>}
                  </li>
                ))}
              </ol>
              {found.paths.length > 1 && (
                <p class="acts">
                  {t("other_paths")}{" "}
                  {found.paths.map((other, at) => <button key={at} type="button" aria-pressed={at === chosen} onClick={() => choose(at)}>{t("path_steps", { n: other.hops.length })}</button>)}
                </p>
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

/** The claims behind a line of the picture, with their passages. */
function Behind({ edge, named, pick }: { edge: Edge; named: Map<string, Someone>; pick: (id: string) => void }) {
  const asked = useAsk<Listed<Line>>(`/claims?limit=200&ids=${[...new Set(edge.claims)].join(",")}`);
  return (
    <section>
      <h2>
        <button type="button" class="link" onClick={() => pick(edge.source)}><Own text={named.get(edge.source)?.name ?? ""} /></button> – <button type="button" class="link" onClick={() => pick(edge.target)}><Own text={named.get(edge.target)?.name ?? ""} /></button>
      </h2>
      <Answer asked={asked}>
        {(held) => (
          <>
            {held.results.map((line) => (
              <div key={line.claim}>
                <LineItem line={line} first={false} />
                {line.tellings[0] && <blockquote class="short" lang={line.tellings[0].passage.language} dir={line.tellings[0].passage.language === "ar" ? "rtl" : "ltr"}><Own text={line.tellings[0].passage.text} /></blockquote>}
              </div>
            ))}
          </>
        )}
      </Answer>
    </section>
  );
}

function Stroke({ look }: { look: Look }) {
  const dash = STROKES[look];
  return (
    <svg width="34" height="10" viewBox="0 0 34 10" class="stroke" aria-hidden="true">
      <line x1="1" y1="5" x2="33" y2="5" class={`look ${look}`} stroke-width={WIDTHS[look]} stroke-dasharray={dash ? dash.join(" ") : undefined} />
    </svg>
  );
}

function Legend() {
  const c = colours();
  return (
    <ul class="legend" aria-label={t("legend")}>
      {LOOKS.map((look) => <li key={look}><Stroke look={look} /> {t(`legend_${look}` as Key)}</li>)}
      <li><svg width="14" height="12" aria-hidden="true"><circle cx="7" cy="6" r="5" fill={c.shapes.person} /></svg> {t("legend_person")}</li>
      <li><svg width="14" height="12" aria-hidden="true"><rect x="2" y="1" width="10" height="10" fill={c.shapes.body} /></svg> {t("legend_body")}</li>
      <li><svg width="14" height="12" aria-hidden="true"><circle cx="7" cy="6" r="4" fill={c.shapes.other} /></svg> {t("legend_other")}</li>
      <li>{t("legend_size")}</li>
    </ul>
  );
}

function TieTable({ shown, named, pick }: { shown: Model; named: Map<string, Someone>; pick: (key: string) => void }) {
  const rows = shown.edges.flatMap((edge) => edge.ties.map((tie) => ({ edge, tie })));
  const name = (id: string) => named.get(id)?.name ?? id;
  return (
    <Table
      rows={rows}
      caption={t("ties")}
      rowKey={({ tie }) => `${tie.source}${tie.target}${tie.kind}${tie.status}`}
      open={({ edge }) => pick(edge.key)}
      columns={[
        { key: "from", head: t("path_a"), by: ({ tie }) => name(tie.source), cell: ({ tie }) => <Name entity={tie.source} name={name(tie.source)} /> },
        { key: "kind", head: t("kind"), by: ({ tie }) => said(tie.kind), cell: ({ tie }) => said(tie.kind) },
        { key: "to", head: t("path_b"), by: ({ tie }) => name(tie.target), cell: ({ tie }) => <Name entity={tie.target} name={name(tie.target)} /> },
        { key: "status", head: t("status"), by: ({ tie }) => tie.status, cell: ({ tie }) => (tie.status === "asserted" ? <span class="quiet">{said("asserted")}</span> : <Status status={tie.status} />) },
        { key: "when", head: t("when"), by: ({ tie }) => tie.from ?? "", cell: ({ tie }) => <span class="nowrap">{tie.from && tie.to ? span(tie.from, tie.to) : ""}</span> },
        { key: "chains", head: t("chains"), number: true, by: ({ tie }) => tie.k_lo * 1000 + tie.k_hi, cell: ({ tie }) => <Chains lo={tie.k_lo} hi={tie.k_hi} words={false} /> },
        { key: "claims", head: t("claims"), number: true, by: ({ tie }) => tie.claims.length, cell: ({ tie }) => (tie.claims.length === 1 ? <A to={`/claim/${tie.claims[0] ?? ""}`}>1</A> : tie.claims.length) },
      ]}
    />
  );
}

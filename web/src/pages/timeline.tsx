// What is dated on one axis, as exactly as it is known: a day is a point, a month or a decade a bar. The
// axis zooms; the list below holds the same.
import { scaleUtc } from "d3-scale";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { type Dated, type Listed, type Someone, useAsk } from "../api";
import { Answer, Switches } from "../parts";
import { A, ask, go, usePlace } from "../route";
import { Chains, Own, Said, Status } from "../text";
import { locale, rtl, said, span, t, type Key } from "../words";

const DAY = 86_400_000;
const LANE = 20;
const KINDS = ["Meeting", "Visit", "Deal", "Payment", "Ownership", "Sanction", "Licence", "Investigation", "Proposal", "Role", "Communication", "Event"];

export function TimelinePage() {
  const { query } = usePlace();
  const about = query.get("about") ?? "";
  const asked = useAsk<Dated[]>(`/timeline${about ? `?about=${encodeURIComponent(about)}` : ""}`);
  const people = useAsk<Listed<Someone>>("/entities?limit=300");
  return (
    <>
      <header class="head">
        <h1>{t("timeline")}</h1>
        <div class="filters">
          <label for="about">{t("about")}</label>
          <select id="about" value={about} onChange={(event) => ask({ about: event.currentTarget.value })}>
            <option value="">{t("about_all")}</option>
            {(people.answer?.results ?? []).filter((one) => one.claims > 0).map((one) => <option key={one.entity} value={one.entity}>{one.name}</option>)}
          </select>
        </div>
      </header>
      <Answer asked={asked}>{(all) => (all.length === 0 ? <p>{t("nothing_dated")}</p> : <Axis all={all} />)}</Answer>
    </>
  );
}

interface Placed { line: Dated; from: number; to: number; lane: number }

const at = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

/** Each in the first lane where it leaves room for those before it. */
function placed(all: Dated[], [first, last]: [number, number], width: number): Placed[] {
  const unit = width / (last - first);
  const ends: number[] = [];
  const out: Placed[] = [];
  for (const line of all) {
    const [from, to] = [at(line.from), at(line.to) + DAY];
    if (to < first || from > last) continue;
    const begin = (from - first) * unit;
    let lane = ends.findIndex((end) => end <= begin);
    if (lane < 0) lane = ends.length;
    ends[lane] = Math.max(begin + 12, (to - first) * unit) + 3;
    out.push({ line, from, to, lane });
  }
  return out;
}

function Axis({ all }: { all: Dated[] }) {
  const kinds = useMemo(() => KINDS.filter((kind) => all.some((line) => line.kind === kind)), [all]);
  const [chosen, choose] = useState(() => new Set(kinds));
  useEffect(() => choose(new Set(kinds)), [kinds]);
  const lines = all.filter((line) => chosen.has(line.kind) || !KINDS.includes(line.kind));
  const whole = useMemo<[number, number]>(() => {
    // the bulk decides: one date of long ago does not press all others into a corner
    const starts = all.map((line) => at(line.from)).sort((a, b) => a - b);
    const last = Math.max(...all.map((line) => at(line.to)));
    const from = starts[Math.floor(starts.length * 0.12)] ?? last;
    const pad = Math.max(30 * DAY, (last - from) * 0.05);
    return [from - pad, last + pad];
  }, [all]);
  const [shown, show] = useState(whole);
  useEffect(() => show(whole), [whole]);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1000);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(320, entry.contentRect.width)));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const [over, setOver] = useState<string | null>(null);

  const zoom = (factor: number, middle = (shown[0] + shown[1]) / 2) => {
    const half = (part: number) => (part - middle) * factor + middle;
    const next: [number, number] = [half(shown[0]), half(shown[1])];
    if (next[1] - next[0] > 7 * DAY && next[1] - next[0] < 400 * 366 * DAY) show(next);
  };
  const move = (share: number) => {
    const by = (shown[1] - shown[0]) * share * (rtl ? -1 : 1);
    show([shown[0] + by, shown[1] + by]);
  };
  const scale = scaleUtc().domain(shown).range(rtl ? [width, 0] : [0, width]);
  const items = placed(lines, shown, width);
  const lanes = Math.max(3, ...items.map((item) => item.lane + 1));
  const height = lanes * LANE + 34;
  const ticks = scale.ticks(Math.max(3, Math.floor(width / 110)));
  const step = (ticks[1]?.getTime() ?? 0) - (ticks[0]?.getTime() ?? 0);
  const tick = new Intl.DateTimeFormat(locale, step > 300 * DAY ? { year: "numeric", timeZone: "UTC" } : step > 25 * DAY ? { month: "short", year: "numeric", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });
  const hovered = items.find((item) => item.line.claim === over)?.line;
  const early = lines.filter((line) => at(line.to) + DAY < shown[0]).length;

  return (
    <>
      <div class="tools">
        <Switches name={t("kind")} all={kinds} chosen={chosen} choose={choose} label={(kind) => <span class={`swatch ${kind}`}>{said(kind)}</span>} />
        <div class="zoom">
          <button type="button" onClick={() => zoom(0.6)} aria-label={t("zoom_in")} title={t("zoom_in")}>+</button>
          <button type="button" onClick={() => zoom(1.6)} aria-label={t("zoom_out")} title={t("zoom_out")}>−</button>
          <button type="button" onClick={() => show(whole)}>{t("zoom_all")}</button>
        </div>
      </div>
      <div
        class="axis"
        ref={box}
        role="group"
        aria-label={t("timeline")}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          if (event.key === "ArrowRight") move(0.1);
          else if (event.key === "ArrowLeft") move(-0.1);
          else if (event.key === "+") zoom(0.7);
          else if (event.key === "-") zoom(1.4);
          else return;
          event.preventDefault();
        }}
        onWheel={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          const x = event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
          zoom(event.deltaY > 0 ? 1.2 : 0.83, scale.invert(x).getTime());
        }}
      >
        <svg width={width} height={height}>
          {ticks.map((one) => (
            <g key={one.getTime()} transform={`translate(${scale(one)},0)`}>
              <line y1="0" y2={height - 24} class="tick" />
              {scale(one) > 34 && scale(one) < width - 34 && <text y={height - 8} text-anchor="middle">{tick.format(one)}</text>}
            </g>
          ))}
          {items.map(({ line, from, to, lane }) => {
            const [a, b] = [scale(from), scale(to)].sort((x, y) => x - y) as [number, number];
            const y = lane * LANE + 12;
            const point = line.precision === "day" || b - a < 9;
            const class_ = `item ${line.kind} ${line.status} ${line.support.k_lo > 1 ? "firm" : "single"}`;
            return (
              <a key={line.claim} href={`/claim/${line.claim}`} class={class_} aria-label={`${span(line.from, line.to)}: ${line.sentence}`}
                onClick={(event) => { event.preventDefault(); go(`/claim/${line.claim}`); }}
                onMouseEnter={() => setOver(line.claim)} onFocus={() => setOver(line.claim)}>
                {point ? <circle cx={(a + b) / 2} cy={y} r={line.support.k_lo > 1 ? 6 : 5} /> : <rect x={a} y={y - 5} width={b - a} height="10" rx="5" />}
              </a>
            );
          })}
        </svg>
      </div>
      <p class="hovered" aria-live="polite">
        {hovered ? <><strong>{span(hovered.from, hovered.to)}</strong> <span class="quiet">({t(`precision_${hovered.precision}` as Key)})</span> <Said line={hovered} /> <Chains lo={hovered.support.k_lo} hi={hovered.support.k_hi} words={false} /></> : <span class="quiet">{t("shown", { n: items.length, all: all.length })}{early > 0 && <> · <button type="button" class="link" onClick={() => show([Math.min(...all.map((line) => at(line.from))) - 30 * DAY, shown[1]])}>{rtl ? "→" : "←"} {early}</button></>}</span>}
      </p>
      <ol class="dates-list">
        {lines.map((line) => (
          <li key={line.claim}>
            <span class="when" title={t(`precision_${line.precision}` as Key)}>{span(line.from, line.to)}</span>
            <span>
              <Said line={line} /> <Status status={line.status} /> <Chains lo={line.support.k_lo} hi={line.support.k_hi} words={false} />{" "}
              <A class="open" to={`/claim/${line.claim}`} aria-label={`${said(line.kind)}: ${line.sentence}`}><span aria-hidden="true">›</span></A>
              {line.time && <span class="quiet"> <q><Own text={line.time.words} /></q></span>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

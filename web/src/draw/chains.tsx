// The chains of a claim as one picture: the reader stands at the beginning of the line, each step leads one
// transmitter further in, to whoever it comes from. Transmitters of several chains are drawn once.
import type { Telling } from "../api";
import { rtl, t } from "../words";

interface Knot { name: string; kind: string; column: number; row: number }
interface Step { from: string; to: string; inherited: boolean; times: number }

const WIDTH = 168;
const HEIGHT = 44;
const GAP = 62;
const LINE = 58;
const READER = "";

/** Each transmitter as far in as the longest chain has it; rows by the order in which chains are told. */
export function laid(tellings: Telling[]): { knots: Knot[]; steps: Step[] } {
  const column = new Map<string, number>([[READER, 0]]);
  const kinds = new Map<string, string>();
  const steps = new Map<string, Step>();
  for (const telling of tellings) {
    let before = READER;
    for (const link of telling.chain) {
      kinds.set(link.name, link.kind);
      const key = `${before}\u0000${link.name}`;
      const step = steps.get(key) ?? { from: before, to: link.name, inherited: link.inherited, times: 0 };
      step.times += 1;
      step.inherited &&= link.inherited;
      steps.set(key, step);
      before = link.name;
    }
  }
  // as many rounds as there are steps: a circle (A cites B cites A) ends too
  for (let round = 0; round < steps.size + 1; round += 1) {
    let moved = false;
    for (const { from, to } of steps.values()) {
      const next = (column.get(from) ?? 0) + 1;
      if (next > (column.get(to) ?? 0) && next <= kinds.size) {
        column.set(to, next);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const rows = new Map<number, number>();
  const knots = [...kinds].map(([name, kind]) => {
    const at = column.get(name) ?? 1;
    const row = rows.get(at) ?? 0;
    rows.set(at, row + 1);
    return { name, kind, column: at, row };
  });
  return { knots, steps: [...steps.values()] };
}

/** Transmitters that stand in the chain of every telling. */
export function onEvery(tellings: Telling[]): string[] {
  const first = tellings[0]?.chain.map((link) => link.name) ?? [];
  return [...new Set(first)].filter((name) => tellings.every((telling) => telling.chain.some((link) => link.name === name)));
}

export function Diagram({ tellings, common, fallen, fall }: { tellings: Telling[]; common: string[]; fallen: string | null; fall: (name: string) => void }) {
  const { knots, steps } = laid(tellings);
  const columns = Math.max(1, ...knots.map((knot) => knot.column)) + 1;
  const deepest = Math.max(1, ...[...Array(columns).keys()].map((at) => knots.filter((knot) => knot.column === at).length));
  const [width, height] = [60 + (columns - 1) * (WIDTH + GAP), deepest * LINE + 10];
  const flip = (x: number, w = 0) => (rtl ? width - x - w : x);
  const inside = (knot: { column: number }) => knots.filter((other) => other.column === knot.column).length;
  const place = (knot: Knot) => ({ x: 60 + GAP / 2 + (knot.column - 1) * (WIDTH + GAP), y: ((knot.row + 0.5) * height) / inside(knot) });
  const of = new Map(knots.map((knot) => [knot.name, place(knot)]));
  const gone = (name: string) => fallen !== null && name === fallen;
  return (
    <div class="diagram">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t("chain_diagram")}>
        <g class="reader">
          <circle cx={flip(24)} cy={height / 2} r="20" />
          <text x={flip(24)} y={height / 2 + 4} text-anchor="middle">{t("reader")}</text>
        </g>
        {steps.map((step) => {
          const to = of.get(step.to);
          if (!to) return null;
          const from = of.get(step.from);
          const [x1, y1] = from ? [from.x + WIDTH, from.y] : [44, height / 2];
          const [x2, y2] = [to.x, to.y];
          const bend = (x1 + x2) / 2;
          const cut = gone(step.to) || gone(step.from);
          return (
            <path key={`${step.from}\u0000${step.to}`} class={`step${step.inherited ? " inherited" : ""}${cut ? " cut" : ""}`}
              d={`M${flip(x1)} ${y1}C${flip(bend)} ${y1} ${flip(bend)} ${y2} ${flip(x2)} ${y2}`} stroke-width={Math.min(1 + step.times * 0.5, 4)} />
          );
        })}
        {knots.map((knot) => {
          const { x, y } = place(knot);
          const every = common.includes(knot.name);
          return (
            <foreignObject key={knot.name} x={flip(x, WIDTH)} y={y - HEIGHT / 2} width={WIDTH} height={HEIGHT}>
              <button type="button" class={`knot ${knot.kind}${every ? " common" : ""}${gone(knot.name) ? " fallen" : ""}`} aria-pressed={gone(knot.name)} title={`${knot.name}${every ? ` (${t("common_link")})` : ""}`} onClick={() => fall(knot.name)}>
                <bdi class="two-lines">{knot.name}</bdi>
              </button>
            </foreignObject>
          );
        })}
      </svg>
    </div>
  );
}

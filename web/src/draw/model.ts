// What of the network is drawn: ties that pass the filters, one line to a pair, in the style of its best tie.
import type { Drawn, Someone, Tie } from "../api";

export interface Filter {
  kinds: Set<string>;
  states: Set<string>;
  /** Independent chains at least. */
  k: number;
  /** Last day shown, as 2025-03-04; ties that begin later are left out. */
  until: string | null;
  undated: boolean;
  hidden: Set<string>;
  /** Only those so near to one of these. */
  around: Set<string> | null;
  hops: number;
}

/** How a line looks: by how the tie is held, and by whether more than one chain stands behind it. */
export type Look = "established" | "single" | "planned" | "alleged" | "denied" | "ended";
export const LOOKS: Look[] = ["established", "single", "planned", "alleged", "ended", "denied"];

export interface Edge { key: string; source: string; target: string; ties: Tie[]; look: Look; claims: string[]; k: number }
export interface Model { nodes: Someone[]; edges: Edge[] }

export function look(tie: Tie): Look {
  switch (tie.status) {
    case "asserted": return tie.k_lo > 1 ? "established" : "single";
    case "alleged": case "denied": case "ended": return tie.status;
    default: return "planned";
  }
}

export function model(drawn: Drawn, filter: Filter): Model {
  const passes = (tie: Tie) =>
    filter.kinds.has(tie.kind) && filter.states.has(tie.status) && tie.k_lo >= filter.k &&
    (tie.from === null ? filter.undated : filter.until === null || tie.from <= filter.until) &&
    !filter.hidden.has(tie.source) && !filter.hidden.has(tie.target);
  const pairs = new Map<string, Edge>();
  for (const tie of drawn.ties.filter(passes)) {
    const [a, b] = tie.source < tie.target ? [tie.source, tie.target] : [tie.target, tie.source];
    const key = `${a}|${b}`;
    const edge = pairs.get(key) ?? { key, source: a, target: b, ties: [], look: "denied", claims: [], k: 0 };
    edge.ties.push(tie);
    if (LOOKS.indexOf(look(tie)) < LOOKS.indexOf(edge.look)) edge.look = look(tie);
    edge.claims.push(...tie.claims);
    edge.k = Math.max(edge.k, tie.k_lo);
    pairs.set(key, edge);
  }
  let edges = [...pairs.values()];
  if (filter.around !== null) {
    const near = within(edges, filter.around, filter.hops);
    edges = edges.filter((edge) => near.has(edge.source) && near.has(edge.target));
    for (const one of filter.around) near.add(one);
  }
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  for (const one of filter.around ?? []) ends.add(one);
  return { nodes: drawn.nodes.filter((node) => ends.has(node.entity)), edges };
}

function neighbours(edges: Edge[]): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const add = (a: string, b: string) => out.set(a, [...(out.get(a) ?? []), b]);
  for (const { source, target } of edges) {
    add(source, target);
    add(target, source);
  }
  return out;
}

export function within(edges: Edge[], from: Iterable<string>, hops: number): Set<string> {
  const next = neighbours(edges);
  const seen = new Set(from);
  let rim = [...seen];
  for (let hop = 0; hop < hops; hop += 1) {
    rim = rim.flatMap((one) => next.get(one) ?? []).filter((one) => !seen.has(one));
    for (const one of rim) seen.add(one);
  }
  return seen;
}

export type Shape = "person" | "body" | "other";

export function shape(kind: string): Shape {
  if (kind === "Person") return "person";
  return ["Company", "PublicBody", "Organization"].includes(kind) ? "body" : "other";
}

/** Pixels of the smallest and from the smallest to the largest entity. */
const SMALL = 4;
const GROWTH = 16;
/** So many entities have room at their full size; of more each is smaller. */
const ROOM = 250;

/** A picture so many pixels across shows them at their full size. */
const ACROSS = 600;

/** How large each of these entities is drawn, in pixels from its middle, in a picture so many pixels `across`: the area
 * grows with the documents it stands in. */
export function sizes(nodes: Someone[], across: number): (node: Someone) => number {
  const most = nodes.reduce((all, node) => Math.max(all, node.documents), 1);
  const step = Math.min(2.2, GROWTH / Math.sqrt(most));
  const close = Math.min(1, Math.sqrt(ROOM / Math.max(1, nodes.length))) * Math.min(1, Math.max(1, across) / ACROSS);
  return (node) => Math.max(1.8, (SMALL + Math.sqrt(node.documents) * step) * close);
}

/** So many lines have room at their full width; of more each is thinner, so that one still sees through. */
const LINES = 400;

/** By how much lines are thinner than where there are few. */
export function thinned(edges: Edge[]): number {
  return Math.max(0.25, Math.min(1, Math.sqrt(LINES / Math.max(1, edges.length))));
}

// What is seen as a file: a picture in lines (SVG), and the network for other programs (GraphML).
import { said } from "../words";
import { colours, STROKES, WIDTHS } from "./colours";
import { shape, sizes, thinned, type Model } from "./model";

export type Placed = Map<string, { x: number; y: number }>;

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text safe inside XML: markup escaped, characters that XML does not know left out. */
export function xml(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** Positions are pixels of a picture `width` by `height`. */
export function svg(model: Model, at: Placed, width: number, height: number, labels: Set<string>): string {
  const c = colours();
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="IBM Plex Sans, IBM Plex Sans Arabic, Noto Sans Arabic, sans-serif" font-size="12">`, `<rect width="${width}" height="${height}" fill="${c.paper}"/>`];
  const thin = thinned(model.edges);
  for (const edge of model.edges) {
    const [a, b] = [at.get(edge.source), at.get(edge.target)];
    if (!a || !b) continue;
    const dash = STROKES[edge.look];
    out.push(`<line x1="${a.x.toFixed(1)}" y1="${a.y.toFixed(1)}" x2="${b.x.toFixed(1)}" y2="${b.y.toFixed(1)}" stroke="${c.lines[edge.look]}" stroke-width="${(WIDTHS[edge.look] * thin).toFixed(2)}"${dash ? ` stroke-dasharray="${dash.join(" ")}"` : ""} data-edge="${xml(edge.key)}"/>`);
  }
  const size = sizes(model.nodes, Math.min(width, height));
  for (const node of model.nodes) {
    const place = at.get(node.entity);
    if (!place) continue;
    const [r, fill] = [size(node), c.shapes[shape(node.kind)]];
    const [x, y] = [place.x, place.y];
    out.push(shape(node.kind) === "body"
      ? `<rect x="${(x - r).toFixed(1)}" y="${(y - r).toFixed(1)}" width="${(2 * r).toFixed(1)}" height="${(2 * r).toFixed(1)}" fill="${fill}" data-id="${xml(node.entity)}"/>`
      : `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${fill}" data-id="${xml(node.entity)}"/>`);
    if (labels.has(node.entity)) out.push(`<text x="${(x + r + 3).toFixed(1)}" y="${(y + 4).toFixed(1)}" fill="${c.ink}" stroke="${c.paper}" stroke-width="3" paint-order="stroke" pointer-events="none">${xml(node.name)}</text>`);
  }
  out.push("</svg>");
  return out.join("\n");
}

/** One edge to a tie; its kind stands as label and as type, so that no program loses it. */
export function graphml(model: Model): string {
  const keys: [string, string, string][] = [
    ["label", "all", "string"], ["kind", "node", "string"], ["names", "node", "string"], ["documents", "node", "int"], ["claims", "all", "string"],
    ["type", "edge", "string"], ["status", "edge", "string"], ["independent_chains_lo", "edge", "int"], ["independent_chains_hi", "edge", "int"],
    ["articles", "edge", "int"], ["from", "edge", "string"], ["to", "edge", "string"],
  ];
  const data = (key: string, value: string | number | null) => (value === null ? "" : `<data key="${key}">${xml(String(value))}</data>`);
  const out = [`<?xml version="1.0" encoding="UTF-8"?>`, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`];
  for (const [id, of, type] of keys) out.push(`<key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`);
  out.push(`<graph id="madar" edgedefault="directed">`);
  for (const node of model.nodes) {
    out.push(`<node id="${xml(node.entity)}">${data("label", node.name)}${data("kind", node.kind)}${data("names", node.names.join("; "))}${data("documents", node.documents)}</node>`);
  }
  let number = 0;
  for (const tie of model.edges.flatMap((edge) => edge.ties)) {
    number += 1;
    out.push(`<edge id="e${number}" source="${xml(tie.source)}" target="${xml(tie.target)}">${data("label", said(tie.kind))}${data("type", tie.kind)}${data("status", tie.status)}${data("claims", tie.claims.join(" "))}${data("independent_chains_lo", tie.k_lo)}${data("independent_chains_hi", tie.k_hi)}${data("articles", tie.articles)}${data("from", tie.from)}${data("to", tie.to)}</edge>`);
  }
  out.push("</graph>", "</graphml>");
  return out.join("\n");
}

export function save(name: string, content: Blob) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

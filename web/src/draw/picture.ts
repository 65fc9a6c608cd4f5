// The picture of the network: drawn by sigma where the browser has WebGL, else on a plain canvas. Entities keep
// their places when filters change, so that one finds them again.
import { NodeSquareProgram } from "@sigma/node-square";
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";

import type { Drawn } from "../api";
import { colours, STROKES, WIDTHS } from "./colours";
import { svg, type Placed } from "./export";
import type { Ask, Places } from "./layout";
import { LOOKS, shape, sizes, thinned, type Model } from "./model";
import { Plain } from "./plain";
import { broken } from "./strokes";

export interface Picked { node?: string; edge?: string }

/** WebGL that the processor computes is slower than a plain canvas: 2,000 entities take it a second to a frame. */
function hasWebGL(): boolean {
  try {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: true });
    const told = pen?.getExtension("WEBGL_debug_renderer_info");
    const drawnBy = told ? String(pen?.getParameter(told.UNMASKED_RENDERER_WEBGL)) : "";
    return pen !== null && !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(drawnBy);
  } catch {
    return false;
  }
}

export class Picture {
  readonly webgl = hasWebGL();
  private graph = new Graph({ type: "undirected", multi: false });
  private sigma: Sigma | null = null;
  private plain: Plain | null = null;
  private worker = new Worker("/assets/layout.js");
  private places: Places = {};
  private pinned = new Set<string>();
  private shown: Model = { nodes: [], edges: [] };
  /** Whose names stand there whatever their size. */
  private tied = new Set<string>();
  private route: string[] = [];
  private marked: string | null = null;
  private hovered: string | null = null;

  constructor(private box: HTMLElement, private pick: (what: Picked) => void, private settled: () => void) {
    if (this.webgl) this.sigma = this.start();
    else this.plain = new Plain(box, this.places, () => ({ route: this.route, marked: this.marked, named: this.tied }), pick, this.pinned);
  }

  private start(): Sigma {
    const c = colours();
    const programs = Object.fromEntries(LOOKS.map((look) => {
      const strokes = STROKES[look];
      return [look, strokes ? broken(strokes) : EdgeRectangleProgram];
    }));
    const sigma = new Sigma(this.graph, this.box, {
      allowInvalidContainer: true,
      edgeProgramClasses: programs,
      nodeProgramClasses: { circle: NodeCircleProgram, square: NodeSquareProgram },
      defaultEdgeType: "single",
      enableEdgeEvents: true,
      labelFont: "IBM Plex Sans, IBM Plex Sans Arabic, sans-serif",
      labelColor: { color: c.ink },
      labelSize: 12.5,
      labelDensity: 0.9,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5,
      stagePadding: 50,
      zIndex: true,
      minCameraRatio: 0.03,
      maxCameraRatio: 4,
      defaultDrawNodeHover: (context, data, settings) => {
        const label = data.label ?? "";
        const now = colours();
        context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
        const width = context.measureText(label).width;
        context.fillStyle = now.paper;
        context.strokeStyle = now.quiet;
        context.lineWidth = 1;
        context.beginPath();
        context.roundRect(data.x - data.size - 3, data.y - 13, width + 2 * data.size + 14, 26, 4);
        context.fill();
        context.stroke();
        context.fillStyle = data.color;
        context.beginPath();
        context.arc(data.x, data.y, data.size, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = now.ink;
        context.fillText(label, data.x + data.size + 4, data.y + 4);
      },
      nodeReducer: (id, data) => {
        const lit = this.lit(id);
        return { ...data, color: lit ? data["color"] : `${colours().quiet}40`, label: lit ? data["label"] : "", zIndex: lit ? 1 : 0, highlighted: id === this.marked, forceLabel: this.route.includes(id) || id === this.marked || this.tied.has(id) };
      },
      edgeReducer: (id, data) => {
        const [a, b] = this.graph.extremities(id);
        const onRoute = this.onRoute(a, b);
        const lit = this.route.length > 0 ? onRoute : this.hovered === null || a === this.hovered || b === this.hovered;
        return { ...data, color: lit ? data["color"] : `${colours().quiet}22`, size: onRoute ? (data["size"] as number) + 2.5 : data["size"], zIndex: lit ? 1 : 0 };
      },
    });
    this.listen(sigma);
    return sigma;
  }

  private listen(sigma: Sigma) {
    let dragged: string | null = null;
    sigma.on("clickNode", ({ node }) => this.pick({ node }));
    sigma.on("clickEdge", ({ edge }) => this.pick({ edge }));
    sigma.on("clickStage", () => this.pick({}));
    sigma.on("enterNode", ({ node }) => {
      this.hovered = node;
      sigma.refresh({ skipIndexation: true });
    });
    sigma.on("leaveNode", () => {
      this.hovered = null;
      sigma.refresh({ skipIndexation: true });
    });
    sigma.on("enterEdge", () => (this.box.style.cursor = "pointer"));
    sigma.on("leaveEdge", () => (this.box.style.cursor = ""));
    sigma.on("downNode", ({ node }) => {
      dragged = node;
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
    });
    sigma.on("moveBody", ({ event }) => {
      if (dragged === null) return;
      const { x, y } = sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(dragged, { x, y });
      this.pinned.add(dragged);
      this.places[dragged] = [x, y];
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    sigma.on("upNode", () => (dragged = null));
    sigma.on("upStage", () => (dragged = null));
  }

  private lit(id: string): boolean {
    if (this.route.length > 0) return this.route.includes(id);
    if (this.hovered === null) return true;
    return id === this.hovered || (this.graph.hasNode(this.hovered) && this.graph.areNeighbors(id, this.hovered));
  }

  private onRoute(a: string, b: string): boolean {
    const at = this.route.indexOf(a);
    return at >= 0 && (this.route[at + 1] === b || this.route[at - 1] === b);
  }

  /** Finds places for the whole network. */
  place(drawn: Drawn) {
    const ask: Ask = { nodes: drawn.nodes.map((node) => node.entity), edges: drawn.ties.map((tie) => [tie.source, tie.target]) };
    this.worker.onmessage = ({ data }: MessageEvent<{ places: Places; done: boolean }>) => {
      for (const [id, place] of Object.entries(data.places)) if (!this.pinned.has(id)) this.places[id] = place;
      this.graph.updateEachNodeAttributes((id, own) => {
        const place = this.places[id];
        return place ? { ...own, x: place[0], y: place[1] } : own;
      });
      this.plain?.soon();
      performance.mark(data.done ? "network settled" : "network placed");
      if (data.done) this.settled();
    };
    this.worker.postMessage(ask);
  }

  show(model: Model) {
    this.shown = model;
    this.tied = mostTied(model);
    const c = colours();
    const wanted = new Set(model.nodes.map((node) => node.entity));
    this.graph.forEachNode((id) => void (wanted.has(id) || this.graph.dropNode(id)));
    const size = sizes(model.nodes, Math.min(this.box.clientWidth, this.box.clientHeight));
    for (const [n, node] of model.nodes.entries()) {
      // until the layout has said where
      const [x, y] = this.places[node.entity] ?? [Math.cos(n), Math.sin(n)];
      const form = shape(node.kind);
      this.graph.mergeNode(node.entity, { x, y, size: size(node), color: c.shapes[form], label: node.name, type: form === "body" ? "square" : "circle" });
    }
    const edges = new Set(model.edges.map((edge) => edge.key));
    this.graph.forEachEdge((key) => void (edges.has(key) || this.graph.dropEdge(key)));
    const thin = thinned(model.edges);
    for (const edge of model.edges) {
      const own = { type: edge.look, size: WIDTHS[edge.look] * thin, color: c.lines[edge.look] };
      if (this.graph.hasEdge(edge.key)) this.graph.replaceEdgeAttributes(edge.key, own);
      else this.graph.addEdgeWithKey(edge.key, edge.source, edge.target, own);
    }
    this.sigma?.setSetting("labelColor", { color: c.ink });
    this.plain?.show(model);
  }

  mark(id: string | null) {
    this.marked = id;
    this.sigma?.refresh({ skipIndexation: true });
    const data = id === null ? undefined : this.sigma?.getNodeDisplayData(id);
    if (data) void this.sigma?.getCamera().animate({ x: data.x, y: data.y }, { duration: 250 });
    if (id !== null) this.plain?.turnTo(id);
    this.plain?.soon();
  }

  follow(route: string[]) {
    this.route = route;
    this.sigma?.refresh({ skipIndexation: true });
    this.plain?.soon();
  }

  zoom(how: "in" | "out" | "all") {
    this.plain?.zoom(how);
    const camera = this.sigma?.getCamera();
    if (how === "in") void camera?.animatedZoom({ duration: 200 });
    else if (how === "out") void camera?.animatedUnzoom({ duration: 200 });
    else {
      this.sigma?.setCustomBBox(null);
      void camera?.animatedReset({ duration: 200 });
    }
  }

  private drawing(): { text: string; width: number; height: number } {
    const { clientWidth: width, clientHeight: height } = this.box;
    const at: Placed = new Map();
    if (this.sigma) {
      const sigma = this.sigma;
      this.graph.forEachNode((id, { x, y }) => at.set(id, sigma.graphToViewport({ x: x as number, y: y as number })));
      return { text: svg(this.shown, at, width, height, sigma.getNodeDisplayedLabels()), width, height };
    }
    for (const { entity } of this.shown.nodes) {
      const place = this.plain?.at(entity);
      if (place) at.set(entity, place);
    }
    return { text: svg(this.shown, at, width, height, this.plain?.names() ?? new Set()), width, height };
  }

  svg(): Blob {
    return new Blob([this.drawing().text], { type: "image/svg+xml" });
  }

  /** Twice as fine as the screen shows it. */
  async png(): Promise<Blob> {
    const { text, width, height } = this.drawing();
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * 2, height * 2];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
  }

  end() {
    this.worker.terminate();
    this.sigma?.kill();
    this.plain?.end();
  }
}

/** Names that are written at least, where all are of one size. */
const NAMED = 18;

/** Size tells who matters and whose name is written. Where all are of one size, as in a case of one document, ties tell. */
function mostTied(model: Model): Set<string> {
  if (new Set(model.nodes.map((node) => node.documents)).size > 1) return new Set();
  const ties = new Map<string, number>();
  for (const edge of model.edges) for (const end of [edge.source, edge.target]) ties.set(end, (ties.get(end) ?? 0) + 1);
  const most = [...ties].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return new Set(most.slice(0, NAMED).map(([id]) => id));
}

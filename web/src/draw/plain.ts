// The network on a plain canvas, for browsers without WebGL: the same picture, moved with the pointer, enlarged with the
// wheel, picked from by a click.
import type { Someone } from "../api";
import { colours, STROKES, WIDTHS } from "./colours";
import type { Places } from "./layout";
import { LOOKS, shape, sizes, thinned, type Model, type Shape } from "./model";

export interface Point { x: number; y: number }

/** Pixels around the picture that stay free when all of it is shown. */
const MARGIN = 50;
/** Pixels that a click may miss by. */
const NEAR = 6;
/** Pixels that the pointer moves in a click at most. */
const STILL = 4;
/** Names at once: more are a carpet. */
const NAMES = 90;
const FONT = '12.5px "IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';
/** Pixels from one written line to the next. */
const LINE = 18;
/** More lines than this are drawn thin and whole while the picture moves: broken and wide ones take ten times as long. */
const LINES = 1_000;
/** Milliseconds after which what has moved is at rest. */
const REST = 150;
const SHAPES: Shape[] = ["other", "body", "person"];

interface Label { left: number; top: number; wide: number }

export interface Lit { route: string[]; marked: string | null; named: Set<string> }

export class Plain {
  private canvas = document.createElement("canvas");
  private model: Model = { nodes: [], edges: [] };
  /** The middle of the picture in the places of the layout, and pixels to a unit. */
  private view = { x: 0, y: 0, scale: 1 };
  /** Pixels to a unit when all is shown. */
  private fitting = 1;
  private own: (node: Someone) => number = () => 0;
  /** All is shown until the reader moves it. */
  private whole = true;
  private moving = false;
  private rest: number | undefined;
  private frame = 0;
  /** Those who stand in most documents first. */
  private weighty: Model["nodes"] = [];
  private widths = new Map<string, number>();
  private written = new Set<string>();
  private watch = new ResizeObserver(() => this.soon());

  constructor(private box: HTMLElement, private places: Places, private lit: () => Lit, pick: (what: { node?: string; edge?: string }) => void, private pinned: Set<string>) {
    box.append(this.canvas);
    this.watch.observe(box);
    this.listen(pick);
  }

  show(model: Model) {
    this.model = model;
    this.weighty = [...model.nodes].sort((a, b) => b.documents - a.documents);
    this.soon();
  }

  /** It moves, until nothing has moved it for a while. */
  private move() {
    this.moving = true;
    this.whole = false;
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      this.moving = false;
      this.soon();
    }, REST);
    this.soon();
  }

  /** Draws once before the browser paints next, however often it is asked. */
  soon() {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  zoom(how: "in" | "out" | "all") {
    this.whole = how === "all";
    if (how !== "all") this.view.scale *= how === "in" ? 1.5 : 1 / 1.5;
    this.soon();
  }

  /** Brings somebody into the middle. */
  turnTo(id: string) {
    const place = this.places[id];
    if (!place) return;
    this.whole = false;
    [this.view.x, this.view.y] = place;
    this.soon();
  }

  /** Where somebody stands, in pixels of the picture. */
  at(id: string): Point | null {
    const place = this.places[id];
    if (!place) return null;
    const { x, y, scale } = this.view;
    return { x: this.box.clientWidth / 2 + (place[0] - x) * scale, y: this.box.clientHeight / 2 - (place[1] - y) * scale };
  }

  end() {
    this.watch.disconnect();
    window.clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    this.canvas.remove();
  }

  /** Who is looked at more closely is larger, but not as fast as the picture. */
  private nearer(): number {
    return Math.sqrt(this.view.scale / this.fitting);
  }

  private size(node: Someone): number {
    return this.own(node) * this.nearer();
  }

  private fit() {
    const all = this.model.nodes.flatMap((node) => (this.places[node.entity] ? [this.places[node.entity] as [number, number]] : []));
    if (all.length === 0) return;
    const span = (of: number[]) => [of.reduce((a, b) => Math.min(a, b), Infinity), of.reduce((a, b) => Math.max(a, b), -Infinity)] as const;
    const [left, right] = span(all.map(([x]) => x));
    const [low, high] = span(all.map(([, y]) => y));
    const fits = (pixels: number, units: number) => Math.max(1, pixels - 2 * MARGIN) / Math.max(1, units);
    this.view = { x: (left + right) / 2, y: (low + high) / 2, scale: Math.min(fits(this.box.clientWidth, right - left), fits(this.box.clientHeight, high - low)) };
    this.fitting = this.view.scale;
  }

  private draw() {
    const { clientWidth: width, clientHeight: height } = this.box;
    const fine = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * fine) || this.canvas.height !== Math.round(height * fine)) {
      [this.canvas.width, this.canvas.height] = [Math.round(width * fine), Math.round(height * fine)];
      [this.canvas.style.width, this.canvas.style.height] = [`${width}px`, `${height}px`];
    }
    this.own = sizes(this.model.nodes, Math.min(width, height));
    if (this.whole) this.fit();
    const pen = this.canvas.getContext("2d");
    if (!pen) return;
    pen.setTransform(fine, 0, 0, fine, 0, 0);
    pen.clearRect(0, 0, width, height);
    const at = new Map<string, Point>();
    for (const node of this.model.nodes) {
      const place = this.at(node.entity);
      if (place) at.set(node.entity, place);
    }
    this.drawLines(pen, at, width, height);
    this.drawNodes(pen, at);
    this.drawNames(pen, at, width, height);
  }

  private drawLines(pen: CanvasRenderingContext2D, at: Map<string, Point>, width: number, height: number) {
    const c = colours();
    const { route } = this.lit();
    const step = (a: string, b: string) => Math.abs(route.indexOf(a) - route.indexOf(b)) === 1 && route.includes(a) && route.includes(b);
    const thin = this.moving && this.model.edges.length > LINES;
    const narrow = thinned(this.model.edges) * this.nearer();
    for (const look of [...LOOKS].reverse()) {
      pen.strokeStyle = c.lines[look];
      pen.setLineDash(thin ? [] : (STROKES[look] ?? []));
      for (const edge of this.model.edges) {
        if (edge.look !== look) continue;
        const [a, b] = [at.get(edge.source), at.get(edge.target)];
        if (!a || !b || Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > width || Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > height) continue;
        const onWay = route.length > 0 && step(edge.source, edge.target);
        pen.globalAlpha = route.length > 0 && !onWay ? 0.15 : 1;
        pen.lineWidth = onWay ? WIDTHS[look] + 2.5 : thin ? Math.min(1, WIDTHS[look] * narrow) : Math.min(WIDTHS[look], WIDTHS[look] * narrow);
        // each by itself: one path of thousands of lines takes far longer
        pen.beginPath();
        pen.moveTo(a.x, a.y);
        pen.lineTo(b.x, b.y);
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  private drawNodes(pen: CanvasRenderingContext2D, at: Map<string, Point>) {
    const c = colours();
    const { route, marked } = this.lit();
    for (const kind of SHAPES) {
      pen.fillStyle = c.shapes[kind];
      for (const node of this.model.nodes) {
        const place = at.get(node.entity);
        if (!place || shape(node.kind) !== kind) continue;
        pen.globalAlpha = route.length > 0 && !route.includes(node.entity) ? 0.25 : 1;
        const r = this.size(node);
        if (kind === "body") pen.fillRect(place.x - r, place.y - r, 2 * r, 2 * r);
        else {
          pen.beginPath();
          pen.arc(place.x, place.y, r, 0, 2 * Math.PI);
          pen.fill();
        }
      }
      pen.globalAlpha = 1;
    }
    const ring = marked === null ? undefined : at.get(marked);
    const held = this.model.nodes.find((node) => node.entity === marked);
    if (ring && held) {
      pen.strokeStyle = c.ink;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(ring.x, ring.y, this.size(held) + 4, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  /** Names where no other stands, those first who stand in most documents; whoever is on the way or marked always. */
  private drawNames(pen: CanvasRenderingContext2D, at: Map<string, Point>, width: number, height: number) {
    const c = colours();
    pen.font = FONT;
    pen.lineJoin = "round";
    this.written = new Set();
    const taken: Label[] = [];
    const { route, marked, named } = this.lit();
    const must = new Set([...route, ...named, ...(marked === null ? [] : [marked])]);
    const first = this.weighty.filter((node) => must.has(node.entity));
    for (const node of route.length > 0 ? first : [...first, ...this.weighty]) {
      const place = at.get(node.entity);
      if (!place || place.x < 0 || place.y < 0 || place.x > width || place.y > height || this.written.has(node.entity)) continue;
      const [wide, beside] = [this.width(pen, node.name), this.size(node) + 3];
      // where it would leave the picture it stands before the node
      const own = { left: place.x + beside + wide > width ? place.x - beside - wide : place.x + beside, top: place.y - LINE / 2, wide };
      if (!must.has(node.entity) && taken.some((other) => meet(own, other))) continue;
      taken.push(own);
      this.written.add(node.entity);
      pen.strokeStyle = c.paper;
      pen.lineWidth = 3;
      pen.strokeText(node.name, own.left, place.y + 4);
      pen.fillStyle = c.ink;
      pen.fillText(node.name, own.left, place.y + 4);
      if (taken.length >= NAMES) break;
    }
  }

  private width(pen: CanvasRenderingContext2D, name: string): number {
    const held = this.widths.get(name) ?? pen.measureText(name).width;
    this.widths.set(name, held);
    return held;
  }

  /** Whose names are written now. */
  names(): Set<string> {
    return this.written;
  }

  private nodeAt({ x, y }: Point): string | undefined {
    // what is drawn last lies above
    return [...this.model.nodes].reverse().find((node) => {
      const place = this.at(node.entity);
      return place !== null && Math.hypot(place.x - x, place.y - y) <= Math.max(this.size(node), NEAR);
    })?.entity;
  }

  private edgeAt(point: Point): string | undefined {
    let nearest: { key: string; far: number } | undefined;
    for (const edge of this.model.edges) {
      const [a, b] = [this.at(edge.source), this.at(edge.target)];
      if (!a || !b) continue;
      const far = distance(point, a, b);
      if (far <= NEAR && far < (nearest?.far ?? Infinity)) nearest = { key: edge.key, far };
    }
    return nearest?.key;
  }

  private listen(pick: (what: { node?: string; edge?: string }) => void) {
    let down: { from: Point; last: Point; node: string | undefined; moved: boolean } | null = null;
    const point = (event: MouseEvent): Point => {
      const box = this.canvas.getBoundingClientRect();
      return { x: event.clientX - box.x, y: event.clientY - box.y };
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      const from = point(event);
      down = { from, last: from, node: this.nodeAt(from), moved: false };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!down) return;
      const now = point(event);
      if (!down.moved && Math.hypot(now.x - down.from.x, now.y - down.from.y) <= STILL) return;
      const [right, up] = [(now.x - down.last.x) / this.view.scale, (down.last.y - now.y) / this.view.scale];
      const place = down.node === undefined ? undefined : this.places[down.node];
      if (place && down.node !== undefined) {
        this.places[down.node] = [place[0] + right, place[1] + up];
        this.pinned.add(down.node);
      } else {
        this.view.x -= right;
        this.view.y -= up;
      }
      [down.last, down.moved] = [now, true];
      this.move();
    });
    const up = (event: PointerEvent) => {
      if (down && !down.moved && event.type === "pointerup") {
        const edge = down.node === undefined ? this.edgeAt(down.from) : undefined;
        pick(down.node !== undefined ? { node: down.node } : edge !== undefined ? { edge } : {});
      }
      down = null;
    };
    this.canvas.addEventListener("pointerup", up);
    this.canvas.addEventListener("pointercancel", up);
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { x, y } = point(event);
      const [right, high] = [x - this.box.clientWidth / 2, this.box.clientHeight / 2 - y];
      const before = this.view.scale;
      this.view.scale *= Math.exp(-event.deltaY / 400);
      // what is under the pointer stays there
      this.view.x += right / before - right / this.view.scale;
      this.view.y += high / before - high / this.view.scale;
      this.move();
    }, { passive: false });
  }
}

function meet(a: Label, b: Label): boolean {
  return Math.abs(a.top - b.top) < LINE && a.left < b.left + b.wide + 4 && b.left < a.left + a.wide + 4;
}

/** Of a point from a stretch. */
function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

// Finds places for entities, away from the page so that it stays quick. The same network gets the same picture:
// where each begins is made of its id, and nothing here is left to chance.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Ask { nodes: string[]; edges: [string, string][] }
export type Places = Record<string, [number, number]>;

/** Steps of the layout: small networks settle in some hundred, large ones are readable before they do. */
const STEPS = 500;
const AT_ONCE = 25;

function seed(id: string): number {
  let hash = 2166136261;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619);
  return (hash >>> 0) / 4294967296;
}

self.onmessage = ({ data }: MessageEvent<Ask>) => {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const id of data.nodes) {
    const angle = seed(id) * 2 * Math.PI;
    const far = 10 + 90 * seed(`${id}.`);
    graph.addNode(id, { x: far * Math.cos(angle), y: far * Math.sin(angle), size: 6 });
  }
  for (const [a, b] of data.edges) if (a !== b && graph.hasNode(a) && graph.hasNode(b) && !graph.hasEdge(a, b)) graph.addEdge(a, b);
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 0.25, scalingRatio: 40, strongGravityMode: true, linLogMode: false, barnesHutOptimize: graph.order > 400, adjustSizes: false };
  const steps = graph.order > 1500 ? 150 : STEPS;
  for (let done = 0; done < steps; done += AT_ONCE) {
    forceAtlas2.assign(graph, { iterations: AT_ONCE, settings });
    const places: Places = {};
    graph.forEachNode((id, at) => {
      places[id] = [at["x"] as number, at["y"] as number];
    });
    self.postMessage({ places, done: done + AT_ONCE >= steps });
  }
};

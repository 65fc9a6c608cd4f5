// How the network of 2,000 nodes and 5,000 ties is drawn and moved: `npm run measure`, in web/. Time to the first picture
// and until the layout rests, and the time between frames while it is moved, enlarged and filtered; once with WebGL as
// Chromium computes it (with `--gpu` by the graphics card), once without. A table as Markdown on standard output.
import { chromium } from "@playwright/test";
import { join } from "node:path";

import { root, served } from "./serving.mjs";

const [NODES, TIES] = [2_000, 5_000];
const gpu = process.argv.includes("--gpu");
const ARGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const SOFTWARE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
/** Milliseconds that each movement takes. */
const MOVED = 3_000;

/** The same network each time: whoever has ties gets more, as in a case. */
function invented() {
  let state = 7;
  const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32);
  const kinds = ["Person", "Company", "PublicBody", "Place"];
  const nodes = Array.from({ length: NODES }, (_, n) => ({ entity: `e${n}`, kind: kinds[n % 4], name: `Orlov ${n}`, named: true, is_outlet: false, names: [`Orlov ${n}`], documents: 1 + Math.floor(400 / (n + 1)), mentions: 1, claims: 1 }));
  const ends = nodes.slice(0, 20).map((node) => node.entity);
  const held = new Set();
  const ties = [];
  const states = ["asserted", "asserted", "asserted", "asserted", "planned", "alleged", "denied", "ended"];
  while (ties.length < TIES) {
    const source = ties.length < NODES ? nodes[ties.length].entity : ends[Math.floor(random() * ends.length)];
    const target = ends[Math.floor(random() * ends.length)];
    const key = source < target ? `${source} ${target}` : `${target} ${source}`;
    if (source === target || held.has(key)) continue;
    held.add(key);
    ends.push(source, target);
    const k = 1 + (ties.length % 3);
    ties.push({ source, target, kind: ["Meeting", "Deal", "Role"][ties.length % 3], status: states[ties.length % 8], claims: [`c${ties.length}`], articles: k, k_lo: k, k_hi: k, from: "2025-01-01", to: "2025-01-01" });
  }
  return { nodes, ties, more: 0 };
}

/** Times between the frames that the page paints while `act` goes on. */
async function frames(page, act) {
  await page.evaluate(() => {
    window.frames_ = [];
    window.counting = true;
    let last = performance.now();
    const step = (now) => {
      window.frames_.push(now - last);
      last = now;
      if (window.counting) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  await act();
  const all = (await page.evaluate(() => { window.counting = false; return window.frames_.slice(1); })).sort((a, b) => a - b);
  const at = (share) => all[Math.min(all.length - 1, Math.floor(all.length * share))];
  return { median: at(0.5), slow: at(0.95), rate: (1000 * all.length) / all.reduce((a, b) => a + b, 0) };
}

async function until(act) {
  const end = Date.now() + MOVED;
  for (let step = 0; Date.now() < end; step += 1) await act(step);
}

async function measured(name, args, withoutWebGL, url) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...ARGS, ...args] });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  if (withoutWebGL) {
    await page.addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith("webgl") ? null : Reflect.apply(own, this, [kind, ...rest]);
      };
    });
  } else {
    // also where the pages themselves would not, because the processor computes it
    await page.addInitScript(() => {
      const told = WebGL2RenderingContext.prototype.getExtension;
      WebGL2RenderingContext.prototype.getExtension = function (name) {
        return name === "WEBGL_debug_renderer_info" ? null : Reflect.apply(told, this, [name]);
      };
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, how, ...rest) {
        return Reflect.apply(own, this, [kind, how && { ...how, failIfMajorPerformanceCaveat: false }, ...rest]);
      };
    });
  }
  const drawn = JSON.stringify(invented());
  await page.route("**/api/v1/network*", (route) => route.fulfill({ contentType: "application/json", body: drawn }));
  // the bundle at hand, as in the tests
  await page.route(/assets\/(app|layout)\.(js|css)$/, (route) => route.fulfill({ path: join(root, "crates/madar-serve/assets", route.request().url().split("/").at(-1)) }));
  await page.context().addCookies([{ name: "madar-in", value: "en", url }]);
  await page.goto(`${url}/network`);
  await page.waitForSelector('.picture[data-settled="true"]', { timeout: 120_000 });
  const marks = await page.evaluate(() => performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime]));
  const first = (of) => marks.find(([mark]) => mark === of)?.[1] ?? NaN;
  const renderer = await page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("webgl");
    const told = pen?.getExtension("WEBGL_debug_renderer_info");
    return told ? pen.getParameter(told.UNMASKED_RENDERER_WEBGL) : "none";
  });
  const box = await page.locator(".picture").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const corner = [box.x + 12, box.y + 12];
  await page.mouse.move(...corner);
  await page.mouse.down();
  const pan = await frames(page, () => until((step) => page.mouse.move(corner[0] + 150 + 140 * Math.sin(step / 9), corner[1] + 150 + 140 * Math.cos(step / 9))));
  await page.mouse.up();
  await page.mouse.move(x, y);
  const zoom = await frames(page, () => until((step) => page.mouse.wheel(0, step % 40 < 20 ? -60 : 60)));
  const start = Date.now();
  await page.getByLabel("planned").click();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const filter = Date.now() - start;
  await browser.close();
  const ms = (value) => value.toFixed(0);
  console.error(`${name}: ${renderer}`);
  return `| ${name} | ${ms(first("network placed"))} | ${ms(first("network settled"))} | ${ms(pan.median)} / ${ms(pan.slow)} | ${ms(pan.rate)} | ${ms(zoom.median)} / ${ms(zoom.slow)} | ${ms(zoom.rate)} | ${filter} |`;
}

const server = await served();
try {
  console.log("| drawn by | first picture, ms | at rest, ms | moving: ms a frame, median / 95 % | frames a second | enlarging: ms a frame | frames a second | a filter, ms |\n|---|---|---|---|---|---|---|---|");
  console.log(await measured(gpu ? "WebGL, graphics card" : "WebGL, computed (SwiftShader)", gpu ? [] : SOFTWARE, false, server.url));
  console.log(await measured("plain canvas", gpu ? [] : ["--disable-gpu"], true, server.url));
} finally {
  server.end();
}

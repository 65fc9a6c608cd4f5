// A case and its server for each test file: filled over the API with the bundled examples, gone afterwards.
import { test as base, type Page } from "@playwright/test";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
export const binary = process.env["MADAR"] ?? join(root, "target/release/madar");
export const example = (file: string) => readFileSync(join(root, "examples/articles", file));

const LIST = `id,name,alias,kind,born,country,program,listed
W-1,Jaber AL-DAHMANI,جابر الدهماني,person,1961,lb,FLEET,2024-02-23
W-2,Gordon HALVORSON,,person,1958,us,FLEET,2025-01-10
W-3,Pomor Lines LLC,,organisation,,ru,FLEET,2025-01-10
`;

export interface Served { url: string; open: (page: Page, path: string, how?: { tongue?: string; light?: string }) => Promise<void> }

async function started(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let told = "";
    child.stderr?.on("data", (data: Buffer) => {
      told += data.toString();
      // in pieces: the slash says that the port is whole
      const found = /http:\/\/[0-9.:]+(?=\/)/.exec(told);
      if (found) done(found[0]);
    });
    child.on("exit", (code) => failed(new Error(`madar ended with ${code}: ${told}`)));
  });
}

/** A page at two moments: its publisher has taken a meeting out, and the sum is another. */
function edition(hour: string, sum: string, more: string): string {
  return `<html><head><link rel=canonical href="https://courier.example/talks"><meta property="og:site_name" content="Gulf Courier">
<meta property="article:published_time" content="2025-03-04T06:00:00Z"><meta property="article:modified_time" content="2025-03-04T${hour}:00:00Z"></head>
<body><article><h1>Talks in Muscat</h1><p>Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, two port officials said.</p>
<p>Brazos Meridian paid Rimal Marine ${sum} million dollars in February.</p>${more}</article></body></html>`;
}
export const EDITIONS = [edition("06", "30", "<p>Gordon Halvorsen met Mikael Sandqvist in Oslo on March 5.</p>"), edition("09", "40", "")] as const;

export async function read(url: string, name: string, body: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/documents?origin=${name}`, { method: "POST", body });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return ((await answer.json()) as { document: string }).document;
}

/** With `full` the case holds the bundled examples and a list, with `edited` one article in two versions, else nothing. */
async function serve(holds: "full" | "edited" | "nothing", use: (served: Served) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), "madar-e2e-"));
  const path = join(folder, "laptev.madar");
  const child = spawn(binary, ["serve", "--port", "0", "--case", path], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const url = await started(child);
    if (holds === "edited") for (const page of EDITIONS) await read(url, "talks.html", page);
    if (holds === "full") {
      const affairs = readFileSync(join(root, "examples/affairs.toml"), "utf8");
      for (const article of affairs.split("[[article]]").slice(1)) {
        const value = (key: string) => new RegExp(`^${key} = "(.*)"$`, "m").exec(article)?.[1] ?? "";
        const file = value("file").split("/").at(-1) ?? "";
        const query = new URLSearchParams({ origin: file, publisher: value("publisher"), published: value("published") });
        const answer = await fetch(`${url}/api/v1/documents?${query.toString()}`, { method: "POST", body: new Uint8Array(example(file)) });
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      }
      writeFileSync(join(folder, "list.csv"), LIST);
      spawnSync(binary, ["lists", "add", join(folder, "list.csv"), "--list", "Port watch", "--date", "2025-07-01", "--case", path]);
    }
    await use({
      url,
      open: async (page, at, { tongue = "en", light = "light" } = {}) => {
        await page.context().addCookies([{ name: "madar-in", value: tongue, url }, { name: "madar-light", value: light, url }]);
        // the bundle at hand instead of the one in the binary, for work on the pages
        if (process.env["MADAR_ASSETS"]) await page.route(/assets\/(app|layout)\.(js|css)$/, (route) => route.fulfill({ path: join(process.env["MADAR_ASSETS"] ?? "", route.request().url().split("/").at(-1) ?? "") }));
        await page.goto(url + at);
        await page.waitForSelector("h1");
      },
    });
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const test = base.extend<object, { full: Served; edited: Served; empty: Served }>({
  // eslint-disable-next-line no-empty-pattern
  full: [async ({}, use) => serve("full", use), { scope: "worker" }],
  // eslint-disable-next-line no-empty-pattern
  edited: [async ({}, use) => serve("edited", use), { scope: "worker" }],
  // eslint-disable-next-line no-empty-pattern
  empty: [async ({}, use) => serve("nothing", use), { scope: "worker" }],
});
export { expect } from "@playwright/test";

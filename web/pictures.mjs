// The three pictures of the README, of the bundled examples: `npm run pictures`, in web/.
import { chromium } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, served } from "./serving.mjs";

const { url, end } = await served();
const asked = async (path) => (await fetch(`${url}/api/v1/${path}`)).json();

try {
  const affairs = readFileSync(join(root, "examples/affairs.toml"), "utf8");
  for (const article of affairs.split("[[article]]").slice(1)) {
    const value = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(article)?.[1] ?? "";
    const file = value("file").split("/").at(-1);
    const query = new URLSearchParams({ origin: file, publisher: value("publisher"), published: value("published") });
    await fetch(`${url}/api/v1/documents?${query}`, { method: "POST", body: readFileSync(join(root, "examples/articles", file)) });
  }
  const deals = (await asked("claims?kind=Deal")).results.sort((a, b) => b.tellings.length - a.tellings.length);
  const arabic = (await asked("documents")).results.find((line) => line.language === "ar");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  for (const [name, path, tongue] of [["claim", `/claim/${deals[0].claim}`, "en"], ["network", "/network", "en"], ["document", `/document/${arabic.id}`, "ar"]]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 820 } });
    await context.addCookies([{ name: "madar-in", value: tongue, url }, { name: "madar-light", value: "light", url }]);
    const page = await context.newPage();
    await page.route(/assets\/(app|layout)\.(js|css)$/, (route) => route.fulfill({ path: join(root, "crates/madar-serve/assets", route.request().url().split("/").at(-1)) }));
    await page.goto(url + path);
    await page.waitForSelector(name === "network" ? '.picture[data-settled="true"]' : name === "claim" ? ".diagram" : ".facts li");
    await page.waitForTimeout(600);
    const shot = (await page.screenshot()).toString("base64");
    const webp = await page.evaluate(async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", 0.9).split(",")[1];
    }, shot);
    writeFileSync(join(root, `docs/images/${name}.webp`), Buffer.from(webp, "base64"));
    await context.close();
  }
  await browser.close();
} finally {
  end();
}

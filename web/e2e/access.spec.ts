// Nobody is kept out: axe on each page, in each language, light and dark, and on a narrow screen.
import AxeBuilder from "@axe-core/playwright";

import { expect, test } from "./served";

const PAGES = ["/", "/network", "/timeline", "/entities", "/claims?kind=Deal,Ownership,Tie", "/documents", "/screening", "/decisions", "/search?q=Rimal", "entity", "claim", "document"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const tongue of ["ar", "en", "ru"]) {
  for (const light of ["light", "dark"]) {
    test(`${tongue}, ${light}`, async ({ page, full }) => {
      test.setTimeout(60_000);
      const first = async (path: string, key: string) => {
        const found = (await (await fetch(`${full.url}/api/v1/${path}`)).json()) as { results: Record<string, string>[] };
        return found.results[0]?.[key] ?? "";
      };
      const ids: Record<string, string> = {
        entity: `/entity/${await first("entities", "entity")}`,
        claim: `/claim/${await first("claims?kind=Meeting", "claim")}`,
        document: `/document/${await first("documents", "id")}`,
      };
      for (const path of PAGES) {
        await full.open(page, ids[path] ?? path, { tongue, light });
        await page.waitForLoadState("load");
        await expect(page.locator(".loading")).toHaveCount(0);
        const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
        const told = found.violations.map((one) => `${path}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`).join(" | ")}`);
        expect.soft(told).toEqual([]);
      }
    });
  }
}

test("a phone shows the pages that one reads, without scrolling sideways", async ({ browser, full }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: "ar" });
  const page = await context.newPage();
  for (const path of ["/", "/documents", "/claims", "/timeline", "/search?q=Rimal", "/decisions"]) {
    await full.open(page, path, { tongue: "ar" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
  await context.close();
});

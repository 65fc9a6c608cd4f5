// Nobody is kept out: axe on each page, in each language, light and dark, and on a narrow screen.
import AxeBuilder from "@axe-core/playwright";

import type { Page } from "@playwright/test";

import { expect, test } from "./served";

const PAGES = ["/", "/news", "/network", "/timeline", "/entities", "/claims?kind=Deal,Ownership,Tie", "/documents", "/questions", "/screening", "/decisions", "/search?q=Rimal", "entity", "claim", "document"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What another light can break: the rest of a page is the same by day and by night. */
const COLOURS = ["color-contrast", "link-in-text-block"];

async function broken(page: Page, rules: "all" | "colours"): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await (rules === "all" ? axe.withTags(RULES) : axe.withRules(COLOURS)).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`).join(" | ")}`);
}

for (const tongue of ["ar", "en", "ru"]) {
  for (const path of PAGES) {
    test(`${path} in ${tongue}, light and dark`, async ({ page, full }) => {
      const first = async (list: string, key: string) => {
        const found = (await (await fetch(`${full.url}/api/v1/${list}`)).json()) as { results: Record<string, string>[] };
        return found.results[0]?.[key] ?? "";
      };
      const address = path === "entity" ? `/entity/${await first("entities", "entity")}` : path === "claim" ? `/claim/${await first("claims?kind=Meeting", "claim")}` : path === "document" ? `/document/${await first("documents", "id")}` : path;
      await full.open(page, address, { tongue });
      await expect(page.locator(".loading")).toHaveCount(0);
      expect(await broken(page, "all")).toEqual([]);
      await page.evaluate(() => (document.documentElement.dataset["light"] = "dark"));
      expect(await broken(page, "colours")).toEqual([]);
    });
  }
}

for (const tongue of ["ar", "en", "ru"]) {
  test(`a changed article and what is new by it in ${tongue}, light and dark`, async ({ page, edited }) => {
    const { results } = (await (await fetch(`${edited.url}/api/v1/documents`)).json()) as { results: { id: string }[] };
    for (const path of ["/news", `/document/${results[0]?.id}`, `/document/${results[1]?.id}`]) {
      await edited.open(page, path, { tongue });
      await expect(page.locator(".loading")).toHaveCount(0);
      await expect(page.locator(".moves, .versions li").first()).toBeVisible();
      expect(await broken(page, "all")).toEqual([]);
      await page.evaluate(() => (document.documentElement.dataset["light"] = "dark"));
      expect(await broken(page, "colours")).toEqual([]);
    }
  });
}

test("a phone shows the pages that one reads, without scrolling sideways", async ({ browser, full }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: "ar" });
  const page = await context.newPage();
  for (const path of ["/", "/news", "/documents", "/claims", "/timeline", "/search?q=Rimal", "/decisions"]) {
    await full.open(page, path, { tongue: "ar" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
  await context.close();
});

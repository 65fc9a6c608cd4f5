// What is new, who is followed, what a publisher has changed.
import { expect, read, test } from "./served";

test("what is new is told until it is noted as seen; a tie of somebody who is followed comes first", async ({ page, full }) => {
  await full.open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/news/);
  await expect(page.locator("h1")).toHaveText("What is new");
  await expect(page.locator(".extent").first()).toContainText("nobody has noted anything as seen yet");
  await expect(page.locator("h2").first()).toHaveText("May be on a list");
  await page.getByRole("button", { name: "Note as seen" }).click();
  await expect(page.locator("main")).toContainText("Nothing is new.");
  // a day is asked for beside the mark
  await page.getByLabel("Since the day").fill("2000-01-01");
  await expect(page.getByRole("heading", { name: "New claims" })).toBeVisible();
  await page.getByRole("button", { name: "Since it was last noted as seen" }).click();
  await expect(page.locator("main")).toContainText("Nothing is new.");

  await page.goto(`${full.url}/entities`);
  await page.getByRole("link", { name: "Gordon Halvorsen" }).first().click();
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Follow", exact: true }).click();
  await expect(page.getByRole("button", { name: "Followed" })).toHaveAttribute("aria-pressed", "true");
  await full.open(page, "/news");
  await expect(page.locator("aside")).toContainText("Gordon Halvorsen");
  // it arrives while the page is open
  const added = await read(full.url, "oslo.txt", "Talks in Oslo\nOSLO, July 6, 2025 — Gulf Courier\n\nGordon Halvorsen met Mikael Sandqvist in Oslo on July 5.\n");
  await expect(page.locator("h2").first()).toHaveText("New ties of whom you follow");
  await expect(page.locator(".tie")).toContainText("Mikael Sandqvist");
  await page.getByRole("button", { name: /^No longer follow: Gordon/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "No longer follow" }).click();
  await expect(page.locator("aside")).toContainText("Nobody is followed.");
  await expect(page.locator("h2").first()).toHaveText("New claims");
  expect(added).toHaveLength(64);
});

test("a document shows its other versions, with the difference in facts", async ({ page, edited }) => {
  await edited.open(page, "/news");
  const changed = page.locator("section", { hasText: "Changed articles" });
  await expect(changed).toContainText("2 versions");
  await changed.getByRole("link").first().click();
  await expect(page.locator(".note").first()).toContainText("Version 2 of 2");
  const versions = page.locator(".versions");
  await expect(versions.locator(".moves .lost")).toContainText("Mikael Sandqvist");
  await expect(versions.locator(".moves .changed")).toContainText("40 million dollars");
  await expect(versions.locator(".moves .changed del")).toContainText("30 million dollars");
  await versions.getByRole("link", { name: "Version 1" }).click();
  await expect(page.locator(".note").first()).toContainText("its publisher has changed the article since");
  await page.getByRole("link", { name: "The latest version" }).click();
  await expect(page.locator(".note").first()).toContainText("Version 2 of 2");
  // what only the earlier one tells is marked so where it is read
  await versions.locator(".moves .lost a.open").click();
  await expect(page.locator(".tellings")).toContainText("no longer said");
});

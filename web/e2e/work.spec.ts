// What somebody does who works on a story.
import { readFileSync } from "node:fs";

import { example, expect, test } from "./served";

test("documents are read by choosing or dropping them, with what becomes of each", async ({ page, empty }) => {
  await empty.open(page, "/");
  await page.locator('.drop input[type="file"]').setInputFiles([
    { name: "talks.txt", mimeType: "text/plain", buffer: example("01-laptev-talks.en.txt") },
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("") },
  ]);
  await expect(page.locator(".reading li.new")).toContainText("talks.txt");
  await expect(page.locator(".reading li.failed")).toContainText("it is empty");
  await expect(page.locator(".head")).toContainText("1 document");

  const text = example("02-laptev-retold.ar.txt").toString("base64");
  await page.evaluate((encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], "retold.txt", { type: "text/plain" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.locator(".head")).toContainText("2 documents");
});

test("the network is filtered, and a path between two is told hop by hop", async ({ page, full }) => {
  await full.open(page, "/network");
  const count = page.locator(".count");
  const ties = async () => Number(/(\d+) ties?/.exec((await count.textContent()) ?? "")?.[1] ?? 0);
  await expect(page.locator(".picture")).toHaveAttribute("data-settled", "true");
  const all = await ties();
  expect(all).toBeGreaterThan(20);
  await page.getByLabel("Meeting").uncheck();
  const fewer = await ties();
  expect(fewer).toBeLessThan(all);
  await page.getByLabel("At least").selectOption("2");
  expect(await ties()).toBeLessThan(fewer);
  await page.getByLabel("At least").selectOption("0");
  await page.getByLabel("Meeting").check();
  await page.locator("#path-a").fill("Halvorsen");
  await page.locator("#path-a").press("Enter");
  await page.locator("#path-b").fill("Rimal Marine");
  await page.locator("#path-b").press("Enter");
  await page.getByRole("button", { name: "Path between two" }).click();
  await expect(page.locator(".route")).toContainText(/\d+ steps?/);
  await expect(page.locator(".route .line").first()).toBeVisible();
  // the same stands in a table
  await expect(page.locator(".as-table tbody tr").first()).toBeVisible();
});

test("what is seen leaves as SVG, PNG and GraphML", async ({ page, full }) => {
  await full.open(page, "/network");
  await expect(page.locator(".picture")).toHaveAttribute("data-settled", "true");
  for (const [button, name, head] of [["SVG", "network.svg", "<svg"], ["PNG", "network.png", "\u0089PNG"], ["GraphML", "network.graphml", "<?xml"]] as const) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button, exact: true }).click()]);
    expect(file.suggestedFilename()).toBe(name);
    const stream = await file.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    expect(bytes.subarray(0, head.length).toString("latin1")).toBe(head);
    if (name.endsWith("svg")) expect(bytes.toString()).toContain("stroke-dasharray");
  }
});

test("a browser without WebGL gets the network on a plain canvas, to be moved and picked like the other", async ({ page, full }) => {
  await page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith("webgl") ? null : Reflect.apply(own, this, [kind, ...rest]);
    } as typeof own;
  });
  await full.open(page, "/network");
  const picture = page.locator(".picture");
  await expect(picture).toHaveAttribute("data-settled", "true");
  await expect(picture).toHaveAttribute("data-webgl", "false");
  const name = page.locator(".picked h2 .name");
  await page.getByLabel("Find somebody").first().fill("Gordon Halvorsen");
  await expect(name).toHaveText("Gordon Halvorsen");
  // whoever is found stands in the middle, and goes with the picture
  const box = await picture.boundingBox();
  if (!box) throw new Error("no picture");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(box.x + 3, box.y + 3);
  await expect(name).toHaveCount(0);
  await page.mouse.move(box.x + 8, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 68, box.y + 58, { steps: 4 });
  await page.mouse.up();
  await page.mouse.click(x + 60, y + 50);
  await expect(name).toHaveText("Gordon Halvorsen");
  const before = await picture.screenshot();
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await picture.screenshot()).equals(before)).toBe(false);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "SVG" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain("Gordon Halvorsen");
});

test("a browser with a graphics card has it draw the network", async ({ page, full }) => {
  // the one of the tests has none: nobody tells the page
  await page.addInitScript(() => {
    const [told, own] = [WebGL2RenderingContext.prototype.getExtension, HTMLCanvasElement.prototype.getContext];
    WebGL2RenderingContext.prototype.getExtension = function (this: WebGL2RenderingContext, name: string): unknown {
      return name === "WEBGL_debug_renderer_info" ? null : Reflect.apply(told, this, [name]);
    } as typeof told;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, how: object | undefined, ...rest: unknown[]) {
      return Reflect.apply(own, this, [kind, how && { ...how, failIfMajorPerformanceCaveat: false }, ...rest]);
    } as typeof own;
  });
  await full.open(page, "/network");
  const picture = page.locator(".picture");
  await expect(picture).toHaveAttribute("data-settled", "true");
  await expect(picture).toHaveAttribute("data-webgl", "true");
  const name = page.locator(".picked h2 .name");
  await page.getByLabel("Find somebody").first().fill("Gordon Halvorsen");
  await expect(name).toHaveText("Gordon Halvorsen");
  const box = await picture.boundingBox();
  if (!box) throw new Error("no picture");
  await page.mouse.click(box.x + 3, box.y + 3);
  await expect(name).toHaveCount(0);
  // once the picture has come to rest
  await expect(async () => {
    const now = await picture.boundingBox() ?? box;
    await page.mouse.click(now.x + now.width / 2, now.y + now.height / 2);
    await expect(name).toHaveText("Gordon Halvorsen", { timeout: 500 });
  }).toPass();
});

test("two names become one, and the decision is taken back", async ({ page, full }) => {
  await full.open(page, "/entities");
  await page.getByRole("link", { name: "Rimal Marine", exact: true }).first().click();
  await page.getByRole("button", { name: "Same as …" }).click();
  await page.getByLabel("Find somebody").fill("Pomor");
  await page.locator(".found label", { hasText: "Pomor" }).first().getByRole("radio").check();
  await page.getByLabel("Why (for the log)").fill("one owner, <b>one</b> desk");
  await page.getByLabel("Your name (for the log)").fill("A. N.");
  await page.getByRole("button", { name: "They are one" }).click();
  await expect(page.locator(".announcer")).toContainText(/Decided|changes nothing/);
  await expect(page.locator("table.names")).toContainText("Pomor");
  await page.goto(`${full.url}/decisions`);
  await expect(page.locator(".log li").first()).toContainText("one owner, <b>one</b> desk");
  await page.locator(".log li").first().getByRole("button", { name: "Undo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".log li.undone").filter({ hasText: "one owner" })).toHaveCount(1);
  await full.open(page, "/entity/Rimal%20Marine");
  await expect(page.locator("table.names")).not.toContainText("Pomor");
});

test("a decision of somebody else in between is shown before one decides", async ({ page, full }) => {
  // this page hears nothing of what others do
  await page.route("**/api/v1/events*", (route) => route.abort());
  await full.open(page, "/entity/Brazos%20Meridian");
  await page.getByRole("button", { name: "Rename" }).click();
  const log = (await (await fetch(`${full.url}/api/v1/decisions`)).json()) as { results: { number: number }[] };
  await fetch(`${full.url}/api/v1/decisions`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ seen: log.results[0]?.number ?? 0, decide: { rename: { who: "Nordlys Holdings", to: "Nordlys" } }, by: "the other" }) });
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Brazos");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(dialog).toContainText("Nordlys");
  await dialog.getByRole("button", { name: "Decide anyway" }).click();
  await expect(page.locator("h1")).toHaveText("Brazos");
});

test("a claim shows its chains, and what stands if a source falls", async ({ page, full }) => {
  await full.open(page, "/claims?kind=Meeting");
  await page.getByRole("link", { name: /Gordon Halvorsen and Rodion Vasilenkov met in Muscat/ }).first().click();
  await expect(page.locator(".hangs")).toContainText("The Wall Street Journal");
  await expect(page.locator(".tellings > li")).toHaveCount(4);
  const source = page.locator(".knot", { hasText: "The Wall Street Journal" });
  await expect(source).toHaveClass(/common/);
  await source.click();
  await expect(page.locator(".falls")).toContainText("nothing is left of this claim");
  await expect(page.locator(".falls")).toContainText(/claims? of the case/);
  await page.getByRole("link", { name: /Open in the document/ }).first().click();
  await expect(page.locator(".text")).toContainText(/Muscat|Маскат|مسقط/);
  await expect(page.locator(".facts .chosen").first()).toBeVisible();
});

test("an Arabic document has its marks at the right letters", async ({ page, full }) => {
  await full.open(page, "/documents", { tongue: "ar" });
  await page.getByRole("link", { name: "شركة أميركية تفاوض مليارديراً روسياً على حصة في غاز القطب الشمالي" }).click();
  const text = page.locator(".text");
  await expect(text).toHaveAttribute("dir", "rtl");
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const bytes = await (await fetch(`${full.url}/api/v1/documents/${id}?units=bytes`)).json() as { reading: { text: string; marks: { start: number; end: number; mark: string }[] } };
  const raw = Buffer.from(bytes.reading.text);
  const expected = new Set(bytes.reading.marks.filter((mark) => mark.mark === "mention").map((mark) => raw.subarray(mark.start, mark.end).toString()));
  const shown = await text.locator("a.mention").allTextContents();
  expect(shown.length).toBeGreaterThan(10);
  for (const words of shown) expect(expected).toContain(words);
  // passages are painted over the same letters
  const facts = await page.evaluate(() => [...(CSS.highlights.get("fact") ?? [])].map((range) => (range as Range).toString()));
  expect(facts).toContain("التقى");
  await text.locator("a.mention", { hasText: "برازوس ميريديان" }).first().click();
  await expect(page.locator(".chosen-mark")).toContainText("برازوس ميريديان");
});

test("a name is put right where it stands: its kind, whose it is, none at all, one that was missed", async ({ page, full }) => {
  await full.open(page, "/documents");
  await page.getByRole("link", { name: /Houston Energy Investor/ }).first().click();
  const mention = page.locator(".text a.mention", { hasText: /^London$/ }).first();
  const panel = page.locator(".chosen-mark");
  const dialog = page.getByRole("dialog");
  await mention.click();
  await panel.getByRole("button", { name: "Wrong kind" }).click();
  await dialog.getByLabel("Kind").selectOption("PublicBody");
  await dialog.getByRole("button", { name: "It is this" }).click();
  await expect(panel).toContainText("Public body");
  await panel.getByRole("button", { name: "Somebody else" }).click();
  await dialog.getByLabel("Find somebody").fill("Halvorsen");
  await dialog.getByLabel(/Gordon Halvorsen/).first().check();
  await dialog.getByRole("button", { name: "It means this one" }).click();
  await expect(panel.locator("strong")).toHaveText("Gordon Halvorsen");
  await panel.getByRole("button", { name: "Not a name" }).click();
  const before = await page.locator(".text a.mention").count();
  await dialog.getByRole("button", { name: "Not a name" }).click();
  await expect(page.locator(".text a.mention")).toHaveCount(before - 1);
  await expect(panel).toHaveCount(0);
  // the words are selected as with the mouse
  const chosen = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector(".text") as Element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf("London") ?? -1;
      if (at < 0 || node.parentElement?.closest("a.mention")) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 6);
      document.getSelection()?.removeAllRanges();
      document.getSelection()?.addRange(range);
      return range.toString();
    }
    return "";
  });
  expect(chosen).toBe("London");
  await page.getByRole("button", { name: "A name is missing" }).click();
  await expect(dialog.getByLabel(/^Its words/)).toHaveValue("London");
  await dialog.getByLabel("Kind").selectOption("Place");
  await dialog.getByLabel(/^Called/).fill("London Bridge House");
  await dialog.getByRole("button", { name: "Add the name" }).click();
  await expect(page.locator(".text a.mention")).toHaveCount(before);
  await page.locator('.text a.mention[title*="London Bridge House"]').click();
  await expect(panel.locator("strong")).toHaveText("London Bridge House");
  await page.goto(`${full.url}/decisions`);
  const log = page.locator(".log li");
  await expect(log.nth(0)).toContainText("was missing: London Bridge House, Place");
  await expect(log.nth(1)).toContainText("not a name");
  await expect(log.nth(2)).toContainText("means Gordon Halvorsen");
  await expect(log.nth(3)).toContainText("is: Public body");
  const undone = page.locator(".log li.undone");
  const earlier = await undone.count();
  for (const at of [0, 2, 4, 6]) {
    await log.nth(at).getByRole("button", { name: "Undo" }).click();
    await dialog.getByRole("button", { name: "Undo" }).click();
    await expect(undone).toHaveCount(earlier + at / 2 + 1);
  }
});

test("a dialog that is asked for as the last one goes stays open", async ({ page, full }) => {
  await full.open(page, "/documents");
  await page.getByRole("link", { name: /Houston Energy Investor/ }).first().click();
  await page.locator(".text a.mention", { hasText: /^London$/ }).first().click();
  const panel = page.locator(".chosen-mark");
  await panel.getByRole("button", { name: "Wrong kind" }).click();
  // the browser tells that a dialog has closed later than it closes
  await page.evaluate(async () => {
    const press = (within: string, words: string) => [...document.querySelectorAll<HTMLElement>(`${within} button`)].find((one) => one.textContent === words)?.click();
    press("dialog", "Cancel");
    while (document.querySelector("dialog")) await Promise.resolve();
    press(".chosen-mark", "Somebody else");
  });
  await expect(page.getByRole("dialog").getByLabel("Find somebody")).toBeFocused();
});

test("a claim is told otherwise, and so in every answer", async ({ page, full }) => {
  await full.open(page, "/claims?kind=Meeting");
  await page.getByRole("link", { name: /Gordon Halvorsen and Rodion Vasilenkov met in Muscat/ }).first().click();
  await page.getByRole("button", { name: "Told otherwise …" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Status").selectOption("alleged");
  await dialog.getByRole("button", { name: "Correct" }).click();
  await expect(page.locator(".announcer")).toContainText("Decided");
  await page.goto(`${full.url}/claims?kind=Meeting&status=alleged`);
  await expect(page.locator("tbody")).toContainText("Rodion Vasilenkov");
  await page.goto(`${full.url}/decisions`);
  for (const _ of [1, 2, 3, 4]) {
    await page.locator(".log li:not(.undone)").filter({ hasText: "told as" }).first().getByRole("button", { name: "Undo" }).click();
    await dialog.getByRole("button", { name: "Undo" }).click();
    await expect(dialog).toHaveCount(0);
  }
});

test("signs that turn text around are shown, markup is text, outside links wait", async ({ page, empty }) => {
  const hostile = "<script>window.hurt = 1</script> \u202Eevil\u202C\n\nGordon Halvorsen <img src=x onerror='window.hurt = 2'> met Rodion Vasilenkov in Muscat on Feb. 11, the people said.\n";
  const added = await (await fetch(`${empty.url}/api/v1/documents?origin=%3Cb%3Ex.txt`, { method: "POST", body: hostile })).json() as { document: string };
  for (const path of [`/document/${added.document}`, "/", "/documents", "/entities?described=true", "/claims", "/network", "/search?q=Halvorsen"]) {
    await empty.open(page, path);
    expect(await page.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
    expect(await page.locator("main img, main script").count()).toBe(0);
  }
  await empty.open(page, `/document/${added.document}`);
  await expect(page.locator(".sign").first()).toHaveText("U+202E");
  // names as long as a book, a word that never ends, bytes that are no text, half of a pair: shown, never run, never an error
  const long = `Gordon ${"Halvorsen-".repeat(10_000)}Smith`;
  const bodies = [
    `${long}, chairman of “${"Rimal ".repeat(16_000)}Marine”, met Rodion Vasilenkov in Muscat.\n`,
    `${"ا".repeat(100_000)} التقى روديون فاسيلينكوف في مسقط.\n`,
    Buffer.concat([Buffer.from("Gordon Halvorsen "), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from(" met Rodion Vasilenkov in Muscat on March 3, 2025.\n")]),
    `\u202E\u2066${"<b>".repeat(3_000)} Gordon Halvorsen\u0000 met \u0301\u0301\u0301Rodion Vasilenkov.\n`,
  ];
  const documents: string[] = [];
  for (const body of bodies) {
    const answer = await fetch(`${empty.url}/api/v1/documents`, { method: "POST", body });
    expect(answer.status).toBeLessThan(500);
    if (answer.ok) documents.push(((await answer.json()) as { document: string }).document);
  }
  expect(documents.length).toBeGreaterThanOrEqual(2);
  const broken: string[] = [];
  page.on("response", (response) => { if (response.status() >= 500) broken.push(response.url()); });
  page.on("pageerror", (error) => broken.push(error.message));
  const entities = (await (await fetch(`${empty.url}/api/v1/entities?described=true`)).json()) as { results: { entity: string }[] };
  const claims = (await (await fetch(`${empty.url}/api/v1/claims`)).json()) as { results: { claim: string }[] };
  const all = [
    "/", "/documents", "/entities?described=true", "/claims", "/network", "/timeline", "/questions", "/screening", "/decisions", "/search?q=Halvorsen",
    ...documents.map((id) => `/document/${id}`), ...entities.results.slice(0, 12).map((one) => `/entity/${one.entity}`), ...claims.results.slice(0, 6).map((one) => `/claim/${one.claim}`),
  ];
  for (const path of all) {
    await empty.open(page, path);
    expect(await page.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
  expect(broken).toEqual([]);
});

test("the review queue is worked with keys alone", async ({ page, full }) => {
  await full.open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/screening/);
  const open = page.locator(".extent").first();
  // three on the list, and one of them in Arabic letters besides
  await expect(open).toContainText("4 hits to decide on");
  await page.keyboard.press("j");
  await expect(page.locator('.hits [aria-current="true"]')).toContainText(/HALVORSON|Pomor/);
  await page.keyboard.press("n");
  await expect(open).toContainText("3 hits to decide on");
  await page.keyboard.press("z");
  await expect(open).toContainText("4 hits to decide on");
  await page.keyboard.press("k");
  await page.keyboard.press("y");
  await expect(page.locator(".hit .status")).toContainText("the one");
  await page.keyboard.press("z");
  await expect(open).toContainText("4 hits to decide on");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("Muscat");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toContainText("Muscat");
});

test("open questions are answered one after the other, and articles are independent if a person says so", async ({ page, full }) => {
  await full.open(page, "/");
  await expect(page.locator("aside")).toContainText("open questions");
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/questions/);
  const open = page.locator(".extent").first();
  const count = async () => Number.parseInt((await open.textContent()) ?? "", 10);
  const before = await count();
  // the first question on two names
  const pair = page.locator(".hits button", { hasText: "≈" }).first();
  const names = (await pair.locator("span").first().textContent()) ?? "";
  await pair.click();
  await page.keyboard.press("n");
  await expect(pair.filter({ hasText: names })).toHaveCount(0);
  await page.keyboard.press("z");
  await expect.poll(count).toBe(before);
  // a claim whose chains a suspicion takes together
  const tied = page.locator(".compare").getByRole("button", { name: "They are independent" });
  for (let at = 0; at < before && (await tied.count()) === 0; at += 1) await page.locator(".hits button").nth(at).click();
  const claim = await page.locator(".compare a.open").getAttribute("href");
  // what is on its way when a page is left is lost
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok()), tied.click()]);
  await page.goto(`${full.url}/decisions`);
  await expect(page.locator(".log li").first()).toContainText("tell independently of each other");
  await page.locator(".log li").first().getByRole("button", { name: "Undo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto(`${full.url}${claim}`);
  const after = page.getByRole("button", { name: "They are independent after all" });
  await expect(after.first()).toBeVisible();
  await after.first().click();
  await page.getByRole("dialog").getByRole("button", { name: "They are independent" }).click();
  await expect(after).toHaveCount(0);
  await page.goto(`${full.url}/decisions`);
  await page.locator(".log li:not(.undone)").filter({ hasText: "tell independently" }).first().getByRole("button", { name: "Undo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the interface speaks three languages, by choice and by the browser's wish", async ({ browser, full }) => {
  for (const [locale, dir, word] of [["ar-SA", "rtl", "الشبكة"], ["ru-RU", "ltr", "Сеть"], ["en-GB", "ltr", "Network"]] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(full.url);
    await expect(page.locator("html")).toHaveAttribute("dir", dir);
    await expect(page.locator(".top nav")).toContainText(word);
    await context.close();
  }
  const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await page.goto(`${full.url}/timeline`);
  await page.locator("#tongue").selectOption("ar");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page.locator("h1")).toHaveText("الخط الزمني");
  await page.context().close();
});

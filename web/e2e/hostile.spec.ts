// A case full of what would hurt: no page runs it, none breaks, none is torn apart by it.
import { expect, test } from "./served";

const NAME = "Gordon <b onmouseover=hurt=1>Halvorsen</b>";
const LONG = `Rodion ${"Vasilenkov".repeat(10_000)}`;
const TEXTS: [string, string | Uint8Array][] = [
  ["<script>hurt=1<\u2044script>.txt", `<script>window.hurt = 1</script>\n\n${NAME} met Rodion Vasilenkov in Muscat on Feb. 11, said "><svg onload=window.hurt=2>.\n`],
  ["bidi.txt", "\u202Eesrever\u202C \u2066isolated\u2069\n\nThe \u202Elawyer\u202C Curtis\u0000 Weller met \u200FMikael Sandqvist\u200F in Doha on March 2, one of the people said.\n"],
  ["long.txt", `A name without end\n\n${LONG} bought a stake in Brazos Meridian for $5 million in 2024. ${LONG} met Curtis Weller in Doha.\n`],
  ["broken.txt", new Uint8Array([...new TextEncoder().encode("Broken letters\n\nGordon Halvorsen owns Brazos Meridian. "), 0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, ...new TextEncoder().encode(" Rodion Vasilenkov met Gordon Halvorsen in Muscat.\n")])],
  ["page.html", "<html><head><title>\"><img src=x onerror=window.hurt=3></title><link rel=canonical href='javascript:window.hurt=4'></head><body><article><h1>Talks</h1><p>Gordon Halvorsen met <a href='javascript:window.hurt=5'>Rodion Vasilenkov</a> in Muscat.</p><script>window.hurt=6</script></article></body></html>"],
];

test("nothing that documents bring runs or breaks a page, in two directions", async ({ page, empty }) => {
  test.setTimeout(180_000);
  for (const [name, body] of TEXTS) {
    const answer = await fetch(`${empty.url}/api/v1/documents?origin=${encodeURIComponent(name)}&publisher=${encodeURIComponent("<i>Post</i>")}`, { method: "POST", body: body as BodyInit });
    expect(answer.status, name).toBeLessThan(500);
  }
  const all = async (list: string, key: string) => ((await (await fetch(`${empty.url}/api/v1/${list}`)).json()) as { results: Record<string, string>[] }).results.map((one) => one[key] ?? "");
  const paths = ["/", "/network", "/timeline", "/entities?described=true", "/claims", "/documents", "/screening", "/decisions", `/search?q=${encodeURIComponent("<script>hurt=1</script>")}`];
  paths.push(...(await all("entities?described=true&limit=12", "entity")).map((id) => `/entity/${id}`));
  paths.push(...(await all("claims?limit=12", "claim")).map((id) => `/claim/${id}`), ...(await all("documents", "id")).map((id) => `/document/${id}`));
  const refused: string[] = [];
  page.on("response", (response) => void (response.status() >= 500 && refused.push(`${response.status()} ${response.url()}`)));
  page.on("console", (message) => void (/Content Security Policy/.test(message.text()) && refused.push(message.text())));
  page.on("pageerror", (error) => void refused.push(error.message));
  page.on("dialog", (dialog) => void refused.push(dialog.message()));
  for (const tongue of ["en", "ar"]) {
    for (const path of paths) {
      await empty.open(page, path, { tongue });
      await expect(page.locator(".loading")).toHaveCount(0);
      expect(await page.evaluate(() => (window as { hurt?: number }).hurt), path).toBeUndefined();
      expect(await page.locator("main :is(script, img, svg[onload], b, i, iframe, object), main a[href^='javascript']").count(), path).toBe(0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${path} is torn apart`).toBeLessThanOrEqual(0);
    }
  }
  expect(refused).toEqual([]);
});

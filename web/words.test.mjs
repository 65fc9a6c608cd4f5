// Every language has every word, with the same places to fill and all forms that its plurals need.
import { build } from "esbuild";
import assert from "node:assert/strict";
import test from "node:test";

const made = await build({ entryPoints: ["src/words/ar.ts", "src/words/en.ts", "src/words/ru.ts"], bundle: false, write: false, outdir: "out", format: "esm" });
const words = {};
for (const file of made.outputFiles) {
  const tongue = file.path.split("/").at(-1).slice(0, 2);
  words[tongue] = (await import(`data:text/javascript,${encodeURIComponent(file.text)}`))[tongue];
}
const slots = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

for (const tongue of ["ar", "ru"]) {
  test(`${tongue} has the keys of en`, () => assert.deepEqual(Object.keys(words[tongue]).sort(), Object.keys(words.en).sort()));
  for (const [key, english] of Object.entries(words.en)) {
    const own = words[tongue][key];
    if (own === undefined) continue;
    test(`${tongue} ${key}`, () => {
      assert.equal(typeof own, typeof english);
      if (typeof english === "string") assert.deepEqual(slots(own), slots(english));
      else {
        for (const category of new Intl.PluralRules(tongue).resolvedOptions().pluralCategories) assert.ok(category in own, `${category} is missing`);
        assert.deepEqual(slots(own.other), slots(english.other));
      }
    });
  }
}

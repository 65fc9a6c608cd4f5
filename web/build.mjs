// Makes what the binary carries: `crates/madar-serve/assets`. With `--check` says whether it is what the
// source gives, and changes nothing.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const out = new URL("../crates/madar-serve/assets/", import.meta.url);
/** Bytes after gzip, fonts left out. */
const MOST = 400_000;
const check = process.argv.includes("--check");

const made = await build({
  entryPoints: { app: "src/main.tsx", layout: "src/draw/layout.ts" },
  absWorkingDir: new URL(".", import.meta.url).pathname,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  outdir: "out",
  external: ["/assets/*"],
  write: false,
});

let weight = 0;
let stale = 0;
for (const file of made.outputFiles) {
  const name = file.path.split("/").at(-1);
  const target = new URL(name, out);
  const gzip = gzipSync(file.contents, { level: 9 }).length;
  weight += gzip;
  let held = null;
  try {
    held = readFileSync(target);
  } catch {
    // not there yet
  }
  const same = held !== null && Buffer.compare(held, file.contents) === 0;
  if (check && !same) {
    stale += 1;
    console.error(`${name} is not what web/src gives`);
  } else if (!same) {
    writeFileSync(target, file.contents);
  }
  console.log(`${name}: ${file.contents.length} bytes, ${gzip} after gzip`);
}
if (stale > 0) {
  console.error("hint: npm run build, in web/");
  process.exit(1);
}
if (weight > MOST) {
  console.error(`the bundle has ${weight} bytes after gzip, more than ${MOST}`);
  process.exit(1);
}

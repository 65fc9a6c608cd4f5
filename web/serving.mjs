// A server of a case of its own, for what measures and pictures the pages.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

/** The address of an empty case in a folder of its own, and what ends both. */
export async function served() {
  const folder = mkdtempSync(join(tmpdir(), "madar-pages-"));
  const binary = process.env.MADAR ?? join(root, "target/release/madar");
  const child = spawn(binary, ["serve", "--port", "0", "--case", join(folder, "laptev.madar")], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((done, failed) => {
    let told = "";
    child.stderr.on("data", (data) => {
      told += data;
      const found = /http:\/\/[0-9.:]+(?=\/)/.exec(told);
      if (found) done(found[0]);
    });
    child.on("exit", () => failed(new Error(told)));
  });
  return { url, end: () => { child.kill(); rmSync(folder, { recursive: true, force: true }); } };
}

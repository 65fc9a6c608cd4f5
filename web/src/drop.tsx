// Files and folders dropped onto the page, read one after the other, with what becomes of each.
import { useEffect, useRef, useState } from "preact/hooks";

import { ask, changed, Refused } from "./api";
import { A } from "./route";
import { Own } from "./text";
import { t, type Key } from "./words";

interface Item { name: string; file: File; state: "waiting" | "reading" | "new" | "same" | "capture" | "failed"; told: string; document: string | null }
interface Kept { document: string; added: string; facts: number }

/** Files sent at once: the server reads with all its cores, and a browser stays quick. */
const AT_ONCE = 3;

let items: Item[] = [];
let show: () => void = () => undefined;

async function read(item: Item) {
  item.state = "reading";
  show();
  try {
    const kept = await ask<Kept>(`/documents?origin=${encodeURIComponent(item.name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: item.file,
    });
    item.document = kept.document;
    item.state = kept.added === "same" ? "same" : kept.added === "other capture" ? "capture" : "new";
    item.told = item.state === "new" ? t("n_facts", { n: kept.facts }) : "";
  } catch (error) {
    item.state = "failed";
    item.told = error instanceof Refused ? error.message : String(error);
  }
  show();
}

async function readAll(files: { name: string; file: File }[]) {
  items = [...items.filter((item) => item.state === "reading" || item.state === "waiting"), ...files.map((one) => ({ ...one, state: "waiting" as const, told: "", document: null }))];
  show();
  const worker = async () => {
    for (;;) {
      const next = items.find((item) => item.state === "waiting");
      if (!next) return;
      await read(next);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  changed();
}

/** All files of what was dropped, folders walked through. */
async function walk(entry: FileSystemEntry | null, into: { name: string; file: File }[]): Promise<void> {
  if (entry === null) return;
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    into.push({ name: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // a folder gives its entries in helpings
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const one of some) await walk(one, into);
  }
}

export function Drop({ large = false }: { large?: boolean }) {
  const [, tick] = useState(0);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    show = () => tick((n) => n + 1);
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
      const plain = [...(event.dataTransfer?.files ?? [])].map((file) => ({ name: file.name, file }));
      const found: { name: string; file: File }[] = [];
      Promise.all(entries.map((entry) => walk(entry, found))).then(
        () => readAll(found.length > 0 ? found : plain),
        () => readAll(plain),
      );
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", allow);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", allow);
      removeEventListener("drop", drop);
    };
  }, []);
  const done = items.filter((item) => item.state !== "waiting" && item.state !== "reading").length;
  return (
    <section class={`drop${over ? " over" : ""}${large ? " large" : ""}`}>
      <h2>{t("drop_title")}</h2>
      <p>{over ? t("drop_let_go") : t("drop_here")}</p>
      <p>
        <button type="button" onClick={() => input.current?.click()}>{t("drop_choose")}</button>
        <input
          ref={input}
          type="file"
          multiple
          class="sr"
          tabIndex={-1}
          aria-label={t("drop_choose")}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])].map((file) => ({ name: file.name, file }));
            void readAll(files);
            event.currentTarget.value = "";
          }}
        />
      </p>
      {items.length > 0 && (
        <>
          <p role="status">{t("drop_progress", { done, all: items.length })}</p>
          <progress max={items.length} value={done} aria-label={t("drop_progress", { done, all: items.length })} />
          <ol class="reading">
            {items.map((item, at) => (
              <li key={at} class={item.state}>
                {item.document === null ? <Own text={item.name} /> : <A to={`/document/${item.document}`}><Own text={item.name} /></A>}{" "}
                <span class="quiet">
                  {t(`drop_${item.state}` as Key)}
                  {item.told !== "" && <>: <Own text={item.told} /></>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

// What several pages are made of: waiting and failing, tables that sort, dialogs, decisions.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { ask, changed, Refused, type Asked, type Decided, type Listed, type Someone, useAsk } from "./api";
import { Kind, Own } from "./text";
import { number, said, t, type Key } from "./words";

/** The answer, or what stands for it. */
export function Answer<T>({ asked, children }: { asked: Asked<T>; children: (answer: T) => ComponentChildren }) {
  if (asked.answer !== undefined) return <>{children(asked.answer)}</>;
  if (asked.problem) {
    return (
      <div class="problem" role="alert">
        <h1>{asked.problem.status === 404 ? t("not_found") : t("failed")}</h1>
        <p>{asked.problem.message}</p>
        <p class="quiet">{asked.problem.hint}</p>
      </div>
    );
  }
  return <p class="loading quiet" role="status">{t("loading")}</p>;
}

export interface Column<T> {
  key: string;
  head: string;
  cell: (row: T) => ComponentChildren;
  /** What the column is sorted by; without it, it is not sorted. */
  by?: (row: T) => string | number;
  number?: boolean;
  /** A narrow screen does without it. */
  wide?: boolean;
}

/** Classes of its cells. */
const cellClass = ({ number, wide }: Pick<Column<unknown>, "number" | "wide">) => [number && "number", wide && "wide"].filter(Boolean).join(" ") || undefined;

const collator = new Intl.Collator();

/** A table whose columns sort, at a click or by Enter on the heading. */
export function Table<T>({ rows, columns, caption, rowKey, open }: { rows: T[]; columns: Column<T>[]; caption: string; rowKey: (row: T) => string; open?: (row: T) => void }) {
  const [order, setOrder] = useState<{ key: string; down: boolean } | null>(null);
  const [most, setMost] = useState(200);
  const column = columns.find((one) => one.key === order?.key);
  const by = column?.by;
  const sorted = by
    ? [...rows].sort((a, b) => {
        const [x, y] = [by(a), by(b)];
        const sign = typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y));
        return order?.down ? -sign : sign;
      })
    : rows;
  return (
    <div class="table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map((one) => {
              const is = order?.key === one.key;
              return (
                <th key={one.key} scope="col" class={cellClass(one)} aria-sort={is ? (order.down ? "descending" : "ascending") : undefined}>
                  {one.by ? (
                    <button type="button" class="sort" onClick={() => setOrder({ key: one.key, down: is ? !order.down : !!one.number })}>
                      {one.head}
                      <span aria-hidden="true">{is ? (order.down ? " ↓" : " ↑") : ""}</span>
                    </button>
                  ) : (
                    one.head
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <tr key={rowKey(row)} class={open ? "opens" : undefined} onClick={(event) => {
              if (open && !(event.target as HTMLElement).closest("a, button, input")) open(row);
            }}>
              {columns.map((one) => (
                <td key={one.key} class={cellClass(one)}>{one.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > most && (
        <p>
          <button type="button" class="more" onClick={() => setMost(most + 500)}>
            {t("more", { n: sorted.length - most })}
          </button>
        </p>
      )}
    </div>
  );
}

/** Whether only what a set of switches lets through is shown. */
export function Switches({ name, all, chosen, choose, label }: { name: string; all: string[]; chosen: Set<string>; choose: (next: Set<string>) => void; label?: (key: string) => ComponentChildren }) {
  return (
    <fieldset class="switches">
      <legend>{name}</legend>
      {all.map((key) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={chosen.has(key)}
            onChange={() => {
              const next = new Set(chosen);
              if (!next.delete(key)) next.add(key);
              choose(next);
            }}
          />
          {label ? label(key) : said(key)}
        </label>
      ))}
    </fieldset>
  );
}

/** A dialog of the browser's own: it takes the focus, gives it back, and Escape closes it. */
export function Dialog({ title, close, children }: { title: ComponentChildren; close: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // a browser tells later that a dialog has closed: the next one may be open by then, which is not meant
  const gone = useRef(false);
  const closed = () => {
    if (!gone.current) close();
  };
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      gone.current = true;
      dialog?.close();
    };
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={closed} onCancel={closed}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

export type Wish =
  | { same: [string, string] }
  | { different: [string, string] }
  | { rename: { who: string; to: string } }
  | { note: { who: string; text: string } }
  | { reject: string }
  | { confirm: string }
  | { follow: string }
  | { correct: { fact: string; status: string } }
  | { independent: { a: string; b: string }[] }
  | { mention: MentionWish }
  | { undo: number }
  | { hit: { who: string; list: string; entry: string; is: boolean } };

/** Whom somebody means: one of the case by id, or one that it does not know by name. */
export interface Chosen { who?: string; called?: string }
export interface MentionWish extends Chosen { document: string; start: number; end: number; units: "utf16"; is: "nothing" | "kind" | "means" | "missing"; kind?: string }

interface Settled { numbers: number[]; seen: number; stands_against: boolean }

/** Who decides, kept for the next time on this browser. */
export function whoDecides(): string {
  return localStorage.getItem("madar-by") ?? "";
}

/** The entry up to which the log is known from deciding here: one's own decision is none of somebody else. */
let ownSeen = 0;

export async function decide(seen: number, wish: Wish, why: string): Promise<Settled> {
  const by = whoDecides();
  const body = JSON.stringify({ seen: Math.max(seen, ownSeen), decide: wish, why: why || null, by: by || null });
  // who decides and leaves the page at once has decided: a browser carries up to 64 KiB after it
  const settled = await ask<Settled>("/decisions", { method: "POST", keepalive: body.length < 20_000, headers: { "content-type": "application/json" }, body });
  ownSeen = settled.seen;
  changed();
  return settled;
}

let speak: (words: string) => void = () => undefined;

/** Says what happened, on screen and to who listens to the screen. */
export function announce(words: string) {
  speak(words);
}

export function Announcer() {
  const [words, setWords] = useState("");
  const gone = useRef<number>();
  speak = (next) => {
    setWords(next);
    window.clearTimeout(gone.current);
    gone.current = window.setTimeout(() => setWords(""), 6000);
  };
  return (
    <p class={words === "" ? "announcer sr" : "announcer"} role="status">
      {words}
    </p>
  );
}

export function told(settled: Settled): string {
  return settled.stands_against ? t("stands_against") : t("decided", { n: number(settled.numbers.at(-1) ?? 0) });
}

/** Asks why and by whom, then decides; shows what somebody else has decided meanwhile. */
export function Decide({ title, seen, wish, act, close, done, children }: { title: ComponentChildren; seen: number; wish: () => Wish | null; act: string; close: () => void; done?: () => void; children?: ComponentChildren }) {
  const [why, setWhy] = useState("");
  const [by, setBy] = useState(whoDecides);
  const [moved, setMoved] = useState<{ seen: number; newer: Decided[] } | null>(null);
  const [problem, setProblem] = useState("");
  const id = useId();
  const send = (event: Event) => {
    event.preventDefault();
    const wanted = wish();
    if (wanted === null) return;
    localStorage.setItem("madar-by", by);
    decide(moved?.seen ?? seen, wanted, why).then(
      (settled) => {
        announce(told(settled));
        close();
        done?.();
      },
      (error: unknown) => {
        const body = error instanceof Refused ? (error.body as { seen?: number; newer?: Decided[] } | null) : null;
        if (body?.newer && body.seen !== undefined) setMoved({ seen: body.seen, newer: body.newer });
        else setProblem(error instanceof Error ? error.message : String(error));
      },
    );
  };
  return (
    <Dialog title={title} close={close}>
      <form onSubmit={send}>
        {children}
        <label for={`${id}why`}>{t("why")}</label>
        <input id={`${id}why`} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
        <label for={`${id}by`}>{t("your_name")}</label>
        <input id={`${id}by`} value={by} autocomplete="name" onInput={(event) => setBy(event.currentTarget.value)} />
        {moved && (
          <div class="problem" role="alert">
            <p>{t("moved")}</p>
            <ul>
              {moved.newer.map((entry) => (
                <li key={entry.number}>{decisionWords(entry)}</li>
              ))}
            </ul>
          </div>
        )}
        {problem && <p class="problem" role="alert">{problem}</p>}
        <p class="acts">
          <button type="submit" class="main">{moved ? t("decide_anyway") : act}</button>
          <button type="button" onClick={close}>{t("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}

/** Finds somebody of the case by name; where what is there has a `name`, takes a new one, too. */
export function Choose({ but, name, chosen, choose }: { but?: string; name?: string; chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const [query, setQuery] = useState("");
  const id = useId();
  const wanted = query.trim();
  const like = useAsk<Listed<Someone>>(wanted === "" ? null : `/entities?limit=9&described=true&q=${encodeURIComponent(wanted)}`);
  const found = (like.answer?.results ?? []).filter((one) => one.entity !== but).slice(0, 8);
  return (
    <>
      <label for={`${id}find`}>{t("find_node")}</label>
      <input id={`${id}find`} type="search" dir="auto" value={query} onInput={(event) => { setQuery(event.currentTarget.value); choose({}); }} />
      <fieldset class="found">
        <legend class="sr">{t("who")}</legend>
        {found.map((one) => (
          <label key={one.entity}>
            <input type="radio" name={`${id}who`} checked={chosen.who === one.entity} onChange={() => choose({ who: one.entity })} />
            <Own text={one.name} /> <Kind kind={one.kind} /> <span class="quiet">{t("n_claims", { n: one.claims })}</span>
          </label>
        ))}
        {name !== undefined && wanted !== "" && wanted !== name.trim() && (
          <label>
            <input type="radio" name={`${id}who`} checked={chosen.called === wanted} onChange={() => choose({ called: wanted })} />
            <Own text={t("new_called", { name: wanted })} />
          </label>
        )}
      </fieldset>
    </>
  );
}

/** *A · B: are one* */
export function decisionWords(entry: Decided): string {
  const names = entry.things.map((thing) => thing.name).join(" · ");
  const key = entry.decision === "hit" ? `decision_hit_${entry.verdict ?? "confirmed"}` : `decision_${entry.decision}`;
  const verb = t(key as Key, { n: entry.to ?? "" });
  if (entry.decision === "mention" && entry.passage) {
    const { kind, text } = entry.passage;
    const told = t(`naming_${entry.naming ?? "nothing"}` as Key, { name: names, kind: kind ? said(kind) : "" });
    return `“${text}”: ${told}`;
  }
  if (entry.decision === "correct" && entry.passage) return `${t("decision_correct", { status: said(entry.to ?? "") })}: ${said(entry.passage.kind ?? "")} “${entry.passage.text}”`;
  if (entry.passage) return `${verb}: ${said(entry.passage.kind ?? "")} “${entry.passage.text}”`;
  if (entry.decision === "undo") return verb;
  if (entry.decision === "note") return `${names}: ${entry.to ?? ""}`;
  if (entry.decision === "rename") return `${names}: ${verb} ${entry.to ?? ""}`;
  if (entry.decision === "hit") return `${names}: ${verb} ${entry.to ?? ""}`;
  return `${names}: ${verb}`;
}

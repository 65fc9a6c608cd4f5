// Asking the server: answers in the reader's language, asked anew when the case has changed.
import { useEffect, useState } from "preact/hooks";

import { tongue } from "./words";

export interface Piece { is: "plain" | "name" | "words"; text: string }
export interface Party { role: string; entity: string; name: string }
export interface Time { value: string; words: string; from: string | null; to: string | null; basis: string }
export interface Amount { kind: string; value: string | null; currency: string | null; unit: string | null; approx: string | null; words: string }
export interface Link { name: string; kind: string; inherited: boolean }
export interface Source { id: string; title: string | null; publisher: string | null; language: string }
export interface Passage { document: Source; text: string; start: number; end: number; language: string; block: string; block_number: number; paragraph: number | null }
export interface Telling { fact: string; status: string; chain: Link[]; passage: Passage; rule: string; edition: "latest" | "earlier" | "no longer said" }
export interface Support { articles: number; k_lo: number; k_hi: number; interested: number; confirmed: number; sentence: string; hangs_on: string[]; reasons: string[]; between: [string, string][][] }
export interface Line {
  claim: string; kind: string; status: string; sentence: string; pieces: Piece[]; trigger: string; parties: Party[];
  time: Time | null; duration: Time | null; place: Party | null; amount: Amount | null; stake: Amount | null;
  detail: string | null; condition: string | null; support: Support; no_longer_said: boolean; tellings: Telling[];
  differences: { what: string; values: string[] }[]; against: string[]; may_be: string[];
}
export interface Claim extends Line { contradicted_by: Line[]; may_be_one_with: Line[]; seen: number }
export interface Shaken extends Line { before: [number, number]; after: [number, number] }
export interface Fallen { total: number; results: Shaken[] }
export interface Withdrawal { gone: string; falls: Fallen; may_fall: Fallen; weaker: Fallen; claim: Shaken | null; untouched: number }
export interface Named { entity: string; name: string }
export interface Paths { from: Named; to: Named; paths: { hops: { from: Named; to: Named; ties: Line[]; more: number }[]; weakest: number }[] }
export interface Dated extends Line { from: string; to: string; precision: string }
export interface Someone { entity: string; kind: string; name: string; named: boolean; is_outlet: boolean; names: string[]; documents: number; mentions: number; claims: number }
export interface Standing { on: string; status: string; why: string; of: string | null }
export interface Entry {
  id: string; kind: string; caption: string; names: { name: string; sort: string; weak: boolean }[]; births: string[]; birth_places: string[];
  countries: string[]; identifiers: string[]; programmes: string[]; positions: string[]; listed: string | null; delisted: string | null; remarks: string[];
}
export interface Hit {
  list: string; entry: Entry; score: number; name_score: number; matched: [string, string]; reasons: string[];
  features: { feature: string; effect: string; says: string }[]; on_event: Standing[]; on_publication: Standing[]; today: Standing | null;
  decision: string | null; snapshot: string; gone: string | null;
}
export interface Member {
  entity: string; kind: string; name: string; names: { name: string; language: string; times: number }[]; ties: Line[]; documents: number;
  mentions: number; claims: number; told_by: string[]; reasons: string[]; hits: Hit[];
}
export interface Entity extends Member { lines: Line[]; lines_total: number; appearances: { document: string; title: string | null; publisher: string | null; name: string; times: number }[]; notes: { number: number; text: string; by: string | null; at: string | null }[]; followed: number | null; seen: number }
export interface DocumentLine {
  id: string; title: string | null; publisher: string | null; language: string; origin: string | null; address: string | null; author: string | null;
  published: { from: string; to: string; basis: string } | null; facts: number; retells: string | null; unread_permille: number; foreign_permille: number; version: { number: number; of: number; latest: string } | null; warnings: string[];
}
export interface Block { start: number; end: number; kind: string; language: string; apart: boolean }
export interface Mark { start: number; end: number; mark: "mention" | "time" | "amount"; kind: string; value: string; form: string | null; entity: string | null; entity_name: string | null }
export interface Attributed { source: [number, number]; source_kind: string; cue: [number, number] | null; content: [number, number]; stance: string }
export interface FactMark { fact: string | null; claim: string | null; kind: string; status: string; start: number; end: number; trigger: [number, number]; rule: string }
export interface Reading { text: string; language: string; blocks: Block[]; marks: Mark[]; attributions: Attributed[]; facts: FactMark[]; warnings: string[] }
export interface Page extends DocumentLine { reading: Reading; cast: Record<string, number>; at: [number, number] | null; seen: number }
export interface Origin { name: string; sentence: string; articles: number; claims: number; turns_on_it: number; retold_by: string[] }
export interface Case {
  name: string; seen: number;
  counts: { documents: number; publishers: number; entities: number; claims: number; decisions: number; established: number; outdated: number };
  languages: Record<string, number>; origins: Origin[]; cast: Member[]; newest: Line[]; sections: { subject: string; lines: Line[]; more: number }[];
  disputes: { said: Line | null; denied: Line }[];
  sums: { told: string; passage: Passage; chain: Link[]; documents: number }[];
  documents: DocumentLine[]; failures: { origin: string; reason: string }[];
  lists: { number: number; list: string; day: string; entries: number; format: string; source: string | null; hash: string }[];
}
export interface Tie { source: string; target: string; kind: string; status: string; claims: string[]; articles: number; k_lo: number; k_hi: number; from: string | null; to: string | null }
export interface Drawn { nodes: Someone[]; ties: Tie[]; more: number }
export interface Listed<T> { results: T[]; total: number; offset: number; limit: number }
export interface ScreenedEntity { entity: string; kind: string; name: string; hits: Hit[] }
export interface Screened extends Listed<ScreenedEntity> { screened: number; open: number; seen: number }
/** Something undecided: two that may be one, or a claim on which something is open. */
export interface Question { question: "one" | "claim"; pair: { a: Named; b: Named; score: number } | null; claim: Line | null; changes: number; reasons: string[] }
export interface Questions extends Listed<Question> { whole: boolean; seen: number }
export interface Decided {
  number: number; decision: string; things: { name: string; document: string | null }[]; passage: { document: string; kind: string | null; text: string; start: number; end: number } | null; naming: string | null;
  to: string | null; verdict: string | null; by: string | null; at: string | null; why: string | null; undone: boolean; found: boolean;
}
export interface Found { entities: Someone[]; claims: Line[]; documents: DocumentLine[]; passages: Passage[]; passages_more: boolean }
/** What a later text tells otherwise than an earlier one of a fact. */
export interface Move { change: "gained" | "lost" | "changed"; why: string; telling: Telling; before: Line | null; claim: Line; points: { what: string; values: string[] }[] }
export interface Change { same: number; facts: Move[] }
export interface Article { versions: DocumentLine[]; changes: Change[]; in_order: boolean }
export type Alert =
  | ({ alert: "list hit" } & ScreenedEntity)
  | { alert: "new tie"; claim: Line; ties: { followed: Named; to: Named }[] }
  | { alert: "confirmed"; claim: Line; before: { k_lo: number; k_hi: number } }
  | { alert: "edited"; document: DocumentLine; facts: Move[] }
  | { alert: "new claim"; claim: Line };
export interface Followed extends Named { number: number }
export interface News { results: Alert[]; total: number; since: string | null; marked: boolean; documents: number; now: { entry: number; snapshot: number }; followed: Followed[]; seen: number }
export type Happened =
  | { event: "reading"; origin: string }
  | { event: "read"; origin: string; document: string; added: string; facts: number }
  | { event: "failed"; origin: string; reason: string }
  | { event: "decided"; seen: number }
  | { event: "seen" };

export class Refused extends Error {
  constructor(readonly status: number, message: string, readonly hint: string, readonly body: unknown) {
    super(message);
  }
}

const BASE = "/api/v1";

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const joint = path.includes("?") ? "&" : "?";
  const answer = await fetch(`${BASE}${path}${joint}in=${tongue}`, init);
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const told = body as { error?: string; hint?: string } | null;
    throw new Refused(answer.status, told?.error ?? answer.statusText, told?.hint ?? "", body);
  }
  return body as T;
}

/** Number of changes to the case since this page was opened; those who show it ask anew. */
let changes = 0;
const watchers = new Set<() => void>();
const listeners = new Set<(happened: Happened) => void>();
let soon: number | undefined;

/** Whoever shows something of the case asks for it anew; many changes in a row are one. */
export function changed() {
  window.clearTimeout(soon);
  soon = window.setTimeout(() => {
    changes += 1;
    for (const watcher of watchers) watcher();
  }, 250);
}

export function listen(listener: (happened: Happened) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function follow() {
  const stream = new EventSource(`${BASE}/events`);
  stream.onmessage = (message: MessageEvent<string>) => {
    const happened = JSON.parse(message.data) as Happened;
    for (const listener of listeners) listener(happened);
    if (happened.event === "read" || happened.event === "decided" || happened.event === "seen") changed();
  };
}

export interface Asked<T> { answer: T | undefined; problem: Refused | undefined; asking: boolean }

/** The answer to a question; the last one stays until the next is there. */
export function useAsk<T>(path: string | null): Asked<T> {
  const [held, hold] = useState<{ path: string | null; answer?: T; problem?: Refused }>({ path: null });
  const [tick, setTick] = useState(changes);
  useEffect(() => {
    const watcher = () => setTick(changes);
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  useEffect(() => {
    if (path === null) return undefined;
    let stale = false;
    ask<T>(path).then(
      (answer) => !stale && hold({ path, answer }),
      (error: unknown) => {
        const problem = error instanceof Refused ? error : new Refused(0, String(error), "", null);
        if (!stale) hold({ path, problem });
      },
    );
    return () => {
      stale = true;
    };
  }, [path, tick]);
  const fresh = held.path === path;
  return { answer: fresh ? held.answer : undefined, problem: fresh ? held.problem : undefined, asking: !fresh };
}

// Why names are alike and how lists have an entry: the server says it in English, in few sentences. Here they are said
// in the reader's language; what stands in quotation marks stays as it is.
import { day, rtl, tongue, t, type Key } from ".";

const Q = "“([^”]*)”";
const D = "(\\d{4}-\\d{2}-\\d{2})";

/** Sentences of the server, longer ones first, with the key of each; `d` slots are days. */
const SENTENCES: [string, Key, string[]][] = [
  [`both have ${Q}`, "reason_both", ["a"]],
  [`${Q} sounds like ${Q} \\(([\\d.]+)\\)`, "reason_sounds", ["a", "b", "score"]],
  [`${Q} and ${Q} are forms of one given name`, "reason_forms", ["a", "b"]],
  [`${Q} means the same as ${Q}`, "reason_means", ["a", "b"]],
  [`${Q} may be the initial of ${Q}`, "reason_initial", ["a", "b"]],
  [`only the first name has ${Q}`, "reason_only_first", ["a"]],
  [`only the second name has ${Q}`, "reason_only_second", ["a"]],
  [`${Q} is not ${Q}`, "reason_is_not", ["a", "b"]],
  [`${Q} is very common and says little`, "reason_common", ["a"]],
  [`${Q} abbreviates ${Q}`, "reason_short", ["a", "b"]],
  [`${Q} is ${Q}`, "reason_is", ["a", "b"]],
  [`the snapshot of ${D} has it, listed since ${D}`, "standing_since", ["d1", "d2"]],
  [`the snapshot of ${D} has it, that of ${D} no longer`, "standing_gone", ["d1", "d2"]],
  [`the snapshot of ${D} has it, that of ${D} not yet, and no date is given`, "standing_new", ["d1", "d2"]],
  [`the snapshots of ${D} and ${D} have it`, "standing_both", ["d1", "d2"]],
  [`the snapshots of ${D} and ${D} do not have it`, "standing_neither", ["d1", "d2"]],
  [`the snapshot of ${D} has it`, "standing_has", ["d1"]],
  [`the snapshot of ${D} does not have it`, "standing_has_not", ["d1"]],
  [`the last snapshot is of ${D} and has it`, "standing_last", ["d1"]],
  [`the last snapshot is of ${D} and does not have it`, "standing_last_not", ["d1"]],
  [`the first snapshot is of ${D} and has it, and no date is given`, "standing_first", ["d1"]],
  [`the first snapshot is of ${D} and does not have it`, "standing_first_not", ["d1"]],
  [`the list gives ${D} as the end`, "standing_end", ["d1"]],
  [`the list gives ${D} as the beginning`, "standing_begin", ["d1"]],
  ["no snapshot is held", "standing_none", []],
];

const PATTERNS = SENTENCES.map(([pattern, key, slots]) => ({ pattern: new RegExp(pattern, "gu"), key, slots }));

/** The sentences in the reader's language. */
export function reworded(text: string): string {
  const told = PATTERNS.reduce(
    (held, { pattern, key, slots }) => held.replace(pattern, (...found: string[]) => {
      const values = slots.map((slot, at) => [slot, slot.startsWith("d") ? day(found[at + 1] ?? "") : (found[at + 1] ?? "")]);
      // marked, so that what was said once is not said again
      return tongue === "en" && slots.every((slot) => !slot.startsWith("d")) ? (found[0] ?? "") : t(key, Object.fromEntries(values) as Record<string, string>);
    }),
    text,
  );
  return rtl ? told.replaceAll("; ", "؛ ") : told;
}

// The language of the interface: chosen by the reader, else by the browser; the server words facts in it.
import { ar } from "./ar";
import { en } from "./en";
import { ru } from "./ru";

/** By plural category. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Words = Record<string, string | Forms>;
export type Key = keyof typeof en;
export type Tongue = "ar" | "en" | "ru";

export const TONGUES: Record<Tongue, string> = { en: "English", ar: "العربية", ru: "Русский" };
export const ALL: Record<Tongue, Words> = { ar, en, ru };

const root = document.documentElement;

export const tongue: Tongue = root.lang in ALL ? (root.lang as Tongue) : "en";
/** The reader's forms of numbers and dates; Arabic newsrooms write 123, not ١٢٣, on line. */
export const locale = tongue === "ar" ? "ar-u-nu-latn" : tongue === "en" ? "en-GB" : "ru";
export const rtl = tongue === "ar";

const plurals = new Intl.PluralRules(tongue);
const numbers = new Intl.NumberFormat(locale);
const words: Words = ALL[tongue];

function filled(pattern: string, slots: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? "");
}

/** The words under a key; `n` chooses the form of what is counted and is written in the reader's form. */
export function t(key: Key, slots: Record<string, string | number> = {}): string {
  const entry = words[key] ?? en[key];
  const text = Object.fromEntries(
    Object.entries(slots).map(([slot, value]) => [slot, typeof value === "number" ? numbers.format(value) : value]),
  );
  if (typeof entry === "string") return filled(entry, text);
  const n = typeof slots["n"] === "number" ? slots["n"] : 0;
  const form = n === 0 && entry.zero !== undefined ? "zero" : plurals.select(n);
  return filled(entry[form] ?? entry.other, text);
}

/** A word under a key that comes from the server (a kind, a status, a role); itself where there is none. */
export function said(key: string): string {
  return key in en ? t(key as Key) : key;
}

export function number(n: number): string {
  return numbers.format(n);
}

const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
const years = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });

/** A day given as 2025-03-04, as the reader writes it. */
export function day(iso: string): string {
  const at = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? iso : days.format(at);
}

/** A day, a month, a year or a span, as exactly as it is known. */
export function span(from: string, to: string): string {
  if (from === to) return day(from);
  const [a, b] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const whole = from.endsWith("-01") && new Date(b.getTime() + 86_400_000).getUTCDate() === 1;
  if (whole && from.slice(0, 7) === to.slice(0, 7)) return months.format(a);
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) {
    return from.slice(0, 4) === to.slice(0, 4) ? years.format(a) : `${years.format(a)}–${years.format(b)}`;
  }
  return `${day(from)} – ${day(to)}`;
}

/** An instant of the log. */
export function instant(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

export function percent(permille: number): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(permille / 1000);
}

/** A sum of money; of millions and more the number is short. */
export function inCurrency(value: number, currency: string): string {
  const large = Math.abs(value) >= 1_000_000;
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: 0, maximumFractionDigits: 2, notation: large ? "compact" : "standard", compactDisplay: "long" }).format(value);
  } catch {
    // no currency that the browser knows
    return `${numbers.format(value)} ${currency}`;
  }
}

function remember(name: string, value: string) {
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Strict`;
}

export function speak(next: Tongue) {
  remember("madar-in", next);
  location.reload();
}

export type Light = "auto" | "light" | "dark";

export function light(): Light {
  return (root.dataset["light"] as Light | undefined) ?? "auto";
}

export function shine(next: Light) {
  remember("madar-light", next);
  root.dataset["light"] = next;
}

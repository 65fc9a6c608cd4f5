// Colours of the picture, told apart by the colour-blind too (after Okabe and Ito), for light and dark; lines
// differ by their strokes besides.
import type { Look, Shape } from "./model";

export interface Colours { paper: string; ink: string; quiet: string; shapes: Record<Shape, string>; lines: Record<Look, string> }

export function isDark(): boolean {
  const asked = document.documentElement.dataset["light"];
  return asked === "dark" || (asked !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function colours(): Colours {
  return isDark()
    ? {
        paper: "#16171a", ink: "#e7e4dc", quiet: "#a09c92",
        shapes: { person: "#7cb7e8", body: "#e8a33d", other: "#9aa09a" },
        lines: { established: "#e7e4dc", single: "#77756e", planned: "#56b4e9", alleged: "#d995bd", denied: "#ff8a5c", ended: "#5d5f63" },
      }
    : {
        paper: "#fdfcf9", ink: "#1d1d1b", quiet: "#5f5c55",
        shapes: { person: "#1f5582", body: "#b86e00", other: "#77807a" },
        lines: { established: "#1d1d1b", single: "#9a968b", planned: "#0072b2", alleged: "#a3487f", denied: "#c43d00", ended: "#b9b5a9" },
      };
}

/** Pixels drawn and left out, in turn; none: a whole line. */
export const STROKES: Record<Look, [number, number] | null> = {
  established: null,
  single: null,
  planned: [9, 5],
  alleged: [2, 4],
  denied: [16, 3],
  ended: [4, 8],
};

export const WIDTHS: Record<Look, number> = { established: 3.2, single: 1.2, planned: 1.8, alleged: 2.2, denied: 2.6, ended: 1.4 };

// Things to decide on, one after the other: J and K move, a key answers, Z takes the last answer back.
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { announce, decide, told, type Wish } from "./parts";

export interface Queue {
  /** Which one is looked at. */
  at: number;
  move: (to: number) => void;
  /** Answers what is looked at as this key does. */
  answer: (key: string) => void;
  /** Takes the last answer back, where there is one. */
  undo: (() => void) | null;
}

/** `wishOf` says what a key decides of the one at a place; nothing where it is no answer. */
export function useQueue(count: number, seenNow: number, wishOf: (key: string, at: number) => Wish | null): Queue {
  const [at, setAt] = useState(0);
  // where one is, for keys that come before the page has been drawn anew
  const now = useRef(0);
  const move = (to: number) => {
    now.current = Math.max(0, Math.min(to, count - 1));
    setAt(now.current);
  };
  const [last, setLast] = useState<number | null>(null);
  const seen = useRef(seenNow);
  seen.current = Math.max(seen.current, seenNow);
  // keys come faster than answers: each waits for the one before it, none is lost
  const waiting = useRef<Promise<void>>(Promise.resolve());
  const settle = (wish: Wish) => {
    waiting.current = waiting.current
      .then(() => decide(seen.current, wish, ""))
      .then(
        (settled) => {
          seen.current = settled.seen;
          announce(told(settled));
          setLast("undo" in wish ? null : (settled.numbers.at(-1) ?? null));
        },
        (error: unknown) => announce(error instanceof Error ? error.message : String(error)),
      );
  };
  const answer = (key: string): boolean => {
    const wish = wishOf(key, Math.min(now.current, count - 1));
    if (wish !== null) settle(wish);
    return wish !== null;
  };
  const undo = last === null ? null : () => settle({ undo: last });

  // before the page is painted: a key pressed on what is seen is never lost
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches("input:not([type=checkbox]), textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "j" || event.key === "ArrowDown") move(now.current + 1);
      else if (event.key === "k" || event.key === "ArrowUp") move(now.current - 1);
      else if (event.key === "z" && undo !== null) undo();
      else if (!answer(event.key)) return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  return { at: Math.max(0, Math.min(at, count - 1)), move, answer, undo };
}

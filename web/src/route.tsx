// Which page is shown: the address is the whole of its state, so that it can be kept and sent on.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const movers = new Set<() => void>();

export interface Place { path: string; query: URLSearchParams }

export function place(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function go(address: string, how: "push" | "replace" = "push") {
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  for (const mover of movers) mover();
  if (how === "push") scrollTo(0, 0);
}

export function usePlace(): Place {
  const [held, hold] = useState(place);
  useEffect(() => {
    const mover = () => hold(place());
    movers.add(mover);
    addEventListener("popstate", mover);
    return () => {
      movers.delete(mover);
      removeEventListener("popstate", mover);
    };
  }, []);
  return held;
}

/** Changes some of the query of the address; empty values leave it. */
export function ask(changes: Record<string, string | null>) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  go(text === "" ? location.pathname : `${location.pathname}?${text}`, "replace");
}

type Anchor = Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & { to: string; children: ComponentChildren };

export function A({ to, children, ...rest }: Anchor) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}

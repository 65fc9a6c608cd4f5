// The frame around all pages, and which page an address is.
import { render, type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import "./app.css";
import { follow } from "./api";
import { CasePage } from "./pages/case";
import { ClaimPage } from "./pages/claim";
import { ClaimsPage } from "./pages/claims";
import { DecisionsPage } from "./pages/decisions";
import { DocumentPage } from "./pages/document";
import { DocumentsPage } from "./pages/documents";
import { EntitiesPage } from "./pages/entities";
import { EntityPage } from "./pages/entity";
import { NetworkPage } from "./pages/network";
import { NewsPage } from "./pages/news";
import { QuestionsPage } from "./pages/questions";
import { ScreeningPage } from "./pages/screening";
import { SearchPage } from "./pages/search";
import { TimelinePage } from "./pages/timeline";
import { Announcer, Dialog } from "./parts";
import { A, go, usePlace } from "./route";
import { light, shine, speak, t, tongue, TONGUES, type Key, type Light, type Tongue } from "./words";

/** In the order of the work: look at the whole, follow the ties, read the sources, settle. */
const PAGES: { path: string; key: Key; short?: Key; shortcut: string }[] = [
  { path: "/", key: "case", shortcut: "c" },
  { path: "/news", key: "news", short: "nav_news", shortcut: "w" },
  { path: "/network", key: "network", shortcut: "n" },
  { path: "/timeline", key: "timeline", shortcut: "t" },
  { path: "/entities", key: "entities", short: "nav_entities", shortcut: "p" },
  { path: "/claims", key: "claims", shortcut: "a" },
  { path: "/documents", key: "documents", shortcut: "d" },
  { path: "/questions", key: "questions", shortcut: "q" },
  { path: "/screening", key: "screening", short: "nav_screening", shortcut: "s" },
  { path: "/decisions", key: "decisions", shortcut: "l" },
];

function page(path: string): ComponentChildren {
  const [, head = "", rest = ""] = path.split("/");
  const id = decodeURIComponent(rest);
  switch (head) {
    case "": return <CasePage />;
    case "news": return <NewsPage />;
    case "network": return <NetworkPage />;
    case "timeline": return <TimelinePage />;
    case "entities": return <EntitiesPage />;
    case "entity": return <EntityPage key={id} id={id} />;
    case "claims": return <ClaimsPage />;
    case "claim": return <ClaimPage key={id} id={id} />;
    case "documents": return <DocumentsPage />;
    case "document": return <DocumentPage key={id} id={id} />;
    case "questions": return <QuestionsPage />;
    case "screening": return <ScreeningPage />;
    case "decisions": return <DecisionsPage />;
    case "search": return <SearchPage />;
    default: return <h1>{t("not_found")}</h1>;
  }
}

const OF: Record<string, string> = { entity: "/entities", claim: "/claims", document: "/documents" };

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return target.matches("input, textarea, select, [contenteditable]") || event.metaKey || event.ctrlKey || event.altKey;
}

function Frame() {
  const { path, query } = usePlace();
  const field = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const pages = useRef<HTMLElement>(null);
  const [help, setHelp] = useState(false);
  const [shade, setShade] = useState<Light>(light);

  useEffect(() => {
    let armed = false;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector("dialog[open]")) return;
      if (armed) {
        armed = false;
        const wanted = PAGES.find((one) => one.shortcut === event.key);
        if (wanted) go(wanted.path);
        return;
      }
      if (event.key === "g") armed = true;
      else if (event.key === "?") setHelp(true);
      else if (event.key === "/") {
        event.preventDefault();
        field.current?.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const head = path.split("/")[1] ?? "";
  const at = OF[head] ?? `/${head}`;
  const named = PAGES.find((one) => one.path === at);
  useEffect(() => {
    // on a narrow screen the row of pages is wider than the screen
    const here = pages.current?.querySelector<HTMLElement>("[aria-current]");
    if (here && pages.current) pages.current.scrollTo({ left: here.offsetLeft - pages.current.offsetLeft - (pages.current.clientWidth - here.clientWidth) / 2 });
    document.title = named ? `${t(named.key)} · ${t("brand")}` : t("brand");
  }, [path]);

  return (
    <>
      <a class="skip" href="#main">{t("skip")}</a>
      <header class="top">
        <A to="/" class="brand" aria-label={t("brand")}>
          <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <circle cx="11" cy="11" r="8.2" class="orbit" />
            <circle cx="11" cy="11" r="2.6" class="core" />
            <circle cx="17.6" cy="6.2" r="2" class="core" />
          </svg>
          <span>{t("brand")}</span>
        </A>
        <nav ref={pages} aria-label={t("nav")}>
          {PAGES.map((one) => (
            <A key={one.path} to={one.path} aria-current={one.path === at ? "page" : undefined}>
              {t(one.short ?? one.key)}
            </A>
          ))}
        </nav>
        <form
          class="find"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const q = field.current?.value.trim() ?? "";
            if (q !== "") go(`/search?q=${encodeURIComponent(q)}`);
          }}
        >
          <input ref={field} type="search" name="q" dir="auto" maxLength={400} aria-label={t("search")} placeholder={t("search")} title={t("search_hint")} defaultValue={head === "search" ? (query.get("q") ?? "") : ""} />
        </form>
        <div class="choices">
          <label class="sr" for="tongue">{t("language")}</label>
          <select id="tongue" value={tongue} onChange={(event) => speak(event.currentTarget.value as Tongue)}>
            {Object.entries(TONGUES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>{name}</option>
            ))}
          </select>
          <label class="sr" for="light">{t("light")}</label>
          <select
            id="light"
            value={shade}
            onChange={(event) => {
              const next = event.currentTarget.value as Light;
              shine(next);
              setShade(next);
            }}
          >
            {(["auto", "light", "dark"] as const).map((one) => (
              <option key={one} value={one}>{t(`light_${one}`)}</option>
            ))}
          </select>
          <button type="button" class="plain" aria-label={t("keys")} title={t("keys")} onClick={() => setHelp(true)}>?</button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={head === "" ? "case" : head}>
        {page(path)}
      </main>
      <Announcer />
      {help && (
        <Dialog title={t("keys")} close={() => setHelp(false)}>
          <dl class="keys">
            <dt><kbd>/</kbd></dt><dd>{t("key_search")}</dd>
            <dt><kbd>g</kbd></dt><dd>{t("key_go")}</dd>
            <dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>{t("key_move")}</dd>
            <dt><kbd>?</kbd></dt><dd>{t("key_help")}</dd>
          </dl>
          <p class="quiet">{t("queue_keys")}</p>
          <p class="acts"><button type="button" onClick={() => setHelp(false)}>{t("close")}</button></p>
        </Dialog>
      )}
    </>
  );
}

follow();
const root = document.getElementById("app");
if (root) render(<Frame />, root);

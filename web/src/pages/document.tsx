// A document as it was read: its text with what was found in it marked in place, and beside it what is
// claimed there. Positions come from the server in UTF-16, which is what a browser counts in.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";

import { type Block, type FactMark, type Line, type Listed, type Mark, type Page, useAsk } from "../api";
import { Answer, Switches } from "../parts";
import { A, go, usePlace } from "../route";
import { Chains, Own, Said, Status, Visible } from "../text";
import { Missing, Picked } from "./mention";
import { Versions } from "./versions";
import { percent, said, span, t, type Key } from "../words";

const LAYERS = ["mentions", "times", "amounts", "sources", "facts"] as const;

export function DocumentPage({ id }: { id: string }) {
  const { query } = usePlace();
  const at = query.get("at");
  const asked = useAsk<Page>(`/documents/${id}?units=utf16${at ? `&at=${encodeURIComponent(at)}` : ""}`);
  const claims = useAsk<Listed<Line>>(`/claims?document=${id}&limit=5000`);
  return <Answer asked={asked}>{(page) => <Read page={page} lines={claims.answer?.results ?? []} fact={query.get("fact")} />}</Answer>;
}

function Read({ page, lines, fact }: { page: Page; lines: Line[]; fact: string | null }) {
  const text = useRef<HTMLDivElement>(null);
  const [layers, setLayers] = useState<Set<string>>(new Set(["mentions", "times", "amounts", "facts"]));
  const [chosen, choose] = useState<Mark | null>(null);
  const [over, setOver] = useState<[number, number] | null>(null);
  const [selected, select] = useState<[number, number] | null>(null);
  const [missing, setMissing] = useState(false);
  const { reading } = page;
  const wanted: [number, number] | null = useMemo(() => {
    const told = reading.facts.find((one) => one.fact === fact || (fact !== null && one.claim === fact));
    return told ? [told.start, told.end] : page.at;
  }, [page, fact]);

  // what was chosen may be named otherwise now
  useEffect(() => choose((held) => held && (reading.marks.find((mark) => mark.mark === "mention" && mark.start === held.start && mark.end === held.end) ?? null)), [page]);
  useEffect(() => {
    const follow = () => {
      const span = text.current && selection(text.current);
      if (span) select(span);
    };
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, []);

  // passages are painted without touching the text, so that marks of other kinds keep their places
  useEffect(() => {
    if (!text.current) return;
    const paint = (name: string, spans: [number, number][]) => highlight(text.current, name, spans);
    paint("fact", layers.has("facts") ? reading.facts.map((one) => one.trigger) : []);
    paint("source", layers.has("sources") ? reading.attributions.flatMap((one) => (one.cue ? [one.source, one.cue] : [one.source])) : []);
    paint("content", layers.has("sources") ? reading.attributions.map((one) => one.content) : []);
    paint("wanted", wanted ? [wanted] : []);
    paint("over", over ? [over] : []);
    return () => CSS.highlights?.clear();
  }, [page, layers, wanted, over]);
  useEffect(() => {
    if (!wanted || !text.current) return;
    const range = rangeOf(text.current, wanted);
    range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
  }, [wanted]);

  const told = new Map(lines.map((line) => [line.claim, line]));
  const facts = [...reading.facts].sort((a, b) => a.start - b.start || a.end - b.end);
  const marks = reading.marks.filter((mark) => layers.has(`${mark.mark}s`));
  const groups = grouped(reading.blocks);
  return (
    <div class="two read">
      <article lang={page.language}>
        <header class="head">
          <p class="extent">
            <Own text={page.publisher ?? t("no_publisher")} />
            {page.published && <> · <span title={page.published.basis}>{span(page.published.from, page.published.to)}</span></>}
            {page.author && <> · {t("author")} <Own text={page.author} /></>}
            {" · "}{said(page.language)}
          </p>
          {page.version && page.version.latest !== page.id && <p class="note"><Own text={t("version_replaced", { n: page.version.number, of: page.version.of })} /> <A to={`/document/${page.version.latest}`}>{t("version_latest")} ›</A></p>}
          {page.version && page.version.latest === page.id && <p class="note">{t("version_last", { n: page.version.number, of: page.version.of })} <a href="#versions">{t("versions_see")}</a></p>}
          {page.retells && <p class="note"><Own text={t("retells", { name: page.retells })} /></p>}
          {page.foreign_permille > 0 && <p class="note">{t("foreign", { percent: percent(page.foreign_permille) })}</p>}
          {reading.warnings.map((warning) => <p class="note" key={warning}><Own text={warning} /></p>)}
        </header>
        <div class="text" ref={text} dir={page.language === "ar" ? "rtl" : "ltr"}>
          {!reading.blocks.some((block) => block.kind === "title") && <h1 class="sr"><Own text={page.title ?? t("untitled")} /></h1>}
          {groups.map((group) =>
            group.apart ? (
              <details key={group.blocks[0]?.start} class="furniture">
                <summary>{t("furniture", { kind: said(`block_${group.blocks.every((block) => block.kind === "furniture") ? "furniture" : "repeats"}`) })}</summary>
                {group.blocks.map((block) => <p key={block.start} lang={block.language} dir="auto"><Visible text={reading.text.slice(block.start, block.end)} /></p>)}
              </details>
            ) : (
              group.blocks.map((block) => <Shown key={block.start} block={block} text={reading.text} marks={marks} choose={choose} chosen={chosen} />)
            ),
          )}
        </div>
        <footer class="quiet origin">
          {page.origin && <p>{t("read_from")} <code><Own text={page.origin} /></code></p>}
          {page.address && <Outside address={page.address} />}
        </footer>
      </article>
      <aside class="margin">
        <Switches name={t("marks")} all={[...LAYERS]} chosen={layers} choose={setLayers} label={(key) => <span class={`mark-key ${key}`}>{t(`mark_${key}` as Key)}</span>} />
        {chosen && <Picked key={`${chosen.start}-${chosen.end}`} mark={chosen} page={page} choose={choose} close={() => choose(null)} />}
        <p><button type="button" onClick={() => setMissing(true)}>{t("missing_name")}</button></p>
        {missing && <Missing page={page} selected={selected} close={() => { setMissing(false); select(null); }} />}
        {page.version && <Versions id={page.id} />}
        <h2>{t("facts_here")}</h2>
        <p class="extent">{t("n_facts", { n: facts.length })}</p>
        <ul class="facts">
          {facts.map((one, at) => (
            <Fact key={one.fact ?? at} fact={one} line={one.claim ? told.get(one.claim) : undefined} chosen={wanted?.[0] === one.start && wanted[1] === one.end} over={setOver} />
          ))}
        </ul>
      </aside>
    </div>
  );
}

function Fact({ fact, line, chosen, over }: { fact: FactMark; line: Line | undefined; chosen: boolean; over: (span: [number, number] | null) => void }) {
  if (!line) return null;
  const show = () => over([fact.start, fact.end]);
  return (
    <li class={chosen ? "chosen" : undefined} onMouseEnter={show} onMouseLeave={() => over(null)} onFocusIn={show} onFocusOut={() => over(null)}>
      <p>
        <Said line={line} /> <Status status={fact.status} />
      </p>
      <p class="quiet">
        <Chains lo={line.support.k_lo} hi={line.support.k_hi} words={false} />{" "}
        <button type="button" class="link" onClick={() => go(`${location.pathname}?fact=${fact.fact ?? ""}`, "replace")}>{said(fact.kind)}</button>{" "}
        <A to={`/claim/${line.claim}`}>{t("chains")} ›</A>
      </p>
    </li>
  );
}

/** A link to the outside does nothing until it is asked for a second time. */
function Outside({ address }: { address: string }) {
  const [armed, arm] = useState(false);
  const web = /^https?:\/\//i.test(address);
  if (!web) return <p>{t("address")} <code><Own text={address} /></code></p>;
  return (
    <p>
      {t("address")}{" "}
      {armed ? <a href={address} rel="noreferrer noopener external" target="_blank"><code><Own text={address} /></code></a> : <button type="button" class="link" title={t("outside_link")} onClick={() => arm(true)}><code><Own text={address} /></code></button>}
    </p>
  );
}

interface Group { apart: boolean; blocks: Block[] }

/** Neighbouring blocks that are not read go together. */
function grouped(blocks: Block[]): Group[] {
  const out: Group[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (last && last.apart === block.apart) last.blocks.push(block);
    else out.push({ apart: block.apart, blocks: [block] });
  }
  return out;
}

function Shown({ block, text, marks, choose, chosen }: { block: Block; text: string; marks: Mark[]; choose: (mark: Mark) => void; chosen: Mark | null }) {
  const inside = marks.filter((mark) => mark.start >= block.start && mark.end <= block.end);
  const body = nested(text, block.start, block.end, inside, choose, chosen);
  const shape = { lang: block.language, dir: (block.language === "ar" ? "rtl" : block.language === "und" ? "auto" : "ltr") as "rtl" | "auto" | "ltr", "data-start": block.start, class: `block ${block.kind.replace(" ", "-")}` };
  switch (block.kind) {
    case "title": return <h1 {...shape}>{body}</h1>;
    case "heading": return <h2 {...shape}>{body}</h2>;
    case "quote": return <blockquote {...shape}>{body}</blockquote>;
    default: return <p {...shape}>{body}</p>;
  }
}

/** The text from `start` to `end` with marks around their words; marks lie inside one another or apart. */
export function nested(text: string, start: number, end: number, marks: Mark[], choose: (mark: Mark) => void, chosen: Mark | null): ComponentChildren[] {
  const out: ComponentChildren[] = [];
  let at = start;
  const plain = (to: number) => {
    if (to > at) out.push(<Visible text={text.slice(at, to)} />);
    at = Math.max(at, to);
  };
  for (let number = 0; number < marks.length; number += 1) {
    const mark = marks[number];
    if (!mark || mark.start < at || mark.end > end) continue; // crosses one that is marked already
    plain(mark.start);
    let last = number;
    while (last + 1 < marks.length && (marks[last + 1]?.start ?? end) < mark.end) last += 1;
    const inner = marks.slice(number + 1, last + 1);
    // a name inside a description is told by the outer one: a link in a link is none
    const body = mark.mark === "mention" ? nested(text, mark.start, mark.end, inner.filter((one) => one.mark !== "mention"), choose, chosen) : [<Visible text={text.slice(mark.start, mark.end)} />];
    out.push(<Marked key={`${mark.start}-${mark.end}`} mark={mark} choose={choose} chosen={chosen === mark}>{body}</Marked>);
    at = mark.end;
    number = last;
  }
  plain(end);
  return out;
}

function Marked({ mark, choose, chosen, children }: { mark: Mark; choose: (mark: Mark) => void; chosen: boolean; children: ComponentChildren }) {
  const title = `${said(mark.kind)}: ${mark.entity_name ?? mark.value}`;
  if (mark.mark !== "mention") {
    return <span class={`mark ${mark.mark}`} data-start={mark.start} data-end={mark.end} title={mark.value}>{children}</span>;
  }
  return (
    <a
      class={`mark mention ${mark.kind} ${mark.form ?? ""}${chosen ? " chosen" : ""}`}
      data-start={mark.start}
      data-end={mark.end}
      title={title}
      href={`/entity/${encodeURIComponent(mark.entity ?? "")}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        choose(mark);
      }}
    >
      {children}
    </a>
  );
}

/** The place in the page of a stretch of the text: blocks say where they begin, signs are told by their code. */
function rangeOf(root: Node, [start, end]: [number, number]): Range | null {
  const range = document.createRange();
  let found = false;
  for (const block of (root as HTMLElement).querySelectorAll<HTMLElement>("[data-start].block")) {
    let at = Number(block.dataset["start"]);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const sign = node.parentElement?.closest(".sign");
      const length = sign ? 1 : (node.nodeValue?.length ?? 0);
      if (!found && start >= at && start < at + length) {
        range.setStart(node, sign ? 0 : start - at);
        found = true;
      }
      if (found && end > at && end <= at + length) {
        range.setEnd(node, sign ? (node.nodeValue?.length ?? 0) : end - at);
        return range;
      }
      at += length;
    }
  }
  return found ? range : null;
}

/** The stretch of the text that the reader has selected, without the spaces at its ends; marks and signs count as they
 * stand in the text. */
function selection(root: HTMLElement): [number, number] | null {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return null;
  const range = chosen.getRangeAt(0);
  const [start, end] = [placeIn(root, range.startContainer, range.startOffset), placeIn(root, range.endContainer, range.endOffset)];
  if (start === null || end === null || start >= end) return null;
  return [start, end];
}

/** Where a place of the page stands in the text; none where it is in no block. */
function placeIn(root: HTMLElement, container: Node, offset: number): number | null {
  const element = container instanceof Element ? container : container.parentElement;
  const block = element?.closest<HTMLElement>("[data-start].block");
  if (!block || !root.contains(block)) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(container, offset);
  let at = Number(block.dataset["start"]);
  const walker = document.createTreeWalker(before.cloneContents(), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    at += node.parentElement?.closest(".sign") ? 1 : (node.nodeValue?.length ?? 0);
  }
  return at;
}

function highlight(root: HTMLElement | null, name: string, spans: [number, number][]) {
  if (!root || !("highlights" in CSS)) return;
  const ranges = spans.map((one) => rangeOf(root, one)).filter((range) => range !== null);
  CSS.highlights.set(name, new Highlight(...ranges));
}

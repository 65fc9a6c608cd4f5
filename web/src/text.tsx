// What came from documents, shown as text and nothing else: isolated in its own direction, with characters
// that would turn or hide text made visible.
import { Fragment } from "preact";

import type { Line, Link, Passage, Piece, Support, Telling } from "./api";
import { A } from "./route";
import { said, span, t } from "./words";
import { reworded } from "./words/reasons";

/** Controls, embeddings, overrides, isolates; line breaks are spaces, the marks U+200E and U+200F honest. */
// eslint-disable-next-line no-control-regex
const SIGNS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;
const SPLIT = new RegExp(`(${SIGNS.source})`, "u");

/** Text with signs that would turn or hide it made visible; positions in it do not matter any more. */
export function Visible({ text }: { text: string }) {
  if (!SIGNS.test(text)) return <>{text}</>;
  return (
    <>
      {text.split(SPLIT).map((part, at) => {
        if (!SIGNS.test(part)) return part;
        const code = `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
        return (
          <span key={at} class="sign" title={t("hidden_sign", { code })}>
            {code}
          </span>
        );
      })}
    </>
  );
}

/** A name, a title, words of a text: in its own direction, whatever stands around it. */
export function Own({ text, lang }: { text: string; lang?: string }) {
  return (
    <bdi lang={lang}>
      <Visible text={text} />
    </bdi>
  );
}

export function Name({ entity, name }: { entity: string; name: string }) {
  return (
    <A to={`/entity/${encodeURIComponent(entity)}`} class="name">
      <Own text={name} />
    </A>
  );
}

/** A sentence of the server's, with its names as links where it is known whose they are. */
export function Said({ line }: { line: Pick<Line, "pieces" | "parties" | "place"> }) {
  const all = line.place === null ? line.parties : [...line.parties, line.place];
  const piece = (one: Piece) => {
    if (one.is === "plain") return one.text;
    if (one.is === "words") return <q><Own text={one.text} /></q>;
    const party = all.find((p) => p.name === one.text);
    return party ? <Name entity={party.entity} name={one.text} /> : <Own text={one.text} />;
  };
  return (
    <>
      {line.pieces.map((one, at) => (
        <Fragment key={at}>{piece(one)}</Fragment>
      ))}
    </>
  );
}

/** A reason in Madar's own words, with each quoted word in its own direction. */
export function Reason({ text }: { text: string }) {
  return (
    <>
      {reworded(text).split(/(“[^”]*”)/u).map((part, at) => (part.startsWith("“") ? <Fragment key={at}>“<Own text={part.slice(1, -1)} />”</Fragment> : <Visible key={at} text={part} />))}
    </>
  );
}

/** *2 to 3 independent chains* */
export function chains(lo: number, hi: number): string {
  return lo === hi ? t("n_chains", { n: hi }) : t("n_chains_range", { lo, hi });
}

/** Beads beyond this are told by the number beside them. */
const BEADS = 5;

/** Independent chains as beads: full ones are certain, hollow ones fall with what is suspected. */
export function Chains({ lo, hi, articles, words = true }: { lo: number; hi: number; articles?: number; words?: boolean }) {
  const told = chains(lo, hi);
  const all = articles === undefined ? told : `${t("n_articles", { n: articles })}, ${told}`;
  const beads = Array.from({ length: Math.min(hi, BEADS) }, (_, at) => (at < lo ? "full" : "hollow"));
  return (
    <span class="chains" title={all}>
      <svg class="beads" width={beads.length * 10 + 2} height="12" viewBox={`0 0 ${beads.length * 10 + 2} 12`} aria-hidden="true">
        {beads.map((bead, at) => (
          <circle key={at} class={bead} cx={at * 10 + 6} cy="6" r="3.4" />
        ))}
      </svg>
      {words ? <span>{all}</span> : <span class="sr">{all}</span>}
    </span>
  );
}

export function Status({ status }: { status: string }) {
  if (status === "asserted") return null;
  return <span class={`status ${status}`}>{said(status)}</span>;
}

export function Kind({ kind }: { kind: string }) {
  return <span class={`kind ${kind}`}>{said(kind)}</span>;
}

/** From the publisher inwards, on one line. */
export function ChainLine({ chain }: { chain: Link[] }) {
  return (
    <span class="chain-line">
      {chain.map((link, at) => (
        <Fragment key={at}>
          {at > 0 && <span class="arrow" aria-hidden="true"> ← </span>}
          <span class={link.inherited ? "inherited" : undefined} title={link.inherited ? t("inherited") : undefined}>
            <Own text={link.name} />
            {link.kind === "anonymous" && <span class="quiet"> ({t("unnamed")})</span>}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

export function passageAt(passage: Passage): string {
  return `/document/${passage.document.id}?at=${passage.start}-${passage.end}`;
}

export function sourceName(source: { title: string | null; publisher: string | null }): string {
  return source.publisher ?? source.title ?? t("no_publisher");
}

export function Quote({ passage }: { passage: Passage }) {
  return (
    <figure class="quote">
      <blockquote lang={passage.language} dir={passage.language === "ar" ? "rtl" : "ltr"}>
        <Visible text={passage.text} />
      </blockquote>
      <figcaption>
        <A to={passageAt(passage)}>
          <Own text={sourceName(passage.document)} />
          {passage.paragraph !== null && <>, {t("paragraph_n", { n: passage.paragraph })}</>}
        </A>
      </figcaption>
    </figure>
  );
}

export function SupportLine({ support }: { support: Support }) {
  return (
    <p class="support">
      <Chains lo={support.k_lo} hi={support.k_hi} words={false} />
      <Own text={support.sentence} />
    </p>
  );
}

export function when(line: Line): string {
  const time = line.time;
  if (time === null || time.from === null || time.to === null) return "";
  return span(time.from, time.to);
}

/** A claim as an entry of a list: what, how it is held, on how many chains, by whom. */
export function LineItem({ line, first = true }: { line: Line; first?: boolean }) {
  const best: Telling | undefined = line.tellings[0];
  return (
    <article class={`line ${line.status}`}>
      <p class="said">
        <Said line={line} /> <Status status={line.status} />{" "}
        <A to={`/claim/${line.claim}`} class="open" aria-label={`${said(line.kind)}: ${line.sentence}`}>
          <span aria-hidden="true">›</span>
        </A>
      </p>
      <SupportLine support={line.support} />
      {first && best && (
        <p class="quiet">
          <ChainLine chain={best.chain} />
        </p>
      )}
    </article>
  );
}

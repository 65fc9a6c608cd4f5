// What was settled, the latest first, each entry to be taken back or brought back.
import { useState } from "preact/hooks";

import { type Decided, type Listed, useAsk } from "../api";
import { Answer, Decide, decisionWords } from "../parts";
import { A } from "../route";
import { Own } from "../text";
import { instant, t } from "../words";

export function DecisionsPage() {
  const asked = useAsk<Listed<Decided>>("/decisions?limit=1000");
  const [undo, setUndo] = useState<Decided | null>(null);
  return (
    <Answer asked={asked}>
      {(held) => {
        const seen = held.results[0]?.number ?? 0;
        return (
          <>
            <header class="head">
              <h1>{t("decisions")}</h1>
              <p class="extent">{t("n_decisions", { n: held.total })}</p>
            </header>
            {held.total === 0 && <p class="quiet">{t("nothing")}</p>}
            <ol class="log">
              {held.results.map((entry) => (
                <li key={entry.number} class={entry.undone ? "undone" : undefined}>
                  <span class="no">{entry.number}</span>
                  <div>
                    <p class="what"><Own text={decisionWords(entry)} />{entry.undone && <span class="status">{t("undone")}</span>}</p>
                    <p class="quiet">
                      {[entry.by, entry.at === null ? null : instant(entry.at)].filter((one) => one !== null).map((one) => <span key={one}><Own text={one} />{" "}</span>)}
                      {entry.why && <q><Own text={entry.why} /></q>}
                      {!entry.found && <> · {t("not_found_any_more")}</>}
                      {(entry.passage?.document ?? entry.things[0]?.document) && <> · <A to={placeOf(entry)}>{t("open_passage")}</A></>}
                    </p>
                  </div>
                  {entry.decision !== "undo" && !entry.undone && <button type="button" onClick={() => setUndo(entry)}>{t("undo")}</button>}
                  {entry.decision === "undo" && !entry.undone && <button type="button" onClick={() => setUndo(entry)}>{t("redo")}</button>}
                </li>
              ))}
            </ol>
            {undo && (
              <Decide title={undo.decision === "undo" ? t("redo") : t("undo")} seen={seen} act={undo.decision === "undo" ? t("redo") : t("undo")} wish={() => ({ undo: undo.number })} close={() => setUndo(null)}>
                <p><Own text={decisionWords(undo)} /></p>
              </Decide>
            )}
          </>
        );
      }}
    </Answer>
  );
}

/** Where it can be looked at. */
function placeOf(entry: Decided): string {
  const { passage } = entry;
  return passage ? `/document/${passage.document}?at=${passage.start}-${passage.end}` : `/document/${entry.things[0]?.document ?? ""}`;
}

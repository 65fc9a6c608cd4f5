"""Madar's names beside nomenklatura, rigour, rapidfuzz and libmotiva, on one file in one run.

    python3 -m venv rivals && rivals/bin/pip install blake3 nomenklatura rigour rapidfuzz
    cargo build --release -p madar-lab
    (cd crates/madar-lab/rivals/motiva && cargo build --release)
    rivals/bin/python crates/madar-lab/rivals/rivals.py PAIRS.tsv > results/names-rivals.md

PAIRS.tsv has the columns of `madar-lab pairs`, and `same`. Only the dev part is scored: pairs whose
entities both have an odd first byte of the BLAKE3 hash of their id, the split of `madar-lab names`;
there the negatives of each group weigh as much as in the whole file. Speeds are CPU seconds of one
thread, strings in, scores out, start of the process included for the two that are programs.
"""

import collections
import os
import subprocess
import sys
import tempfile
import time

from blake3 import blake3

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..")
MOTIVA = os.path.join(HERE, "motiva", "target", "release", "rival-motiva")


def odd(entity):
    return blake3(entity.encode()).digest()[0] % 2 == 1


def read(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return rows[0], rows[1:]


def group(row):
    if row[6].startswith("nk"):
        return "nomenklatura's own"
    scripts = "".join(sorted(row[4][0] + row[5][0]))
    return scripts + (" person" if row[3] == "Person" else " organisation")


def weights(rows, dev):
    """What a negative of each group counts in the dev part."""
    count = collections.Counter()
    for row in rows:
        count[group(row), row[2], "all"] += 1
    for row in dev:
        count[group(row), row[2], "dev"] += 1
    out = {}
    for name in {group(row) for row in dev}:
        wanted = count[name, "1", "dev"] * count[name, "0", "all"] / max(1, count[name, "1", "all"])
        out[name] = wanted / max(1, count[name, "0", "dev"])
    return out


def figures(rows, scores, weight, threshold):
    """Precision, recall at a threshold; recall at 95 and 99 % precision."""
    scored = sorted(
        ((score, row[2] == "1", 1.0 if row[2] == "1" else weight[group(row)]) for row, score in zip(rows, scores)),
        key=lambda x: -x[0],
    )
    positives = sum(1 for _, same, _ in scored if same)
    hit = [(same, w) for score, same, w in scored if score >= threshold]
    right = sum(1 for same, _ in hit if same)
    precision = right / max(1e-9, sum(w for _, w in hit))
    at = {0.95: 0.0, 0.99: 0.0}
    seen = found = 0.0
    for i, (score, same, w) in enumerate(scored):
        seen += w
        found += same
        last = i + 1 == len(scored) or scored[i + 1][0] != score
        for level in at:
            if last and found / seen >= level:
                at[level] = found / positives
    return precision, right / max(1, positives), at[0.95], at[0.99]


def program(command, rows, header):
    """Runs a program that adds a score column; its CPU seconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", delete=False, encoding="utf-8") as file:
        file.write("\n".join("\t".join(r) for r in [header, *rows]) + "\n")
    before = os.times()
    out = subprocess.run([*command, file.name], capture_output=True, text=True, check=True).stdout
    after = os.times()
    os.unlink(file.name)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return [float(line.rsplit("\t", 1)[1]) for line in out.splitlines()[1:]], cpu


def function(score, rows):
    before = time.process_time()
    scores = [score(row) for row in rows]
    return scores, time.process_time() - before


def rivals(rows, header):
    lab = os.path.join(ROOT, "target", "release", "madar-lab")
    yield "**Madar**", 0.70, program([lab, "pairs"], rows, header)
    if os.path.exists(MOTIVA):
        for name in ("name-based", "logic-v1"):
            yield f"libmotiva {name}", 0.70, program([MOTIVA, name], rows, header)
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
        from nomenklatura.matching.types import ScoringConfig

        def entity(name, schema):
            data = {"id": name, "schema": "Person" if schema == "Person" else "Organization"}
            made = model.get_proxy({**data, "properties": {"name": [name]}})
            return made

        for name in ("logic-v2", "name-based", "logic-v1"):
            algorithm = get_algorithm(name)
            config = algorithm.default_config() if hasattr(algorithm, "default_config") else ScoringConfig.defaults()

            def score(row, algorithm=algorithm, config=config):
                return algorithm.compare(entity(row[0], row[3]), entity(row[1], row[3]), config).score

            yield f"nomenklatura {name}", 0.70, function(score, rows)
    except ImportError as error:
        print(f"nomenklatura left out: {error}", file=sys.stderr)
    try:
        from rapidfuzz import fuzz
        from rapidfuzz.distance import JaroWinkler

        try:
            from rigour.text.transliteration import ascii_text
        except ImportError:
            from normality import ascii_text

        def plain(text):
            return (ascii_text(text) or "").lower()

        yield "ICU + WRatio, 0.85", 0.85, function(lambda r: fuzz.WRatio(plain(r[0]), plain(r[1])) / 100, rows)
        yield "rapidfuzz WRatio, 0.85", 0.85, function(lambda r: fuzz.WRatio(r[0].lower(), r[1].lower()) / 100, rows)
        yield "rapidfuzz token_sort, 0.85", 0.85, function(
            lambda r: fuzz.token_sort_ratio(r[0].lower(), r[1].lower()) / 100, rows
        )
        yield "Jaro-Winkler, 0.90", 0.90, function(lambda r: JaroWinkler.similarity(r[0].lower(), r[1].lower()), rows)
    except ImportError as error:
        print(f"rapidfuzz left out: {error}", file=sys.stderr)


def best_f1(rows, scores, weight):
    best = 0.0
    for threshold in {round(s, 2) for s in scores}:
        precision, recall, _, _ = figures(rows, scores, weight, threshold)
        best = max(best, 2 * precision * recall / max(1e-9, precision + recall))
    return best


def versions():
    from importlib.metadata import PackageNotFoundError, version

    said = []
    for package in ("nomenklatura", "rigour", "rapidfuzz"):
        try:
            said.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            pass
    if os.path.exists(MOTIVA):
        said.append("libmotiva 0.1.1")
    return ", ".join(said)


def main():
    header, rows = read(sys.argv[1])
    dev = [row for row in rows if odd(row[7]) and odd(row[8])]
    weight = weights(rows, dev)
    groups = sorted({group(row) for row in dev})
    print("# Madar's names and its rivals\n")
    print("Made by `crates/madar-lab/rivals/rivals.py`, dev part of the development pairs, names only; " + versions() + ".\n")
    print("| method | P | R | R at P .95 | R at P .99 | pairs a CPU second, from strings |")
    print("|---|---|---|---|---|---|")
    detail = []
    for name, threshold, (scores, cpu) in rivals(dev, header):
        p, r, r95, r99 = figures(dev, scores, weight, threshold)
        print(f"| {name} | {p:.3f} | {r:.3f} | {r95:.3f} | {r99:.3f} | {len(dev) / max(cpu, 1e-3):,.0f} |", flush=True)
        cells = []
        for wanted in groups:
            part = [(row, s) for row, s in zip(dev, scores) if group(row) == wanted]
            own, own_scores = [x[0] for x in part], [x[1] for x in part]
            p, r, r95, _ = figures(own, own_scores, weight, threshold)
            cells.append(f"{p:.2f}/{r:.2f} {best_f1(own, own_scores, weight):.2f}")
        detail.append((name, cells))
    print("\nBy scripts and kind: precision/recall at the method's default, then F1 at the best threshold for that group alone.\n")
    print("| method | " + " | ".join(groups) + " |")
    print("|---|" + "---|" * len(groups))
    for name, cells in detail:
        print(f"| {name} | " + " | ".join(cells) + " |")


main()

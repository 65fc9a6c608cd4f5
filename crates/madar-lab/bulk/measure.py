"""Very many made-up articles through one binary and through Spark: the same lines, whatever dies on the way.

    measure.py --madar target/release/madar --data ../shared/data --articles 200000 --out results/bulk.md

The articles of `made.py` are read by `madar bulk` on two cores, then by Spark with two workers, where one `madar bulk` is killed in the
middle; the lines of both are compared by hash. What Spark read is then merged into a case, twice. Needs pyspark, pyarrow.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow
import pyarrow.parquet

from made import articles

HERE = os.path.dirname(os.path.abspath(__file__))
DRIVER = os.path.join(HERE, "..", "..", "..", "bulk", "madar_spark.py")


def hashed(lines):
    """One hash of what was read, in whatever order."""
    total, count = 0, 0
    for line in lines:
        row = json.loads(line)
        kept = json.dumps([row[key] for key in ("id", "bytes", "document", "reading", "facts")], sort_keys=True)
        total ^= int.from_bytes(hashlib.blake2b(kept.encode(), digest_size=16).digest(), "big")
        count += 1
    return f"{total:032x}", count


def killed_in_the_middle(after):
    """Kills one `madar bulk` once it has read for a while."""
    def reading():
        return subprocess.run(["pgrep", "-f", "madar bulk"], capture_output=True, text=True).stdout.split()

    def kill():
        while not reading():
            time.sleep(1)
        time.sleep(after)
        while not (found := reading()):
            time.sleep(0.1)
        os.kill(int(found[-1]), signal.SIGKILL)
        print(f"killed {found[-1]} after {after:.0f} s", flush=True)

    threading.Thread(target=kill, daemon=True).start()


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--madar", default="target/release/madar")
    parse.add_argument("--data", default="../shared/data")
    parse.add_argument("--articles", type=int, default=200_000)
    parse.add_argument("--parts", type=int, default=40)
    parse.add_argument("--out")
    arguments = parse.parse_args()
    madar = os.path.abspath(arguments.madar)
    folder = tempfile.mkdtemp(prefix="madar-bulk-")
    path = lambda name: os.path.join(folder, name)
    made = list(articles(arguments.data, arguments.articles))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(made), path("articles.parquet"), row_group_size=1 + len(made) // arguments.parts)
    with open(path("articles.jsonl"), "w", encoding="utf-8") as out:
        for article in made:
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    letters = sum(len(article["text"]) for article in made)

    begun = time.time()
    with open(path("articles.jsonl"), "rb") as lines, open(path("one.jsonl"), "wb") as out:
        subprocess.run([madar, "bulk", "--reader", "fast", "-"], stdin=lines, stdout=out, check=True)
    alone = time.time() - begun
    one, count = hashed(open(path("one.jsonl"), encoding="utf-8"))
    print(f"one binary: {count} lines in {alone:.0f} s", flush=True)

    spark = [sys.executable, DRIVER, "--madar", madar, "--master", "local[2,4]"]
    killed_in_the_middle(alone / 3)
    begun = time.time()
    subprocess.run([*spark, "read", path("articles.parquet"), "--to", path("read.parquet"), "--parts", str(arguments.parts)], check=True)
    together = time.time() - begun
    rows = pyarrow.parquet.read_table(path("read.parquet")).to_pylist()
    two, found = hashed(json.dumps(row, ensure_ascii=False) for row in rows)
    print(f"Spark: {found} rows in {together:.0f} s; {'the same' if one == two else 'OTHER'} statements", flush=True)

    begun = time.time()
    subprocess.run([*spark, "merge", path("read.parquet"), "--case", path("a.madar")], check=True)
    taken = time.time() - begun
    again = subprocess.run([madar, "merge", path("one.jsonl"), "--case", path("a.madar")], capture_output=True, text=True, check=True)
    size = os.path.getsize(path("a.madar"))
    told = again.stderr.strip().splitlines()[-1]
    same = "the same by hash" if one == two and count == found else "**other ones**"
    table = f"""# Very many articles

`python crates/madar-lab/bulk/measure.py`: {count:,} articles of {letters / len(made):.0f} letters, put together from paragraphs of NTREX in three
languages; the fast reader; two cores. In the middle of the run through Spark one `madar bulk` was killed.

| | documents a second | in all |
|---|---|---|
| `madar bulk`, one binary on two cores | {count / alone:,.0f} | {alone:.0f} s |
| Spark, two workers ({arguments.parts} parts, one killed and read again) | {found / together:,.0f} | {together:.0f} s |
| `merge` of what Spark wrote into a case | {found / taken:,.0f} | {taken:.0f} s |

Rows from Spark: {found:,}, lines of the one binary: {count:,}; statements: {same}. The lines of the one binary merged into the same
case once more: {told}. The case has {size / count:,.0f} bytes a document, the articles {os.path.getsize(path('articles.jsonl')) / count:,.0f}.
"""
    print(table)
    if arguments.out:
        open(arguments.out, "w", encoding="utf-8").write(table)


if __name__ == "__main__":
    main()

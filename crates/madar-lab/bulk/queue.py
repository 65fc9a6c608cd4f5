"""Very many articles into a case in PostgreSQL by four readers, two of which are killed: each article exactly once.

    queue.py --madar target/release/madar --data ../shared/data --articles 200000 --out results/queue.md

The articles of `made.py`, a file each, go into the queue of a case on a PostgreSQL server of its own (as Debian starts
it, but for a folder and a socket of its own); four `madar work` take them out, and two are killed on the way. Documents
and readings are then held against those of a case into which one `madar read` has put the same files: each is there
once, the same to the byte. As root, it needs the user `postgres`.
"""

import argparse
import glob
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from made import articles

READERS = 4
KEPT = {"documents": "id, text_hash, bytes, title, body", "captures": "bytes, document, origin",
        "readings": "document, reader, body"}


class Server:
    """PostgreSQL in a folder, on a socket in it."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1] if not shutil.which("initdb") else ""
        self.run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-s",
                 "-o", f"-c listen_addresses= -k {folder}", "start")

    def run(self, program, *args):
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*as_postgres, os.path.join(self.bin, program), *args], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)

    def sql(self, database, statement):
        psql = ["psql", "-X", "-A", "-t", "-U", "postgres", "-h", self.folder, "-d", database, "-c", statement]
        return subprocess.run(psql, capture_output=True, text=True, check=True).stdout.strip()

    def stop(self):
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "-s", "stop")


def hashed(case):
    """One hash of all documents, captures and readings of a case file, and how many documents there are."""
    store = sqlite3.connect(f"file:{case}?mode=ro", uri=True)
    total = hashlib.blake2b(digest_size=16)
    for table, columns in KEPT.items():
        for row in store.execute(f"SELECT {columns} FROM {table} ORDER BY 1"):
            total.update(repr(row).encode())
    return total.hexdigest(), store.execute("SELECT count(*) FROM documents").fetchone()[0]


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--madar", default="target/release/madar")
    parse.add_argument("--data", default="../shared/data")
    parse.add_argument("--articles", type=int, default=200_000)
    parse.add_argument("--mirrors", choices=["one", "each"], default="one", help="one for all readers, or one each")
    parse.add_argument("--out")
    arguments = parse.parse_args()
    madar, count = os.path.abspath(arguments.madar), arguments.articles
    folder = tempfile.mkdtemp(prefix="madar-queue-")
    server_folder = os.path.join(folder, "server")
    os.mkdir(server_folder)
    if os.getuid() == 0:
        os.chmod(folder, 0o755)
        shutil.chown(server_folder, "postgres")
    server = Server(server_folder)
    workers = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was begun is taken away all the same
    try:
        for number, article in enumerate(articles(arguments.data, count)):
            where = os.path.join(folder, "in", f"{number // 1000:04}")
            os.makedirs(where, exist_ok=True)
            with open(os.path.join(where, f"{number:07}.txt"), "w", encoding="utf-8") as out:
                out.write(f"{article['title']}\n{article['publisher']}, {article['date']}\n\n{article['text']}\n")

        server.sql("postgres", "CREATE DATABASE press")
        case = f"postgres:///press?user=postgres&host={server_folder}"
        mirror = lambda who: {**os.environ, "MADAR_CACHE": os.path.join(folder, f"mirror {who}"), "MADAR_READER": "fast"}
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL}
        run = lambda *args: subprocess.run([madar, *args], env=mirror(0), check=True, stderr=subprocess.DEVNULL, **quiet)
        run("team", "create", "--case", case)
        begun = time.time()
        run("read", "in", "--queue", "--case", case)
        queued = time.time() - begun
        print(f"{count} put into the queue in {queued:.0f} s", flush=True)

        begun = time.time()
        whose = lambda number: number if arguments.mirrors == "each" else 0
        workers = [subprocess.Popen([madar, "work", "--case", case], env=mirror(whose(number)), **quiet)
                   for number in range(READERS)]
        left = lambda: int(server.sql("press", "SELECT count(*) FROM madar.queue"))
        for number, part in ((0, 2 / 3), (1, 1 / 3)):
            while left() > count * part:
                time.sleep(0.5)
            workers[number].send_signal(signal.SIGKILL)
            print(f"killed a reader after {time.time() - begun:.0f} s, {left()} left", flush=True)
        codes = [worker.wait() for worker in workers]
        taken = time.time() - begun
        print(f"read in {taken:.0f} s; the readers ended with {codes}", flush=True)

        size = int(server.sql("press", "SELECT pg_database_size('press')"))
        waiting = left()
        run("verify", "--case", case)
        entries = int(server.sql("press", "SELECT count(*) FROM madar.custody"))
        run("copy", case, "shared.madar")
        server.sql("postgres", "DROP DATABASE press")
        shutil.rmtree(mirror(0)["MADAR_CACHE"])
        begun = time.time()
        run("read", "in", "--case", "one.madar")
        alone = time.time() - begun
        (one, expected), (two, found) = hashed(f"{folder}/one.madar"), hashed(f"{folder}/shared.madar")
        same = "the same by hash" if (one, expected) == (two, found) else "**other ones**"
        table = f"""| | documents a second | in all |
|---|---|---|
| `madar read --queue` | {count / queued:,.0f} | {queued:.0f} s |
| four `madar work`, {arguments.mirrors} mirror, two killed | {count / taken:,.0f} | {taken:.0f} s |
| one `madar read` into a file | {count / alone:,.0f} | {alone:.0f} s |

Files: {count:,}. Documents in the database: {found:,}, entries of its log: {entries:,}, left in the queue: {waiting}; documents, captures and
readings against those of the one binary ({expected:,}): {same}. `madar verify` finds nothing amiss. The database has {size / count:,.0f} bytes a document.
"""
        print(table)
        if arguments.out:
            open(arguments.out, "w", encoding="utf-8").write(table)
    finally:
        for worker in workers:
            worker.kill()
        server.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

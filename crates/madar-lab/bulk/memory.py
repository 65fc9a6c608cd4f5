"""How much memory `madar read` takes of very many files, and of files of a gigabyte: sampled while it reads.

    memory.py --madar target/release/madar --data ../shared/data --files 300000 --out results/memory.md --picture results/memory.svg

The articles of `made.py`, a file each in folders of 200, are read by the fast reader; at a third the run is stopped as
Ctrl-C stops it, and begun again. Then a mailbox and articles as lines, of `--megabytes` each, most of which is ballast as
such files have it: attachments, fields that are not read. Linking is left for the first question, as always.
"""

import argparse
import base64
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from made import articles

BALLAST = 100_000


def memory(pid):
    """Megabytes that are resident, without those of files that the system may take back."""
    fields = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    return int(fields["RssAnon"].split()[0]) / 1024


class Run:
    """`madar read`, watched: after how many seconds how many documents were told, and how much memory was taken."""

    def __init__(self, madar, what, case, stop_at=None):
        self.samples, self.first, self.told = [], None, 0
        begun = time.time()
        told = tempfile.TemporaryFile()
        reading = subprocess.Popen([madar, "read", what, "--json", "--reader", "fast", "--case", case],
                                   stdout=told, stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        seen = os.fdopen(os.dup(told.fileno()), "rb")
        at = 0
        while reading.poll() is None:
            time.sleep(0.2)
            new = os.pread(seen.fileno(), 1 << 26, at)
            at += len(new)
            self.told += new.count(b"\n")
            seconds = time.time() - begun
            if self.told and self.first is None:
                self.first = seconds
            try:
                self.samples.append((seconds, self.told, memory(reading.pid)))
            except (OSError, KeyError):
                break
            if stop_at and self.told >= stop_at:
                reading.send_signal(signal.SIGINT)
                stop_at = None
        self.code = reading.wait()
        self.told += os.pread(seen.fileno(), 1 << 30, at).count(b"\n")
        self.seconds = time.time() - begun

    def at(self, part):
        """What was taken when this part of the documents was told."""
        return next((mb for _, told, mb in self.samples if told >= part * self.told), self.samples[-1][2])

    def line(self, name):
        parts = " | ".join(f"{self.at(part):.0f}" for part in (0.01, 0.1, 0.25, 0.5, 0.75, 1))
        most = max(mb for _, _, mb in self.samples)
        return f"| {name} | {self.told:,} | {self.seconds:.0f} s | {self.first:.1f} s | {parts} | {most:.0f} |"


def picture(runs):
    """What was taken, by documents told: a line to each run."""
    width, height, left, foot = 720, 260, 60, 40
    documents = max(run.told for _, run in runs)
    most = max(mb for _, run in runs for _, _, mb in run.samples)
    top = -(-most // 50) * 50
    x = lambda told: left + told / documents * (width - left - 20)
    y = lambda mb: height - foot - mb / top * (height - foot - 20)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for mb in range(0, int(top) + 1, 50):
        out.append(f'<path d="M{left} {y(mb):.1f}H{width - 20}" stroke="#ddd"/>'
                   f'<text x="{left - 8}" y="{y(mb) + 4:.1f}" text-anchor="end">{mb} MB</text>')
    for part in range(5):
        told = documents * part // 4
        anchor = "end" if part == 4 else "middle"
        out.append(f'<text x="{x(told):.1f}" y="{height - foot + 18}" text-anchor="{anchor}">{told:,}</text>')
    for at, (name, run) in enumerate(runs):
        step = max(1, len(run.samples) // 600)
        line = " ".join(f"{x(told):.1f},{y(mb):.1f}" for _, told, mb in run.samples[::step])
        colour, dash = [("#0b5fa5", ""), ("#b3541e", ' stroke-dasharray="6 3"')][at % 2]
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'
                   f'<text x="{left + 12 + 300 * at}" y="{height - 6}" fill="{colour}">{name}</text>')
    return "\n".join(out + ["</svg>", ""])


def mailbox(out, data, megabytes):
    stuff = base64.encodebytes(random.Random(2).randbytes(BALLAST)).decode()
    for article in articles(data, megabytes * 1_000_000 // (len(stuff) + 1_300)):
        out.write(f"From desk@example.org\nFrom: Desk <desk@example.org>\nTo: a@example.org\nSubject: {article['title']}\n"
                  "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
                  f"{article['text']}\n--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n"
                  f"Content-Disposition: attachment; filename=a.jpg\n\n{stuff}--b--\n\n")


def lines(out, data, megabytes):
    stuff = base64.b64encode(random.Random(2).randbytes(BALLAST)).decode()
    for article in articles(data, megabytes * 1_000_000 // (len(stuff) + 1_300)):
        out.write(json.dumps({**article, "picture": stuff}, ensure_ascii=False) + "\n")


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--madar", default="target/release/madar")
    parse.add_argument("--data", default="../shared/data")
    parse.add_argument("--files", type=int, default=300_000)
    parse.add_argument("--megabytes", type=int, default=1_000)
    parse.add_argument("--out")
    parse.add_argument("--picture", help="an SVG file of what the files took")
    arguments = parse.parse_args()
    madar, count = os.path.abspath(arguments.madar), arguments.files
    folder = tempfile.mkdtemp(prefix="madar-memory-")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was begun is taken away all the same
    path = lambda name: os.path.join(folder, name)
    try:
        for number, article in enumerate(articles(arguments.data, count)):
            where = path(f"in/{number // 20_000:03}/{number // 200:05}")
            os.makedirs(where, exist_ok=True)
            with open(f"{where}/{number:07}.txt", "w", encoding="utf-8") as out:
                out.write(f"{article['title']}\n{article['publisher']}, {article['date']}\n\n{article['text']}\n")
        stopped = Run(madar, path("in"), path("a.madar"), stop_at=count // 3)
        print("stopped", stopped.code, stopped.told, flush=True)
        again = Run(madar, path("in"), path("a.madar"))
        print(again.line("again"), flush=True)
        if arguments.picture:
            drawn = picture([("stopped at a third", stopped), ("the same files, once more", again)])
            open(arguments.picture, "w", encoding="utf-8").write(drawn)
        verified = json.loads(subprocess.run([madar, "verify", "--json", "--case", path("a.madar")],
                                             capture_output=True, text=True, check=True).stdout)
        passed = next((seconds for seconds, told, _ in again.samples if told >= stopped.told), 0)
        shutil.rmtree(path("in"))
        os.remove(path("a.madar"))
        rows = [stopped.line("files, stopped at a third"), again.line("the same files, once more")]
        for name, make in (("a.mbox", mailbox), ("a.jsonl", lines)):
            with open(path(name), "w", encoding="utf-8") as out:
                make(out, arguments.data, arguments.megabytes)
            size = os.path.getsize(path(name))
            rows.append(Run(madar, path(name), path("b.madar")).line(f"`{name}` of {size / 1e6:,.0f} MB"))
            print(rows[-1], flush=True)
            os.remove(path(name))
        rows = "\n".join(rows)
        table = f"""| | documents | in all | first told | MB at 1 % | 10 % | 25 % | 50 % | 75 % | 100 % | most |
|---|---|---|---|---|---|---|---|---|---|---|
{rows}

{count:,} files of about 1 kB. After Ctrl-C {stopped.told:,} documents had been told; the next run passed over them in {passed:.0f} s. The case then
had {verified['documents']:,} documents, {verified['entries']:,} entries in its log, and `madar verify` found {len(verified['findings'])} things amiss.
"""
        print(table)
        if arguments.out:
            open(arguments.out, "w", encoding="utf-8").write(table)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

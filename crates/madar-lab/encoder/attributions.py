"""Learns attribution from PolNeAR alone, with a network of the accurate reader's shape (see network.py).

    attributions.py --base e5-small-q4.bin --work DIR --out DIR/attributions

The layers that read words mark cues. The layers that relate read the same states once for each cue, with its pieces
marked, and from theirs each word is part of the source, of the content, or of neither. A text is read in windows of
whole sentences: the middle of a window is its own, what stands around is there to be understood by.

Reads `attributions.jsonl` of `madar-lab encoder attributions`, learns from its part *train* but for a document in
twenty, and writes what it finds in *dev*, a file to each text: a line to each attribution, its source, cue and content
as places (code points). Seeded; an hour and a quarter on one core of a processor with matrix instructions (AMX).
"""

import argparse
import json
import os
import time
import zlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import network
from network import BLANK, UNUSED, autocast

BEGIN, END = 0, 2  # pieces
WINDOW, MIDDLE = 160, 112
CUE_LABELS, ROLE_LABELS = 3, 5  # none, begins, goes on; of the source and of the content


class Model(nn.Module):
    def __init__(self, net, hidden):
        super().__init__()
        self.net, self.cue, self.roles = net, nn.Linear(hidden, CUE_LABELS), nn.Linear(hidden, ROLE_LABELS)

    def related(self, states, pieces, cues):
        """States once for each cue: the number of its window, then the pieces of the cue."""
        at = torch.tensor([cue[0] for cue in cues])
        mask = (pieces[at] != BLANK)[:, None, None, :]
        length = pieces.shape[1]
        marks = torch.tensor([row * length + piece for row, cue in enumerate(cues) for piece in cue[1]])
        sorts = torch.tensor([int(number > 0) for cue in cues for number in range(len(cue[1]))])
        return self.net.relate(states[at], mask, marks, sorts)


def labelled(words, begins, out):
    """Begins and goes on for runs of words that stand next to each other."""
    for word in words:
        out[word] = begins + (word - 1 in words)


def windows_of(row):
    """Windows of a text: first word of the window, of its middle, past the middle, past the window."""
    words = row["words"]
    starts = [0] + [at for at in range(1, len(words)) if words[at][3] != words[at - 1][3]] + [len(words)]
    piece = lambda word: words[word][0] if word < len(words) else len(row["pieces"])
    middle = [0]
    for start, following in zip(starts, starts[1:]):
        if start > middle[-1] and piece(following) - piece(middle[-1]) > MIDDLE:
            middle.append(start)
        while piece(following) - piece(middle[-1]) > WINDOW - 2:  # a sentence longer than a window
            word = middle[-1] + 1
            while piece(word + 1) - piece(middle[-1]) <= WINDOW - 2:
                word += 1
            middle.append(word)
    middle.append(len(words))
    for first, last in zip(middle, middle[1:]):
        room = WINDOW - 2 - (piece(last) - piece(first))
        from_, to = first, last
        while from_ > 0 and piece(first) - piece(from_ - 1) <= room // 2:
            from_ -= 1
        while to < len(words) and piece(to + 1) - piece(from_) <= WINDOW - 2:
            to += 1
        if last > first:
            yield from_, first, last, to


class Windows:
    def __init__(self, rows):
        self.rows, self.at, self.pieces, self.words, self.cue_labels, self.cues = rows, [], [], [], [], []
        for number, row in enumerate(rows):
            cue_labels = np.zeros(len(row["words"]), np.int64)
            for _, cue, _ in row["attributions"]:
                labelled(set(cue), 1, cue_labels)
            for from_, first, last, to in windows_of(row):
                own = row["words"][from_:to]
                offset = own[0][0]
                end = row["words"][to][0] if to < len(row["words"]) else len(row["pieces"])
                self.at.append((number, from_, first, last, to))
                self.pieces.append([BEGIN] + row["pieces"][offset:end][: WINDOW - 2] + [END])
                self.words.append([min(word[0] - offset + 1, WINDOW - 2) for word in own])
                self.cue_labels.append(cue_labels[from_:to])
                cues = []
                for source, cue, content in row["attributions"]:
                    if cue and first <= cue[0] < last and cue[-1] < to:
                        roles = np.zeros(len(row["words"]), np.int64)
                        labelled(set(content), 3, roles)
                        labelled(set(source), 1, roles)
                        cues.append(([word - from_ for word in cue], roles[from_:to]))
                self.cues.append(cues)

    def batches(self, size, shuffled):
        lengths = np.array([len(pieces) for pieces in self.pieces])
        order = np.lexsort((shuffled.random(len(lengths)), lengths // 16))
        each = max(1, size // WINDOW)
        out = [order[at : at + each] for at in range(0, len(order), each)]
        shuffled.shuffle(out)
        return out

    def table(self, batch):
        length = max(len(self.pieces[w]) for w in batch)
        out = np.full((len(batch), length), BLANK, np.int64)
        for row, w in enumerate(batch):
            out[row, : len(self.pieces[w])] = self.pieces[w]
        return torch.tensor(out)

    def pieces_of(self, w, words):
        """The pieces of some words of a window."""
        starts = self.words[w] + [len(self.pieces[w]) - 1]
        return [piece for word in words for piece in range(starts[word], max(starts[word] + 1, starts[word + 1]))]


def at_words(states, windows, of):
    """States of the pieces that begin words: `of` tells the window of each row."""
    rows = np.concatenate([np.full(len(windows.words[w]), row) for row, w in enumerate(of)])
    pieces = np.concatenate([windows.words[w] for w in of])
    return states[torch.tensor(rows), torch.tensor(pieces)]


def loss_of(model, windows, batch, hide):
    pieces = windows.table(batch)
    states, _ = model.net.read(network.hidden_at_random(pieces, hide))
    cues = model.cue(at_words(states, windows, batch)).float()
    loss = F.cross_entropy(cues, torch.tensor(np.concatenate([windows.cue_labels[w] for w in batch])))
    told = [(row, w, cue, roles) for row, w in enumerate(batch) for cue, roles in windows.cues[w]]
    if not told:
        return loss
    related = model.related(states, pieces, [(row, windows.pieces_of(w, cue)) for row, w, cue, _ in told])
    scores = model.roles(at_words(related, windows, [w for _, w, _, _ in told])).float()
    return loss + F.cross_entropy(scores, torch.tensor(np.concatenate([roles for *_, roles in told])))


def runs(labels, begins):
    """Runs of words that are labelled as one span: begins, or goes on where nothing has begun."""
    out = []
    for at, label in enumerate(labels):
        if label == begins or label == begins + 1 and not (out and out[-1][1] == at):
            out.append([at, at + 1])
        elif label == begins + 1:
            out[-1][1] = at + 1
    return out


@torch.no_grad()
def found(model, windows, size):
    """For each text what its windows tell: source, cue, content as lists of places."""
    model.eval()
    out = [[] for _ in windows.rows]
    for batch in windows.batches(size, np.random.default_rng(0)):
        pieces = windows.table(batch)
        with autocast("cpu"):
            states, _ = model.net.read(pieces)
            labels = model.cue(at_words(states, windows, batch)).argmax(1).numpy()
        cues, at = [], 0
        for row, w in enumerate(batch):
            _, from_, first, last, _ = windows.at[w]
            own = labels[at : at + len(windows.words[w])]
            at += len(own)
            cues += [(row, w, run) for run in runs(own, 1) if first <= from_ + run[0] < last]
        if not cues:
            continue
        with autocast("cpu"):
            marked = [(row, windows.pieces_of(w, range(*run))) for row, w, run in cues]
            related = model.related(states, pieces, marked)
            roles = model.roles(at_words(related, windows, [w for _, w, _ in cues])).argmax(1).numpy()
        at = 0
        for _, w, run in cues:
            number, from_, *_ = windows.at[w]
            words = windows.rows[number]["words"]
            own = roles[at : at + len(windows.words[w])]
            at += len(own)
            placed = lambda runs: [[words[from_ + a][1], words[from_ + b - 1][2]] for a, b in runs]
            source, content = placed(runs(own, 1)), placed(runs(own, 3))
            if content:
                out[number].append([source, placed([run]), content])
    model.train()
    return [sorted(told, key=lambda one: one[1]) for told in out]


def as_annotated(row):
    """The annotation in whole words, as it is learned."""
    words = row["words"]
    def placed(own):
        marked = np.zeros(len(words), np.int64)
        labelled(set(own), 1, marked)
        return [[words[a][1], words[b - 1][2]] for a, b in runs(marked, 1)]
    return [[placed(part) for part in one] for one in row["attributions"]]


def figures(windows, told):
    counts = np.zeros((3, 3))
    for row, own in zip(windows.rows, told):
        for role in range(3):
            spans = lambda all: {json.dumps(one[role]) for one in all if one[role]}
            gold, got = spans(as_annotated(row)), spans(own)
            counts[role] += (len(gold & got), len(got), len(gold))
    return " ".join(f"{name} {200 * hit / max(1, got + gold):.1f}"
                    for name, (hit, got, gold) in zip(("source", "cue", "content"), counts))


def main():
    parse = argparse.ArgumentParser()
    for name in ("base", "work", "out"):
        parse.add_argument(f"--{name}", required=True)
    parse.add_argument("--epochs", type=float, default=3)
    parse.add_argument("--size", type=int, default=2048, help="pieces to a batch")
    parse.add_argument("--rate", type=float, default=4e-4)
    parse.add_argument("--head-rate", type=float, default=1e-3)
    parse.add_argument("--dropout", type=float, default=0.0)
    parse.add_argument("--hide", type=float, default=0.1, help="share of pieces that are not shown")
    parse.add_argument("--named", type=int, default=10, help="layers that read words")
    parse.add_argument("--threads", type=int, default=2)
    parse.add_argument("--seed", type=int, default=1)
    arguments = parse.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    shuffled = np.random.default_rng(arguments.seed)
    rows = [json.loads(line) for line in open(f"{arguments.work}/attributions.jsonl", encoding="utf-8")]
    spared = lambda row: zlib.crc32(row["name"].encode()) % 20 == 0
    of_train = [row for row in rows if row["part"] == "train"]
    learned = Windows([row for row in of_train if not spared(row)])
    left = Windows([row for row in of_train if spared(row)])
    dev = Windows([row for row in rows if row["part"] == "dev"])
    kept = [int(line.split("\t")[0]) for line in open(f"{arguments.work}/vocabulary.tsv", encoding="utf-8")]
    shape, tensors = network.base_tensors(arguments.base)
    net = network.Network(shape, tensors, torch.tensor(kept), arguments.dropout, arguments.named)
    model = Model(net, shape["hidden"])
    each = len(learned.batches(arguments.size, shuffled))
    steps = int(arguments.epochs * each)
    print(f"{len(learned.pieces)} windows, {sum(map(len, learned.cues))} attributions, {steps} steps", flush=True)
    heads = [*model.cue.parameters(), *model.roles.parameters(), net.facts.marks.weight]
    groups = [{"params": heads, "lr": arguments.head_rate}]
    net.norm.requires_grad_(False)
    for number, layer in enumerate(net.layers):
        rate = arguments.rate * 0.93 ** (len(net.layers) - 1 - number)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    warm = 1 + steps // 12
    factor = lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    model.train()
    step, begun = 0, time.time()
    while step < steps:
        for batch in learned.batches(arguments.size, shuffled):
            with autocast("cpu"):
                loss = loss_of(model, learned, batch, arguments.hide)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {loss.item():.4f} {time.time() - begun:.0f} s", flush=True)
            if step >= steps:
                break
        print("left of train:", figures(left, found(model, left, 4 * arguments.size)), flush=True)
    told = found(model, dev, 4 * arguments.size)
    os.makedirs(arguments.out, exist_ok=True)
    for row, own in zip(dev.rows, told):
        with open(f"{arguments.out}/{row['name']}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in own)
    torch.save(model.state_dict(), f"{arguments.work}/attributions.pt")
    print("dev, in whole words:", figures(dev, told), flush=True)


if __name__ == "__main__":
    main()

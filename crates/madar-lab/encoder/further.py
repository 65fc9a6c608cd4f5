"""Learns the layers that relate mentions further, and the heads of facts and descriptions; the rest stays as it is.

    further.py --base e5-small-q4.bin --work DIR --trained accurate.weights --out further.safetensors

For more passages of facts without a graphics card: what the lower layers make of every passage is computed once for
each of a few kinds of noise and kept (two bytes a number), so that a round over all passages takes minutes on two
cores. Names are found as before, to the byte. Goes on from the file of weights that the program has, or from what train.py wrote. Seeded; the packages are
those of train.py, and zstandard.
"""

import argparse
import json
import struct

import numpy as np
import torch
import zstandard
from torch import nn

import train


class Packed:
    """The numbers of a file of weights, in their order (madar-read, encoder/weights.rs)."""

    def __init__(self, raw):
        assert raw[:8] == b"MADARNN3"
        body = zstandard.ZstdDecompressor().decompressobj().decompress(raw[40:])
        self.body, self.at = body, 0

    def take(self, count, kind):
        out = np.frombuffer(self.body, kind, count, self.at)
        self.at += out.nbytes
        return out

    def size(self):
        return int(self.take(1, "<u4")[0])

    def skip(self, count):
        self.at += count

    def floats(self, *shape):
        return torch.from_numpy(self.take(int(np.prod(shape)), "<f4").reshape(shape).copy())

    def matrix(self, inputs, outputs):
        weights = torch.from_numpy(self.take(inputs * outputs, "i1").reshape(outputs, inputs).astype("f4"))
        return weights * self.floats(outputs)[:, None], self.floats(outputs)


def unpacked(raw):
    """The state of the network of a file of weights: bytes by their scales, each corpus its whole head."""
    file, state = Packed(raw), {}
    pieces, hidden, inner, _, places, layers, _, heads, _ = (file.size() for _ in range(9))
    for _ in range(pieces):
        file.skip(file.size() + 4)  # a piece, its score
    file.take(pieces * hidden // 32 * 18, "u1")
    state["places"] = file.floats(places, hidden)
    state["norm.weight"], state["norm.bias"] = file.floats(hidden), file.floats(hidden)
    for number in range(layers):
        for name, inputs, outputs in (("qkv", hidden, 3 * hidden), ("out", hidden, hidden),
                                      ("up", hidden, inner), ("down", inner, hidden)):
            state[f"layers.{number}.{name}.weight"], state[f"layers.{number}.{name}.bias"] = file.matrix(inputs, outputs)
        for name in ("norm1", "norm2"):
            for part in ("weight", "bias"):
                state[f"layers.{number}.{name}.{part}"] = file.floats(hidden)
    changes = []
    for _ in range(heads):
        file.skip(file.size())  # the name of a corpus
        changes.append(file.floats(train.LABELS, hidden + 1))
    state["changes"] = torch.stack(changes)
    state["head.weight"], state["head.bias"] = torch.zeros(train.LABELS, hidden), torch.zeros(train.LABELS)
    width = train.FACT_WIDTH
    for names, inputs in ((("first", "second", "alone"), hidden), (("around", "beside"), hidden), (("between",), hidden),
                          (("pairs_deep",), width), (("singles_deep",), width)):
        weights, bias = file.matrix(inputs, width * len(names))
        for name, part, own in zip(names, weights.split(width), bias.split(width)):
            state[f"facts.{name}.weight"], state[f"facts.{name}.bias"] = part, own
    rows = lambda count, inputs: file.floats(count, inputs + 1).split([inputs, 1], 1)
    parts = {"described": rows(train.DESCRIBED, hidden)}
    state["facts.marks.weight"] = file.floats(2 * train.SORTS, hidden)
    parts["pairs"] = rows(train.PAIRS + train.STATUSES, width)
    parts["singles"] = rows(train.SINGLES + train.STATUSES, width)
    for name, (weights, bias) in parts.items():
        state[f"facts.{name}.weight"], state[f"facts.{name}.bias"] = weights, bias[:, 0]
    for name in ("first_kind", "second_kind", "alone_kind"):
        state[f"facts.{name}.weight"] = file.floats(train.SORTS, width)
    state["facts.distance.weight"], state["facts.crossed.weight"] = file.floats(8, width), file.floats(4, width)
    assert file.at == len(file.body)
    return state


def state_of(path):
    raw = open(path, "rb").read()
    if raw.startswith(b"MADARNN"):
        return unpacked(raw)
    length = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8 : 8 + length])
    head.pop("__metadata__", None)
    part = lambda start, end: np.frombuffer(raw[8 + length + start : 8 + length + end], "<f4")
    return {name: torch.from_numpy(part(*of["data_offsets"]).reshape(of["shape"]).copy()) for name, of in head.items()}


@torch.no_grad()
def kept_states(network, rows, batches, hide, veil):
    """For each batch its rows, the states of its pieces behind the layers that read, and which pieces are seen."""
    out = []
    for batch in batches:
        pieces = train.hidden_at_random(rows.veiled(rows.cut(rows.pieces, batch), batch, veil), hide)
        with train.autocast("cpu"):
            states, mask = network.read(pieces)
        out.append((batch, states.to(torch.bfloat16), mask))
    return out


class Kept(nn.Module):
    """The network with states that were kept in place of what the lower layers would make of the pieces."""

    def __init__(self, network):
        super().__init__()
        self.facts, self.relate, self.now = network.facts, network.relate, None

    def read(self, _):
        return self.now


def learn(arguments):
    torch.manual_seed(arguments.seed)
    np.random.seed(arguments.seed)
    shuffled = np.random.default_rng(arguments.seed)
    listed = [json.loads(line) for line in open(f"{arguments.work}/facts.jsonl", encoding="utf-8")]
    to_learn = [row for row in listed if row["use"] == "learn"]
    written = iter(range(len(to_learn)))
    to_learn = [row for row in to_learn if row["from"] != "written" or next(written) % arguments.spare == 0]
    facts = train.Rows(to_learn, "cpu")
    left = train.Rows([row for row in listed if row["use"] != "learn"], "cpu")
    kept = [int(line.split("\t")[0]) for line in open(f"{arguments.work}/vocabulary.tsv", encoding="utf-8")]
    shape, tensors = train.base_tensors(arguments.base)
    network = train.Network(shape, tensors, torch.tensor(kept), arguments.dropout, arguments.named)
    state = state_of(arguments.trained)
    state["places"] = torch.cat([state["places"], network.places[len(state["places"]):]])  # beyond a window: unused
    network.load_state_dict(state)
    network.eval()
    states = [kept_states(network, facts, facts.batches(arguments.size, shuffled), arguments.hide, veil)
              for veil in (0, *[arguments.veil] * arguments.veiled)]
    print(f"{len(to_learn)} passages of {facts.lengths.sum()} pieces", flush=True)
    network.requires_grad_(False)
    heads, layers = list(network.facts.parameters()), list(network.layers[arguments.named :].parameters())
    for part in heads + layers:
        part.requires_grad_(True)
    optimiser = torch.optim.AdamW([{"params": heads, "lr": arguments.head_rate}, {"params": layers, "lr": arguments.rate}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    steps = arguments.rounds * len(states[0])
    warm = 1 + steps // 12
    factor = lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(arguments.average))
    for number in range(arguments.rounds):
        network.train()
        batches, losses, view = list(states[number % len(states)]), 0.0, Kept(network)
        shuffled.shuffle(batches)
        for batch, *view.now in batches:
            with train.autocast("cpu"):
                loss = train.fact_loss(view, facts, batch, 0, arguments.forget, 0)
            loss.backward()
            nn.utils.clip_grad_norm_(heads + layers, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            average.update_parameters(network)
            losses += loss.item()
        print(f"round {number + 1}/{arguments.rounds} loss {losses / len(batches):.4f}", flush=True)
        train.saved(average.module, arguments.out)
    train.saved(average.module, arguments.out)
    print("\n".join(train.facts_measured(average.module, left, arguments.size)))


def main():
    parse = argparse.ArgumentParser()
    for name in ("base", "work", "trained", "out"):
        parse.add_argument(f"--{name}", required=True)
    parse.add_argument("--named", type=int, default=10, help="layers that read words; the others relate mentions")
    parse.add_argument("--rounds", type=int, default=4)
    parse.add_argument("--size", type=int, default=4096, help="pieces to a batch")
    parse.add_argument("--rate", type=float, default=1.5e-4)
    parse.add_argument("--head-rate", type=float, default=5e-4)
    parse.add_argument("--dropout", type=float, default=0.15)
    parse.add_argument("--hide", type=float, default=0.08, help="share of pieces that are not shown")
    parse.add_argument("--forget", type=float, default=0.1, help="share of mentions that are not marked")
    parse.add_argument("--veil", type=float, default=0.3, help="share of names that are not shown, but in the first round")
    parse.add_argument("--veiled", type=int, default=2, help="how often states are made of passages whose names are veiled")
    parse.add_argument("--spare", type=int, default=1, help="of written passages only one in so many")
    parse.add_argument("--average", type=float, default=0.98, help="how slowly the mean of the weights moves")
    parse.add_argument("--seed", type=int, default=1)
    learn(parse.parse_args())


if __name__ == "__main__":
    main()

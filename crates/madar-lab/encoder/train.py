"""Fine-tunes the accurate reader's network on what `madar-lab encoder prepare` wrote: one network, taught by several.

    train.py --base e5-small-q4.bin --work DIR --out DIR/trained.safetensors

Four networks learn side by side, each with settings and a seed of its own. What they say together of all that is
learned from (labels of names, of the corpus and of *own*; descriptions; what is said of mentions, also where the
annotation leaves it open) is half of what a fifth network learns; the other half is the annotation. That one is kept.
What is kept of each is a running mean of its weights. Each is a process; on one graphics card all take seven minutes.
Seeded; on a graphics card sums are not taken in a fixed order, so that two runs differ in the last places.
"""

import argparse
import json
import multiprocessing
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import network
from network import CORPORA, DESCRIBED, LABELS, PAIRS, SINGLES, SPARED, UNUSED, WINDOW, autocast

# `news`: how often passages of news come for one time of written ones. `soft`: the share of what the others say;
# `own`: how much the labels of *own* weigh in the texts of other corpora, `described` those of descriptions in them.
COMMON = dict(named=10, facts=0.5, veil=0.3, news=2, seed=1, soft=0.0, own=0.0, described=0.0)
TEACHERS = {
    "first": {},
    "second": dict(seed=2, facts=1.0, news=1),
    "third": dict(seed=3, named=8),
    "fourth": dict(seed=4, named=9, news=3, veil=0.4, facts=0.8),
}
STUDENT = dict(soft=0.5, own=0.3, described=0.3)


def loaded(arguments, device):
    """What is learned from and what is left: names, facts, names left, facts left."""
    listed = lambda name: [json.loads(line) for line in open(f"{arguments.work}/{name}.jsonl", encoding="utf-8")]
    seen, windows, left = {}, [], []
    for window in listed("windows"):
        if window["use"] != "learn":
            left.append(window)
            continue
        number = seen[window["corpus"]] = seen.get(window["corpus"], -1) + 1
        if number % SPARED.get(window["corpus"], 1) == 0:
            windows.append(window)
    left = [window for window in left if window["corpus"] not in ("NEREL", "CoNLL-04")]
    rows = listed("facts")
    of = lambda learned: [row for row in rows if (row["use"] == "learn") == learned]
    return (network.Names(windows, device), network.Rows(of(True), device), network.Names(left, device),
            network.Rows(of(False), device))


def fresh(arguments, named, device):
    kept = [int(line.split("\t")[0]) for line in open(f"{arguments.work}/vocabulary.tsv", encoding="utf-8")]
    shape, tensors = network.base_tensors(arguments.base)
    return network.Network(shape, tensors, torch.tensor(kept), arguments.dropout, named).to(device)


def endless(part, size, shuffled, times=1):
    while True:
        yield from part.batches(size, shuffled, times)


def optimised(net, rate, head_rate, steps):
    """An optimiser with a schedule: lower layers learn slower, the first twelfth of the steps warms up."""
    heads = [net.head.weight, net.head.bias, net.changes, *net.facts.parameters()]
    groups = [{"params": heads, "lr": head_rate}]
    net.norm.requires_grad_(False)
    for number, layer in enumerate(net.layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.93 ** (len(net.layers) - 1 - number)})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    warm = 1 + steps // 12
    factor = lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


def soft_loss(scores, chances):
    return -(chances * F.log_softmax(scores, 1)).sum(1)


def mean_where(values, where):
    return (values * where).sum() / where.sum().clamp(min=1)


def loss_of_names(net, names, rows, hide, taught, settings):
    at, length = names.moved(np.array(rows)), names.lengths[rows].max()
    states, _ = net.read(network.hidden_at_random(names.cut(names.pieces, rows), hide))
    labels = names.cut(names.labels, rows).flatten()
    words = labels != UNUSED
    states = states.flatten(0, 1)[words]
    corpora = names.corpora[at][:, None].expand(len(rows), length, len(CORPORA)).flatten(0, 1)[words]
    changes = torch.einsum("ph,clh->pcl", states, net.changes[:, :, :-1]) + net.changes[:, :, -1]
    common = net.head(states)
    scores = (common + torch.einsum("pcl,pc->pl", changes, corpora)).float()
    loss = F.cross_entropy(scores, labels[words], label_smoothing=0.02)
    if taught is None:
        return loss
    cut = lambda what: taught[what][at][:, :length].flatten(0, 1)[words].float()
    loss = (1 - settings["soft"]) * loss + settings["soft"] * soft_loss(scores, cut("names")).mean()
    own = soft_loss((common + changes[:, 0]).float(), cut("own"))
    loss = loss + settings["own"] * mean_where(own, 1 - corpora[:, 0])
    described = soft_loss(net.facts.described(states).float(), cut("names described"))
    return loss + settings["described"] * described.mean()


def loss_of_told(scores, wanted, chances, count, share):
    """Annotation and the others mixed; where nothing was annotated the others alone, for half."""
    labels, status, weight = wanted[:, :count], wanted[:, count].long(), wanted[:, count + 1]
    others, judged = chances[:, :count], (weight > 0).float()
    target = torch.where(judged[:, None] > 0, (1 - share) * labels + share * others, others)
    loss = F.binary_cross_entropy_with_logits(scores[:, :count], target, reduction="none").sum(1)
    loss = mean_where(loss, 0.5 + 0.5 * judged)
    hard = F.cross_entropy(scores[:, count:], status.clamp(min=0), reduction="none")
    mixed = (1 - share) * hard + share * soft_loss(scores[:, count:], chances[:, count:])
    return loss + mean_where(mixed, (status >= 0).float())


def loss_of_facts(net, rows, batch, noise, taught, share):
    if taught is None:
        return network.fact_loss(net, rows, batch, *noise)
    (described, marks), (pairs, of_pairs), (singles, of_singles) = rows.scores(net, batch, *noise)
    words = marks != UNUSED
    others = taught["described"][rows.moved(np.array(batch))][:, : rows.lengths[batch].max()].flatten(0, 1)[words]
    loss = (1 - share) * F.cross_entropy(described, marks, label_smoothing=0.02)
    loss = loss + share * soft_loss(described[words], others.float()).mean()
    chances = lambda what: rows.moved(np.concatenate([taught[what][row] for row in batch]).astype(np.float32))
    return (loss + loss_of_told(pairs, of_pairs, chances("pairs"), PAIRS, share)
            + loss_of_told(singles, of_singles, chances("singles"), SINGLES, share))


def learn(arguments, name, changed, by=None):
    """One network, by the annotation and, if `by` is a file, by what others say."""
    torch.set_num_threads(arguments.threads)
    settings, device = COMMON | changed, arguments.device
    names, facts, names_left, facts_left = loaded(arguments, device)
    torch.manual_seed(settings["seed"])
    np.random.seed(settings["seed"])
    shuffled = np.random.default_rng(settings["seed"])
    net = fresh(arguments, settings["named"], device)
    taught = by and torch.load(by, weights_only=False)
    for what in ("names", "own", "names described", "described") if by else ():
        taught[what] = taught[what].to(device)
    optimiser, schedule = optimised(net, arguments.rate, arguments.head_rate, arguments.steps)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    of_names = endless(names, arguments.size, shuffled)
    times = [settings["news"] if row["from"] == "news" else 1 for row in facts.windows]
    of_facts = endless(facts, arguments.size, shuffled, times)
    noise = (arguments.hide, arguments.forget, settings["veil"])
    net.train()
    for step in range(1, arguments.steps + 1):
        with autocast(device):
            loss = loss_of_names(net, names, next(of_names), arguments.hide, taught, settings)
            told = loss_of_facts(net, facts, next(of_facts), noise, taught, settings["soft"])
        (loss + settings["facts"] * told).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        average.update_parameters(net)
        if step % 100 == 0 or step == arguments.steps:
            print(f"{name}: step {step}/{arguments.steps} loss {loss.item():.4f} facts {told.item():.4f}", flush=True)
    net = average.module
    torch.save((settings["named"], net.state_dict()), f"{arguments.work}/{name}.pt")
    network.saved(net, f"{arguments.work}/{name}.safetensors")
    figures = network.measured(net, names_left, arguments.size) + network.facts_measured(net, facts_left, arguments.size)
    print("\n  ".join([name, *figures]), flush=True)


@torch.no_grad()
def said_together(arguments, out):
    """Writes the mean of the chances that the networks give."""
    names, facts, _, _ = loaded(arguments, arguments.device)
    nets = []
    for name in TEACHERS:
        named, state = torch.load(f"{arguments.work}/{name}.pt")
        nets.append(fresh(arguments, named, arguments.device))
        nets[-1].load_state_dict(state)
        nets[-1].eval()
    table = lambda part, width: torch.zeros(len(part.windows), WINDOW, width, dtype=torch.half)
    taught = {"names": table(names, LABELS), "own": table(names, LABELS), "names described": table(names, DESCRIBED),
              "described": table(facts, DESCRIBED), "pairs": [None] * len(facts.windows),
              "singles": [None] * len(facts.windows)}
    mean = lambda all, chance: torch.stack([chance(scores.float()) for scores in all]).mean(0)
    softmax, shuffled = lambda scores: torch.softmax(scores, -1), np.random.default_rng(0)
    for rows in names.batches(4 * arguments.size, shuffled):
        at = names.moved(np.array(rows))
        own = torch.zeros_like(names.corpora[at])
        own[:, 0] = 1
        with autocast(arguments.device):
            states = [net.read(names.cut(names.pieces, rows))[0] for net in nets]
            found = {"names": [net.scores(x, names.corpora[at]) for net, x in zip(nets, states)],
                     "own": [net.scores(x, own) for net, x in zip(nets, states)],
                     "names described": [net.facts.described(x) for net, x in zip(nets, states)]}
        for what, all in found.items():
            taught[what][rows, : states[0].shape[1]] = mean(all, softmax).half().cpu()
    for rows in facts.batches(2 * arguments.size, shuffled):
        with autocast(arguments.device):
            all = [facts.scores(net, rows, 0, 0, 0) for net in nets]
        length = facts.lengths[rows].max()
        described = mean([found[0][0] for found in all], softmax)
        taught["described"][rows, :length] = described.view(len(rows), length, DESCRIBED).half().cpu()
        for number, what, count in ((1, "pairs", PAIRS), (2, "singles", SINGLES)):
            told = [found[number][0] for found in all]
            whole = torch.cat([mean([t[:, :count] for t in told], torch.sigmoid),
                               mean([t[:, count:] for t in told], softmax)], 1).half().cpu().numpy()
            ends = np.cumsum([len(facts.told[what][row][0]) for row in rows])
            for row, part in zip(rows, np.split(whole, ends[:-1])):
                taught[what][row] = part
    torch.save(taught, out)


def side_by_side(jobs):
    processes = [multiprocessing.Process(target=job, args=arguments) for job, *arguments in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode:
            raise SystemExit("a network could not be learned: see above")


def main():
    parse = argparse.ArgumentParser()
    for name in ("base", "work", "out"):
        parse.add_argument(f"--{name}", required=True)
    parse.add_argument("--steps", type=int, default=2000)
    parse.add_argument("--size", type=int, default=8192, help="pieces to a batch of names, and to one of facts")
    parse.add_argument("--rate", type=float, default=4e-4)
    parse.add_argument("--head-rate", type=float, default=1e-3)
    parse.add_argument("--dropout", type=float, default=0.15)
    parse.add_argument("--hide", type=float, default=0.08, help="share of pieces that are not shown")
    parse.add_argument("--forget", type=float, default=0.1, help="share of mentions that are not marked")
    parse.add_argument("--threads", type=int, default=1, help="of each network")
    arguments = parse.parse_args()
    arguments.device = "cuda" if torch.cuda.is_available() else "cpu"
    # A process of its own each, begun anew: one that is split off from a process with threads may never go on.
    multiprocessing.set_start_method("spawn")
    by = f"{arguments.work}/together.pt"
    side_by_side([(learn, arguments, name, changed) for name, changed in TEACHERS.items()])
    side_by_side([(said_together, arguments, by)])
    side_by_side([(learn, arguments, "student", STUDENT, by)])
    os.replace(f"{arguments.work}/student.safetensors", arguments.out)


if __name__ == "__main__":
    main()

"""Learns the network of the judge.

    cargo run --release --example train -- training --sequences sequences.jsonl --public DATA
    python3 training/network/train.py sequences.jsonl --out FOLDER

First the public sets, each pair by itself (FOLDER/public.pt, shared by later runs); then families and stories, some
rounds, with some of the public pairs mixed in. Of a story every claim is encoded once and compared with many, so that it learns
from what blocking proposes at close to its real rates. What lies under training/held is measured on and never learned from: the weights
of the judge are learned there. Writes FOLDER/english.bin in the form that src/judge/network.rs reads, and FOLDER/golden.jsonl, some pairs
with their log-odds, which a test holds the Rust arithmetic against.
Takes two cores with bfloat16 instructions about 50 minutes.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from comparison import Network
from encoder import half
from export import export, golden, restore, rounded
from measure import RELATIONS, chances, measure

# Public labels say less: an 'entailment' may go both ways, a 'neutral' may follow the other way.
FOLLOWS, LOOSE = 5, 6
RATE, HEAD_RATE, DROP, SMOOTH = 1e-4, 5e-4, 0.1, 0.05
FAMILIES, STORY_PAIRS, PUBLIC_BATCH = 5, 500, 48
UNLISTED, STRANGER = 0.15, 0.5
# Pairs of a public set at most, and how often all of them are seen.
PUBLIC_SET, PUBLIC_ROUNDS = 20000, 2


def loss(z, gold, weight):
    p = chances(z.float())
    one = p.gather(1, gold.clamp(max=4)[:, None])[:, 0]
    one = torch.where(gold == FOLLOWS, torch.logaddexp(p[:, 0], p[:, 1]), one)
    one = torch.where(gold == LOOSE, torch.logaddexp(p[:, 4], p[:, 2]), one)
    spread = (1 - SMOOTH) * one + SMOOTH * p.clamp(min=-12).mean(-1)
    return -(spread * weight).sum() / weight.sum()


class Batch:
    """Statements, each once, and labelled pairs of them."""

    def __init__(self, statements):
        self.all, self.used, self.places, self.rows = statements, [], {}, []

    def place(self, at):
        if at not in self.places:
            self.places[at] = len(self.used)
            self.used.append(self.all[at])
        return self.places[at]

    def add(self, a, b, gold, weight):
        if gold < FOLLOWS and random.random() < 0.5:
            a, b, gold = b, a, {1: 2, 2: 1}.get(gold, gold)
        self.rows.append((self.place(a), self.place(b), gold, weight))


def public_batch(statements, pairs):
    batch = Batch(statements)
    for a, b, relation, *_ in pairs:
        gold = {"entailment": FOLLOWS, "neutral": LOOSE, "contradiction": 3}.get(relation)
        if gold is not None:
            batch.add(a, b, gold, 1.0)
    return batch


def family_batch(statements, families):
    batch = Batch(statements)
    for family in families:
        for a, b, relation, *_ in family["pairs"]:
            batch.add(a, b, RELATIONS.index(relation), 1.0)
    for at, family in enumerate(families):
        for other in families[at + 1 :]:
            batch.add(random.choice(family["pairs"])[1], random.choice(other["pairs"])[1], 4, STRANGER)
    return batch


def story_batch(statements, story):
    batch = Batch(statements)
    unlisted = []
    for pair in story["pairs"]:
        if pair[2] is None:
            unlisted.append(pair)
        else:
            batch.add(pair[0], pair[1], RELATIONS.index(pair[2]), 1.0)
    # Half of them from the likest quarter: what a judge would fall for.
    unlisted.sort(key=lambda p: -p[4])
    likest, rest = unlisted[: len(unlisted) // 4], unlisted[len(unlisted) // 4 :]
    for pool in (likest, rest):
        for a, b, *_ in random.sample(pool, min(len(pool), STORY_PAIRS // 2)):
            batch.add(a, b, 4, UNLISTED)
    return batch


def parts(rows, size):
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def run(network, batches, name, scale=1.0):
    groups = [(network.encoder, RATE * scale), (network.comparison, HEAD_RATE * scale)]
    optimiser = torch.optim.AdamW([{"params": m.parameters(), "top": rate} for m, rate in groups], lr=RATE, weight_decay=0.01, fused=True)
    start, total = time.time(), 0.0
    network.train()
    for at, make in enumerate(batches):
        slope = min(1.0, (at + 1) / (0.06 * len(batches))) * max(0.02, 1 - at / len(batches))
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * slope
        batch = make()
        a, b, gold, weight = zip(*batch.rows)
        with half():
            read = network.read(batch.used, DROP)
            z = network.compare(read, torch.tensor(a), torch.tensor(b), DROP)
        value = loss(z, torch.tensor(gold), torch.tensor(weight))
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        total += value.item()
        if at % 50 == 49:
            print(f"{name} {at + 1}/{len(batches)} loss {total / 50:.4f} {time.time() - start:.0f} s", flush=True)
            total = 0.0
    network.eval()


def load(path):
    statements, sets = [], []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        (statements if "pieces" in row else sets).append(row)
    return statements, sets


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sequences", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--public-rounds", type=int, default=PUBLIC_ROUNDS, help="how often the public pairs are seen")
    parser.add_argument("--rounds", type=int, default=3, help="how often families and stories are seen")
    parser.add_argument("--start", type=Path, help="a network that was written before, to go on from")
    parser.add_argument("--layers", default="0,2,4", help="of the teacher's six")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    here = Path(__file__).parent
    pieces = (here / "../../src/judge/network/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    statements, sets = load(options.sequences)
    def public(most, count=None):
        """Pairs of the public sets, at most so many of each and in all."""
        pairs = []
        for s in sets:
            if s["set"] == "public":
                own = [p for p in s["pairs"] if p[2] in ("entailment", "neutral", "contradiction")]
                random.shuffle(own)
                pairs += own[:most]
        random.shuffle(pairs)
        return pairs[:count]

    length = lambda p: len(statements[p[0]]["pieces"]) + len(statements[p[1]]["pieces"])
    families, stories = ([s for s in sets if s["set"] == kind and not s["held"]] for kind in ("family", "story"))
    held = [s for s in sets if s["held"]]
    print(f"{len(families)} families, {len(stories)} stories, {len(held)} of them held", flush=True)

    network = Network(pieces, [int(x) for x in options.layers.split(",")])
    if options.start and (options.out / "public.pt").exists():
        raise SystemExit(f"{options.out}: holds a public.pt, which --start would be lost under; give another folder")
    if options.start:
        restore(network, pieces, options.start)
    kept = options.out / "public.pt"
    if kept.exists():
        network.load_state_dict(torch.load(kept, weights_only=True))
    else:
        batches = []
        for _ in range(options.public_rounds):
            turn = parts(sorted(public(PUBLIC_SET), key=length), PUBLIC_BATCH)
            random.shuffle(turn)
            batches += turn
        run(network, [lambda b=b: public_batch(statements, b) for b in batches], "public")
        torch.save(network.state_dict(), kept)

    batches = []
    for _ in range(options.rounds):
        random.shuffle(families)
        some = parts(public(8000, 3000), PUBLIC_BATCH)
        turn = [lambda f=f: family_batch(statements, f) for f in parts(list(families), FAMILIES)]
        turn += [lambda s=s: story_batch(statements, s) for s in stories] * 2
        turn += [lambda p=p: public_batch(statements, p) for p in some]
        random.shuffle(turn)
        batches += turn
    run(network, batches, "ours")
    torch.save(network.state_dict(), options.out / "english.pt")
    measure(network, statements, held)
    with torch.no_grad():
        rounded(network)
    measure(network, statements, held)
    export(network, pieces, options.out / "english.bin")
    golden(network, statements, stories[0]["pairs"][:: max(1, len(stories[0]["pairs"]) // 12)], options.out / "golden.jsonl")


if __name__ == "__main__":
    main()

"""Learns the network of the judge.

    cargo run --release --example train -- training --sequences sequences.jsonl --public DATA
    python3 training/network/train.py sequences.jsonl --soft soft1.npz soft2.npz --out FOLDER

First the public sets, each pair by itself (FOLDER/public.pt, shared by later runs); then families and stories, some
rounds, with some of the public pairs mixed in. Of a story every claim is encoded once and compared with many, so that it learns
from what blocking proposes at close to its real rates. Where teachers were asked (teacher.py), it learns from what they think as well
as from the labels. What lies under training/held is measured on and never learned from: the weights of the judge are learned
there. Writes FOLDER/english.bin in the form that src/judge/network.rs reads, and FOLDER/golden.jsonl, some pairs
with their log-odds, which a test holds the Rust arithmetic against.
"""

import argparse
import random
import time
from pathlib import Path

import torch

from comparison import Network
from encoder import HERE, half
from export import export, golden, restore
from labelled import FOLLOWS, LOOSE, STRANGER, UNLISTED, Soft, load, public, swapped
from measure import RELATIONS, chances, measure
from rounding import rounded

RATE, HEAD_RATE, DROP, SMOOTH = 1e-4, 5e-4, 0.1, 0.05
FAMILIES, STORY_PAIRS, PUBLIC_BATCH = 5, 500, 48
# Pairs of a public set at most, and how often all of them are seen.
PUBLIC_SET, PUBLIC_ROUNDS = 20000, 2
# How much what teachers think counts beside a label; of an unlisted pair of a story; of one that nobody labelled.
BESIDE, UNLISTED_SOFT, UNLABELLED = 1.0, 0.3, 0.5


def loss(z, gold, weight, soft, soft_weight):
    """Weighted mean of what labels say and what teachers think."""
    p = chances(z.float())
    one = p.gather(1, gold.clamp(max=4)[:, None])[:, 0]
    one = torch.where(gold == FOLLOWS, torch.logaddexp(p[:, 0], p[:, 1]), one)
    one = torch.where(gold == LOOSE, torch.logaddexp(p[:, 4], p[:, 2]), one)
    spread = (1 - SMOOTH) * one + SMOOTH * p.clamp(min=-12).mean(-1)
    thought = (soft * p.clamp(min=-16)).sum(-1)
    return -(spread * weight + thought * soft_weight).sum() / (weight + soft_weight).sum()


class Batch:
    """Statements, each once, and labelled pairs of them."""

    def __init__(self, statements, soft):
        self.all, self.soft, self.used, self.places, self.rows = statements, soft, [], {}, []

    def place(self, at):
        if at not in self.places:
            self.places[at] = len(self.used)
            self.used.append(self.all[at])
        return self.places[at]

    def add(self, a, b, gold, weight, beside=BESIDE):
        """`weight` for the label, `beside` for what teachers think."""
        if gold < FOLLOWS and random.random() < 0.5:
            a, b, gold = b, a, int(swapped(gold))
        soft = self.soft(a, b) if beside else None
        self.rows.append((self.place(a), self.place(b), gold, weight, soft or [0.0] * 5, beside if soft else 0.0))


def public_batch(batch, pairs):
    for a, b, relation, *_ in pairs:
        gold = {"entailment": FOLLOWS, "neutral": LOOSE, "contradiction": 3}[relation]
        batch.add(a, b, gold, 1.0)
    return batch


def family_batch(batch, families):
    for family in families:
        labelled = set()
        for a, b, relation, *_ in family["pairs"]:
            batch.add(a, b, RELATIONS.index(relation), 1.0)
            labelled.update([(a, b), (b, a)])
        if batch.soft.rows:
            one = sorted({at for pair in labelled for at in pair})
            for at, a in enumerate(one):
                for b in one[at + 1 :]:
                    if (a, b) not in labelled:
                        batch.add(a, b, 4, 0.0, UNLABELLED)
    for at, family in enumerate(families):
        for other in families[at + 1 :]:
            batch.add(random.choice(family["pairs"])[1], random.choice(other["pairs"])[1], 4, STRANGER, 0.0)
    return batch


def story_batch(batch, story):
    unlisted = []
    for pair in story["pairs"]:
        if pair[2] is None:
            unlisted.append(pair)
        else:
            batch.add(pair[0], pair[1], RELATIONS.index(pair[2]), 1.0)
    # Half of them from the likest quarter: what a judge would fall for.
    asked = bool(batch.soft.rows)
    unlisted.sort(key=lambda p: -(batch.soft.related(p[0], p[1]) if asked else p[4]))
    likest, rest = unlisted[: len(unlisted) // 4], unlisted[len(unlisted) // 4 :]
    for pool in (likest, rest):
        for a, b, *_ in random.sample(pool, min(len(pool), STORY_PAIRS // 2)):
            batch.add(a, b, 4, 0.0 if asked else UNLISTED, UNLISTED_SOFT)
    return batch


def parts(rows, size):
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def run(network, batches, name, seconds=None, rate=RATE):
    """Learns the batches, or as many as the time allows; the rate falls to nothing by the end."""
    groups = [(network.encoder, rate), (network.comparison, HEAD_RATE * rate / RATE)]
    optimiser = torch.optim.AdamW([{"params": m.parameters(), "top": rate} for m, rate in groups], lr=rate, weight_decay=0.01, fused=True)
    device = network.encoder.places.device
    start, total = time.time(), 0.0
    network.train()
    for at, make in enumerate(batches):
        share = max(at / len(batches), (time.time() - start) / seconds if seconds else 0.0)
        if share >= 1:
            break
        slope = min(1.0, share / 0.06 + 1 / len(batches)) * max(0.02, 1 - share)
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * slope
        batch = make()
        a, b, gold, weight, soft, soft_weight = zip(*batch.rows)
        with half(device.type):
            read = network.read(batch.used, DROP)
            z = network.compare(read, torch.tensor(a), torch.tensor(b), DROP)
        to = lambda x: torch.tensor(x).to(device)
        value = loss(z, to(gold), to(weight), to(soft), to(soft_weight))
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        total += value.detach()
        if at % 50 == 49:
            print(f"{name} {at + 1}/{len(batches)} loss {float(total) / 50:.4f} {time.time() - start:.0f} s", flush=True)
            total = 0.0
    network.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sequences", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--soft", type=Path, nargs="*", default=[], help="what teachers think, of teacher.py")
    parser.add_argument("--public-rounds", type=int, default=PUBLIC_ROUNDS, help="how often the public pairs are seen")
    parser.add_argument("--rounds", type=int, default=3, help="how often families and stories are seen")
    parser.add_argument("--seconds", help="at most so long for the public sets, for our text: 120,200")
    parser.add_argument("--start", type=Path, help="a network that was written before, to go on from")
    parser.add_argument("--rate", type=float, default=RATE, help="most that the encoder's weights move by in a step")
    parser.add_argument("--layers", default="0,1,2,3", help="of the model's six that it begins from")
    parser.add_argument("--shape", default="upper:4,5", help="layers that the comparison begins from; or its width, heads, inner width, layers")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    pieces = (HERE / "../../src/judge/network/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    statements, sets = load(options.sequences)
    soft = Soft(options.soft)
    first, second = (float(x) for x in options.seconds.split(",")) if options.seconds else (None, None)

    length = lambda p: len(statements[p[0]]["pieces"]) + len(statements[p[1]]["pieces"])
    families, stories = ([s for s in sets if s["set"] == kind and not s["held"]] for kind in ("family", "story"))
    held = [s for s in sets if s["held"]]
    print(f"{len(families)} families, {len(stories)} stories, {len(held)} of them held", flush=True)

    network = Network(pieces, [int(x) for x in options.layers.split(",")], options.shape)
    kept = options.out / "public.pt"
    if options.start and kept.exists():
        raise SystemExit(f"{kept} is there, which --start would be lost under; give another folder")
    if options.start:
        restore(network, pieces, options.start)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    if kept.exists():
        network.load_state_dict(torch.load(kept, weights_only=True))
    else:
        batches = []
        for _ in range(options.public_rounds):
            turn = parts(sorted(public(sets, PUBLIC_SET), key=length), PUBLIC_BATCH)
            random.shuffle(turn)
            batches += turn
        run(network, [lambda b=b: public_batch(Batch(statements, soft), b) for b in batches], "public", first, options.rate)
        torch.save(network.state_dict(), kept)

    batches = []
    for _ in range(options.rounds):
        random.shuffle(families)
        some = parts(public(sets, 8000, 3000), PUBLIC_BATCH)
        turn = [lambda f=f: family_batch(Batch(statements, soft), f) for f in parts(list(families), FAMILIES)]
        turn += [lambda s=s: story_batch(Batch(statements, soft), s) for s in stories] * 2
        turn += [lambda p=p: public_batch(Batch(statements, soft), p) for p in some]
        random.shuffle(turn)
        batches += turn
    run(network, batches, "ours", second, options.rate)
    torch.save(network.state_dict(), options.out / "english.pt")
    measure(network, statements, held)
    trial = [family_batch(Batch(statements, Soft([])), f) for f in parts(families, FAMILIES)[:16]]
    trial += [story_batch(Batch(statements, Soft([])), s) for s in stories[:8]]
    rounded(network, [(b.used, [r[0] for r in b.rows], [r[1] for r in b.rows]) for b in trial])
    measure(network, statements, held)
    export(network, pieces, options.out / "english.bin")
    golden(network, statements, stories[0]["pairs"][:: max(1, len(stories[0]["pairs"]) // 12)], options.out / "golden.jsonl")


if __name__ == "__main__":
    main()

"""Learns the attention network of the judge (src/judge/attention.rs states its shape and the form of the file).

    cargo run --release --example train -- DATA --words words.jsonl
    python3 training/judge/attention.py words.jsonl --out FOLDER

writes all.bin (to be copied to src/judge/attention.bin) and fold-0.bin to fold-3.bin, each of which has not seen a quarter of
the families and stories; `train --networks FOLDER` fits the additive weights on them. First one pass over the public sets, shared
by the five, then the families and stories with a quarter of the public pairs mixed in. Needs torch and numpy; on two cores
about 25 minutes. Same machine and versions, same bytes.
"""

import argparse
import json
import random
import struct
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, BATCH, RATE, DROP, FOLDS = 64, 128, 1e-3, 0.2, 4
RELATIONS = ["duplicate", "entailment", "entailed", "contradiction", "neutral"]
# A story's candidates and strangers are many and mostly unrelated; the public pairs are of another kind.
WEIGHT = {"family": 1.0, "story": 0.35, "stranger": 0.5, "public": 0.4}


class Words:
    """Word 0 is padding."""

    def __init__(self, words, width):
        n = len(words) + 1
        self.vector, self.flags, self.stem = torch.zeros(n, width), torch.zeros(n, 3), torch.zeros(n, dtype=torch.long)
        stems = {}
        for at, w in enumerate(words, 1):
            if w["vector"]:
                self.vector[at] = torch.tensor(w["vector"])
            self.flags[at] = torch.tensor([w["rarity"], float(w["number"]), float(not w["vector"])])
            self.stem[at] = stems.setdefault(w["stem"], len(stems) + 1)


class Network(nn.Module):
    def __init__(self, words):
        super().__init__()
        h, self.words = HIDDEN, words
        self.word = nn.Linear(words.vector.shape[1] + 3, h)
        self.near = nn.ModuleList([nn.Conv1d(h, h, 3, padding=1) for _ in range(2)])
        self.query = nn.Linear(h, h)
        self.compare = nn.Linear(4 * h + 4, h)
        self.scalars = nn.Parameter(torch.tensor([0.5, 0.0, 3.0, 3.0]))
        self.join = nn.Linear(4 * h, h)
        self.out = nn.Linear(h, 3)

    def read(self, x):
        w, mask = self.words, (x > 0).float()[..., None]
        v = self.word(torch.cat([w.vector[x] * 3, w.flags[x]], -1)) * mask
        for conv in self.near:
            v = (v + F.relu(conv(v.transpose(1, 2)).transpose(1, 2))) * mask
        return v, mask

    def side(self, v, w, mask, other_mask, pull, equal, alike, rarity):
        share = torch.softmax(pull.masked_fill(other_mask.transpose(1, 2) == 0, -1e4), -1)
        partner = share @ w
        rest = torch.stack([equal.amax(2), alike.clamp(min=0).amax(2), rarity, (share * equal).sum(2)], -1)
        z = F.relu(self.compare(torch.cat([v, partner, v - partner, v * partner, rest], -1))) * mask
        say = torch.sigmoid(self.scalars[0] * rarity + self.scalars[1])[..., None] * mask
        return torch.cat([(z * say).sum(1) / say.sum(1).clamp(min=0.1), z.amax(1)], -1)

    def forward(self, a, b):
        w = self.words
        (va, ma), (vb, mb) = self.read(a), self.read(b)
        both = ma @ mb.transpose(1, 2)
        equal = (w.stem[a][:, :, None] == w.stem[b][:, None, :]).float() * both
        alike = (w.vector[a] @ w.vector[b].transpose(1, 2)) * both
        pull = self.query(va) @ self.query(vb).transpose(1, 2) / HIDDEN**0.5
        pull = pull + self.scalars[2] * equal + self.scalars[3] * alike
        turn = lambda t: t.transpose(1, 2)
        left = self.side(va, vb, ma, mb, pull, equal, alike, w.flags[a][..., 0])
        right = self.side(vb, va, mb, ma, turn(pull), turn(equal), turn(alike), w.flags[b][..., 0])
        head = lambda p, q: self.out(F.dropout(F.relu(self.join(F.dropout(torch.cat([p, q], -1), DROP, self.training))), DROP, self.training))
        x, y = head(left, right), head(right, left)
        return torch.stack([x[:, 0] + y[:, 0], x[:, 1] + y[:, 1], 2 * x[:, 2], 2 * y[:, 2]], -1)

    def layers(self):
        conv = lambda c: (c.weight.permute(2, 1, 0).reshape(-1), c.bias)
        line = lambda l: (l.weight.t().reshape(-1), l.bias)
        yield from line(self.word)
        for c in self.near:
            yield from conv(c)
        yield from line(self.query)
        yield from line(self.compare)
        yield self.scalars
        yield from line(self.join)
        yield from line(self.out)

    def save(self, path):
        flat = torch.cat([p.detach().reshape(-1) for p in self.layers()]).numpy().astype("<f4")
        path.write_bytes(b"claimatt" + struct.pack("<HHH", 1, self.words.vector.shape[1], HIDDEN) + flat.tobytes())


def chances(z):
    """Log-probabilities of the relations, as in src/judge/fit.rs."""
    yes, no = F.logsigmoid(z).unbind(-1), F.logsigmoid(-z).unbind(-1)
    (s, c, f, b), (s0, c0, f0, b0) = yes, no
    neutral = torch.logaddexp(s0, s + c0 + f0 + b0)
    return torch.stack([s + c0 + f + b, s + c0 + f + b0, s + c0 + f0 + b, s + c, neutral], -1)


def loss(z, rows):
    p, gold = chances(z), torch.tensor([r["y"] for r in rows])
    one = p.gather(1, gold[:, None])[:, 0]
    # A public 'entailment' may go both ways, a public 'neutral' may follow the other way.
    wide = torch.where(gold == 1, torch.logaddexp(p[:, 0], p[:, 1]), torch.where(gold == 4, torch.logaddexp(p[:, 4], p[:, 2]), one))
    public = torch.tensor([r["set"] == "public" for r in rows])
    return -torch.where(public, wide, one)


def pad(lists):
    out = torch.zeros(len(lists), max(map(len, lists)), dtype=torch.long)
    for at, words in enumerate(lists):
        out[at, : len(words)] = torch.tensor(words)
    return out


def batches(rows, size, chance=None):
    rows = list(rows)
    if chance:
        chance.shuffle(rows)
        chunks = [sorted(rows[i : i + 20 * size], key=lambda r: len(r["a"]) + len(r["b"])) for i in range(0, len(rows), 20 * size)]
        cut = [c[i : i + size] for c in chunks for i in range(0, len(c), size)]
        chance.shuffle(cut)
    else:
        cut = [rows[i : i + size] for i in range(0, len(rows), size)]
    for c in cut:
        yield c, pad([r["a"] for r in c]), pad([r["b"] for r in c])


def learn(net, passes, chance, public_weight):
    steps = sum(len(p) // BATCH + 1 for p in passes)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps + 50, pct_start=0.1)
    for rows in passes:
        net.train()
        for c, a, b in batches(rows, BATCH, chance):
            weight = torch.tensor([public_weight if r["set"] == "public" else WEIGHT[r["set"]] for r in c])
            total = (loss(net(a, b), c) * weight).mean()
            optimiser.zero_grad()
            total.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()


def report(net, rows, name):
    net.eval()
    for kind in ("family", "story"):
        some = [r for r in rows if r["set"] == kind]
        if some:
            with torch.no_grad():
                said = torch.cat([chances(net(a, b)).argmax(1) for _, a, b in batches(some, 512)]).numpy()
            right = said == np.array([r["y"] for r in some])
            print(f"{name} {kind} accuracy {right.mean():.3f} of {len(some)}", flush=True)


def load(path, quick):
    words, rows = [], []
    for line in open(path):
        row = json.loads(line)
        if "stem" in row:
            words.append(row)
        elif row["a"] and row["b"]:
            row["y"] = RELATIONS.index(row["relation"])
            row["a"], row["b"] = [w + 1 for w in row["a"]], [w + 1 for w in row["b"]]
            rows.append(row)
    width = max(len(w["vector"] or []) for w in words)
    return Words(words, width), rows[:: 40 if quick else 1]


def fine_tune(job):
    fold, options = job
    torch.set_num_threads(1)
    torch.manual_seed(0)
    words, rows = load(options.words, options.quick)
    chance = random.Random(0)
    net = Network(words)
    net.load_state_dict(torch.load(options.out / "public.pt"))
    own = [r for r in rows if r["set"] != "public" and r["fold"] != fold]
    public = [r for r in rows if r["set"] == "public"]
    learn(net, [own + chance.sample(public, len(public) // 4) for _ in range(options.passes)], chance, WEIGHT["public"])
    name = "all" if fold is None else f"fold-{fold}"
    report(net, [r for r in rows if r["fold"] == fold], name)
    net.save(options.out / f"{name}.bin")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a fortieth of the data: does it run?")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.manual_seed(0)
    words, rows = load(options.words, options.quick)
    print(len(words.vector), "words", len(rows), "pairs", flush=True)
    net = Network(words)
    learn(net, [[r for r in rows if r["set"] == "public"]], random.Random(0), 1.0)
    torch.save(net.state_dict(), options.out / "public.pt")
    with Pool(2) as pool:
        pool.map(fine_tune, [(fold, options) for fold in [None, *range(FOLDS)]], chunksize=1)


if __name__ == "__main__":
    main()

"""Learns a teacher and writes what it thinks of every pair, for train.py to learn from (--soft).

    python3 training/network/teacher.py sequences.jsonl --weights FOLDER --out soft.npz [--seed N]

The teacher is a cross-encoder: all-mpnet-base-v2 (Apache-2.0) reads both statements at once, with seven
times the numbers of our network. It learns from what train.py learns from, and never from what lies under training/held. FOLDER holds its
model.safetensors and vocab.txt. Two of them with other seeds, one for each order of a pair (--swap), made what the shipped
network learned from. Wants a GPU: some six minutes on a large one.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from encoder import HERE, half
from labelled import FOLLOWS, LOOSE, STRANGER, UNLISTED, load, public, swapped
from measure import RELATIONS, report

WIDTH, HEADS, LAYERS, PLACES = 768, 12, 12, 176
RATE, HEAD_RATE, DROP, SMOOTH, BATCH = 4e-5, 2e-4, 0.1, 0.05, 128
# Unlisted pairs of a story in a round: half of them from its likest quarter.
STORY_PAIRS = 500


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.look, self.gather = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.gather_norm, self.narrow_norm = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x, bias):
        drop = lambda y: F.dropout(y, DROP, self.training)
        q, k, v = self.look(x).unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).flatten(2)
        x = self.gather_norm(x + drop(self.gather(mixed)))
        return self.narrow_norm(x + drop(self.narrow(F.gelu(self.widen(x)))))


class Teacher(nn.Module):
    def __init__(self, pieces, folder):
        super().__init__()
        w = load_file(str(folder / "model.safetensors"))
        names = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        ids = {name: at for at, name in enumerate(names)}
        # Its words are those of our vocabulary; its marks have other names.
        ids.update({"[PAD]": ids["<pad>"], "[CLS]": ids["<s>"], "[SEP]": ids["</s>"], "[UNK]": ids["<unk>"]})
        ids.update({"[OPEN]": ids["[unused0]"], "[CLOSE]": ids["[unused1]"]})
        self.start, self.end = pieces.index("[CLS]"), pieces.index("[SEP]")
        self.table = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"][[ids[p] for p in pieces]].float(), freeze=False)
        self.places = nn.Parameter(w["embeddings.position_embeddings.weight"][2 : 2 + PLACES].float())
        self.norm, self.distance = nn.LayerNorm(WIDTH, eps=1e-5), nn.Embedding(32, HEADS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.join, self.out = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, len(RELATIONS))
        for kind in ("weight", "bias"):
            set_ = lambda module, *theirs: getattr(module, kind).data.copy_(torch.cat([w[f"{n}.{kind}"] for n in theirs]))
            set_(self.norm, "embeddings.LayerNorm")
            for at, layer in enumerate(self.layers):
                p = f"encoder.layer.{at}."
                set_(layer.look, *(f"{p}attention.attn.{part}" for part in "qkv"))
                set_(layer.gather, p + "attention.attn.o")
                set_(layer.gather_norm, p + "attention.LayerNorm")
                set_(layer.widen, p + "intermediate.dense")
                set_(layer.narrow, p + "output.dense")
                set_(layer.narrow_norm, p + "output.LayerNorm")
        self.distance.weight.data.copy_(w["encoder.relative_attention_bias.weight"])
        self.register_buffer("buckets", buckets(PLACES), persistent=False)

    def forward(self, ids):
        mask, length = ids > 0, ids.shape[1]
        bias = self.distance(self.buckets[:length, :length]).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~mask[:, None, None], -1e4)
        x = F.dropout(self.norm(self.table(ids) + self.places[:length]), DROP, self.training)
        bias = bias.to(torch.bfloat16) if torch.is_autocast_enabled(x.device.type) else bias
        for layer in self.layers:
            x = layer(x, bias)
        there = mask[..., None].to(x.dtype)
        mean = (x * there).sum(1) / there.sum(1)
        joined = F.gelu(self.join(torch.cat([x[:, 0], mean], -1)))
        return self.out(F.dropout(joined, DROP, self.training)).float()


def buckets(length):
    """MPNet's buckets of distances, as T5's: near ones each by itself, far ones by their logarithm, up to 128."""
    apart = torch.arange(length)[:, None] - torch.arange(length)[None]
    out, apart = (apart < 0).long() * 16, apart.abs()
    far = 8 + (torch.log(apart.float().clamp(min=1) / 8) / np.log(128 / 8) * 8).long()
    return out + torch.where(apart < 8, apart, far.clamp(max=15))


class Statements:
    """All statements as one array on the device, and pairs of them put one behind the other."""

    def __init__(self, statements, teacher, device):
        longest = max(len(s["pieces"]) for s in statements)
        ids = np.zeros((len(statements), longest), np.int32)
        for at, s in enumerate(statements):
            ids[at, : len(s["pieces"])] = s["pieces"]
        self.length = (ids > 0).sum(1)
        self.ids, self.lengths = torch.from_numpy(ids).to(device), torch.from_numpy(self.length).to(device)
        self.teacher, self.device = teacher, device

    def pairs(self, a, b):
        to = lambda x: torch.as_tensor(x, device=self.device)
        # A multiple of eight, which fast attention wants.
        total = -(-int((self.length[a] + self.length[b]).max()) // 8) * 8
        a, b = to(a), to(b)
        at, first = torch.arange(total, device=self.device)[None], self.lengths[a][:, None]
        most = self.ids.shape[1] - 1
        one = self.ids[a].gather(1, at.clamp(max=most).expand(len(a), -1))
        two = self.ids[b].gather(1, (at - first).clamp(0, most))
        two = torch.where((at == first), self.teacher.end, two)
        return torch.where(at < first, one, torch.where(at - first < self.lengths[b][:, None], two, 0)).long()


def lessons(sets, rounds):
    """Families and stories, once: rows of two statements, what holds, and how much it counts."""
    rows = []
    families = [s for s in sets if s["set"] == "family"]
    for s in families:
        rows += [(a, b, RELATIONS.index(relation), 1.0) for a, b, relation, *_ in s["pairs"]]
        other = random.choice(families)
        if other is not s:
            rows.append((random.choice(s["pairs"])[1], random.choice(other["pairs"])[1], 4, STRANGER))
    for s in sets:
        if s["set"] == "story":
            rows += [(p[0], p[1], RELATIONS.index(p[2]), 1.0) for p in s["pairs"] if p[2]] * 2
            unlisted = sorted((p for p in s["pairs"] if not p[2]), key=lambda p: -p[4])
            cut = len(unlisted) // 4
            for pool in (unlisted[:cut], unlisted[cut:]):
                some = random.sample(pool, min(len(pool), STORY_PAIRS // 2))
                rows += [(p[0], p[1], 4, UNLISTED) for p in some]
    return rows


def loss(z, gold, weight):
    p = F.log_softmax(z, -1)
    one = p.gather(1, gold.clamp(max=4)[:, None])[:, 0]
    one = torch.where(gold == FOLLOWS, torch.logaddexp(p[:, 0], p[:, 1]), one)
    one = torch.where(gold == LOOSE, torch.logaddexp(p[:, 4], p[:, 2]), one)
    return -((((1 - SMOOTH) * one + SMOOTH * p.mean(-1)) * weight).sum() / weight.sum())


def run(teacher, statements, make, seconds, name):
    """Learns rounds of rows until the time is over; the rate falls to nothing by then."""
    heads = [*teacher.join.parameters(), *teacher.out.parameters()]
    own = {id(p) for p in heads}
    rest = [p for p in teacher.parameters() if id(p) not in own]
    groups = [{"params": rest, "top": RATE}, {"params": heads, "top": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, fused=statements.device != "cpu")
    start, step, total = time.time(), 0, 0.0
    teacher.train()
    while time.time() - start < seconds:
        rows = make()
        # Rows of about the same length stand together.
        rows.sort(key=lambda r: statements.length[r[0]] + statements.length[r[1]] + random.random() * 12)
        batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
        random.shuffle(batches)
        for batch in batches:
            share = (time.time() - start) / seconds
            if share >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = group["top"] * min(1.0, (step + 1) / 60) * max(0.02, 1 - share)
            a, b, gold, weight = (np.array(x) for x in zip(*batch))
            flip = (np.random.random(len(a)) < 0.5) & (gold < FOLLOWS)
            a, b, gold = np.where(flip, b, a), np.where(flip, a, b), np.where(flip, swapped(gold), gold)
            with half(statements.device):
                z = teacher(statements.pairs(a, b))
            to = lambda x, kind: torch.as_tensor(x, dtype=kind, device=statements.device)
            value = loss(z, to(gold, torch.long), to(weight, torch.float32))
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimiser.step()
            step += 1
            total += value.detach()
            if step % 200 == 0:
                print(f"{name} {step} loss {float(total) / 200:.4f} {time.time() - start:.0f} s", flush=True)
                total = 0.0
        print(f"{name} round of {len(rows)} rows over at {time.time() - start:.0f} s", flush=True)


def scores(teacher, statements, pairs, tokens=60000):
    a, b = pairs.T
    order = np.argsort(statements.length[a] + statements.length[b], kind="stable")
    out = np.zeros((len(pairs), len(RELATIONS)), np.float32)
    teacher.eval()
    at = 0
    with torch.no_grad(), half(statements.device):
        while at < len(order):
            size = max(1, tokens // int(statements.length[a[order[at]]] + statements.length[b[order[at]]]))
            some = order[at : at + size]
            out[some] = F.softmax(teacher(statements.pairs(a[some], b[some])), -1).cpu().numpy()
            at += size
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sequences", type=Path)
    parser.add_argument("--weights", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", default="90,200", help="for the public sets, for our text")
    parser.add_argument("--swap", action="store_true", help="judge pairs the other way round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--few", type=int, help="only so many pairs are judged: a trial")
    options = parser.parse_args()
    random.seed(options.seed)
    np.random.seed(options.seed)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pieces = (HERE / "../../src/judge/network/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    rows, sets = load(options.sequences)
    teacher = Teacher(pieces, options.weights).to(device)
    statements = Statements(rows, teacher, device)
    free = [s for s in sets if not s["held"]]
    first, second = (float(x) for x in options.seconds.split(","))
    labels = {"entailment": FOLLOWS, "neutral": LOOSE, "contradiction": 3}
    common = lambda pairs: [(p[0], p[1], labels[p[2]], 1.0) for p in pairs]
    run(teacher, statements, lambda: common(public(sets, 20000)), first, "public")
    run(teacher, statements, lambda: lessons(free, 1) + common(public(sets, 8000, 6000)), second, "ours")

    pairs = {(p[0], p[1]) for s in sets for p in s["pairs"]}
    for s in free:
        if s["set"] == "family":
            # Variants of a base about which nothing is written down.
            one = sorted({at for p in s["pairs"] for at in p[:2]})
            pairs.update((a, b) for at, a in enumerate(one) for b in one[at + 1 :] if (b, a) not in pairs)
    pairs = np.array(sorted(pairs)[: options.few], np.int32)
    start = time.time()
    p = scores(teacher, statements, pairs[:, ::-1] if options.swap else pairs)
    if options.swap:
        p = p[:, [0, 2, 1, 3, 4]]
    print(f"{len(pairs)} pairs judged in {time.time() - start:.0f} s", flush=True)
    np.savez_compressed(options.out, pairs=pairs, chances=(p * 65535).round().astype(np.uint16))
    where = {tuple(pair): at for at, pair in enumerate(pairs.tolist())}
    report([s for s in sets if s["held"]], lambda some: torch.from_numpy(p[[where.get((x[0], x[1]), 0) for x in some]]))


if __name__ == "__main__":
    main()

"""Learns the student from what `train --words` wrote; see README.md."""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.append(str(Path(__file__).parent.parent / "network"))
from measure import best_f1, chances  # noqa: E402
from student import Student  # noqa: E402
from words import FAMILY, PUBLIC, STORY, STRANGER, UNLABELLED_STORY, Words  # noqa: E402

# Which of the five relations a label allows: of public sets an 'entailment' may go both ways, a 'neutral' may follow the other way.
ALLOWED = torch.zeros(10, 5)
ALLOWED[:5] = torch.eye(5)
ALLOWED[UNLABELLED_STORY, 4] = ALLOWED[7, :2] = ALLOWED[8, [2, 4]] = ALLOWED[9, 3] = 1
BACKWARD = [0, 2, 1, 3, 4]


def weights(pairs):
    """How much a pair counts. Of what is not listed in a story one in sixteen is drawn each round, and counts for some of the others."""
    listed = pairs["label"] < 5
    weight = np.select(
        [pairs["source"] == s for s in (FAMILY, STORY, PUBLIC, STRANGER)], [1.0, np.where(listed, 0.7, 0.6), 0.3, 0.5]
    )
    return torch.from_numpy(weight.astype(np.float32))


def round_of(pairs, own, share, draw):
    """The pairs of one round, mixed."""
    unlisted = own & (pairs["source"] == STORY) & (pairs["label"] == UNLABELLED_STORY)
    public = own & (pairs["source"] == PUBLIC)
    some = lambda mask, share: draw.choice(np.flatnonzero(mask), int(mask.sum() * share), replace=False)
    places = np.concatenate([np.flatnonzero(own & ~unlisted & ~public), some(unlisted, 1 / 16), some(public, share)])
    return draw.permutation(places)


def said(student, words, places, batch=512):
    """Log-odds, in the order of the places."""
    student.eval()
    out = torch.zeros(len(places), 4)
    order = np.argsort(words.length[places], kind="stable")
    with torch.no_grad():
        for start in range(0, len(places), batch):
            some = order[start : start + batch]
            out[torch.from_numpy(some)] = student(*words.batch(places[some]))
    student.train()
    return out


def report(student, words, stories):
    """How it does by itself on what is held back."""
    pairs = words.pairs
    places = np.flatnonzero(pairs["held"] & (pairs["source"] == FAMILY))
    gold, p = pairs["label"][places], chances(said(student, words, places)).exp().numpy()
    best = p.argmax(1)
    clash = (best == 3) & (gold == 3)
    line = (
        f"families: accuracy {(best == gold).mean():.3f}, contradiction precision {clash.sum() / max(1, (best == 3).sum()):.3f} "
        f"recall {clash.sum() / (gold == 3).sum():.3f}"
    )
    if stories:
        places = np.flatnonzero(pairs["held"] & (pairs["source"] == STORY))
        gold, p = pairs["label"][places], chances(said(student, words, places)).exp().numpy()
        for name, value, relation in (("duplicate", p[:, :3].sum(1), 0), ("contradiction", p[:, 3], 3)):
            hits = (gold == relation).tolist()
            line += f"; stories: {name} best f1 {best_f1(list(zip(value.tolist(), hits)), sum(hits))}"
    return line


def golden(student, words, count=40):
    """Pairs of held families and what the student says of them, to hold the Rust code against."""
    pairs, text = words.pairs, words.text()
    places = np.flatnonzero(pairs["held"] & (pairs["source"] == FAMILY))
    places = places[:: len(places) // count][:count]
    for pair, logits in zip(pairs[places], said(student, words, places).tolist()):
        yield json.dumps({"a": text[pair["a"]], "b": text[pair["b"]], "logits": [round(z, 4) for z in logits]}, ensure_ascii=False)


def learn(student, words, options):
    pairs, weight = words.pairs, weights(words.pairs)
    own = ~pairs["held"]
    if options.without is not None:
        own &= (pairs["fold"] != options.without) | (pairs["source"] == PUBLIC)
    draw = np.random.default_rng(options.seed)
    steps = torch.optim.AdamW(student.parameters(), lr=options.rate, weight_decay=0.01)
    size = len(round_of(pairs, own, options.public, draw))
    done, start = 0, time.monotonic()
    while True:
        lost = []
        for places in words.batches(round_of(pairs, own, options.public, draw), 256, draw):
            progress = max(done / (options.rounds * size), (time.monotonic() - start) / options.seconds)
            if progress >= 1:
                return
            for group in steps.param_groups:
                group["lr"] = options.rate * min(1, done / 20000 + 0.05) * max(0.02, 1 - progress)
            turned = draw.random() < 0.5
            p = chances(student(*words.batch(places, turned)))
            allowed = ALLOWED[torch.from_numpy(pairs["label"][places].astype(np.int64))]
            if turned:
                allowed = allowed[:, BACKWARD]
            loss = -torch.logsumexp(p.masked_fill(allowed == 0, -1e4), -1)
            counts = weight[torch.from_numpy(places)]
            loss = (loss * counts).sum() / counts.sum()
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            steps.step()
            done += len(places)
            lost.append(float(loss.detach()))
        print(f"{done / size:.1f} rounds, {time.monotonic() - start:.0f} s, loss {np.mean(lost):.4f}; {report(student, words, False)}", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("words", help="folder of train --words")
    arguments.add_argument("--out", required=True, help="folder for english.bin, golden.jsonl and the state")
    arguments.add_argument("--without", type=int, choices=(0, 1), help="learn nothing from this fold")
    arguments.add_argument("--start", help="a state to go on from")
    arguments.add_argument("--rounds", type=float, default=10)
    arguments.add_argument("--seconds", type=float, default=1500)
    arguments.add_argument("--public", type=float, default=0.6, help="share of the public pairs drawn each round")
    arguments.add_argument("--rate", type=float, default=2e-3)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    words, student = Words(options.words), Student()
    if options.start:
        student.load_state_dict(torch.load(options.start, weights_only=True))
    if options.rounds > 0:
        learn(student, words, options)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(student.state_dict(), out / "state.pt")
    student.round()
    print(report(student, words, True), flush=True)
    (out / "english.bin").write_bytes(student.bytes())
    (out / "golden.jsonl").write_text("".join(line + "\n" for line in golden(student, words)), encoding="utf-8")


main()

"""Labelled pairs as `train --words` writes them, in batches."""

import json
from pathlib import Path

import numpy as np
import torch

KNOWN, TIES = 27, 16
# The tie of two words as seen from the other side: a narrower figure is a wider one.
TURNED = np.arange(TIES)
TURNED[[9, 10]] = 10, 9
UNLABELLED_STORY = 6
FAMILY, STORY, PUBLIC, STRANGER = range(4)

PAIR = np.dtype(
    [("a", "<u4"), ("b", "<u4"), ("tie", "<u4"), ("ties", "<u4"), ("label", "u1"), ("source", "u1"), ("held", "?"), ("fold", "u1")]
)
TOKEN = np.dtype([("row", "<u4"), ("known", "<f4", KNOWN)])


class Words:
    def __init__(self, folder):
        folder = Path(folder)
        self.vectors = torch.from_numpy(np.fromfile(folder / "vectors.bin", dtype="<f4").reshape(-1, 96))
        self.tokens = np.fromfile(folder / "tokens.bin", dtype=TOKEN)
        self.statements = np.fromfile(folder / "statements.bin", dtype="<u4").reshape(-1, 2).astype(np.int64)
        self.ties = np.fromfile(folder / "ties.bin", dtype="u1").reshape(-1, 4)
        self.pairs = np.fromfile(folder / "pairs.bin", dtype=PAIR)
        self.texts = folder / "texts.jsonl"
        self.length = self.statements[self.pairs["a"], 1] + self.statements[self.pairs["b"], 1]

    def text(self):
        return [json.loads(line) for line in self.texts.open(encoding="utf-8")]

    def side(self, statements):
        """Vectors, what is known, and which places are filled."""
        start, count = self.statements[statements].T
        place = np.arange(max(1, count.max()))[None]
        filled = place < count[:, None]
        at = np.where(filled, start[:, None] + place, 0)
        rows = torch.from_numpy(self.tokens["row"][at].astype(np.int64))
        return self.vectors[rows], torch.from_numpy(self.tokens["known"][at]), torch.from_numpy(filled)

    def tied(self, pairs, height, width):
        """Ties and likenesses of every two words."""
        ties = torch.zeros(len(pairs), height, width, dtype=torch.int64)
        like = torch.zeros(len(pairs), height, width)
        count = pairs["ties"].astype(np.int64)
        row = np.repeat(np.arange(len(pairs)), count)
        first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
        at = np.repeat(pairs["tie"].astype(np.int64) - first, count) + np.arange(count.sum())
        i, j, tie, alike = self.ties[at].T.astype(np.int64)
        ties[row, i, j] = torch.from_numpy(tie)
        like[row, i, j] = torch.from_numpy(alike.astype(np.float32)) / 255
        return ties, like

    def batch(self, places, turned=False):
        pairs = self.pairs[places]
        a, b = self.side(pairs["a"]), self.side(pairs["b"])
        ties, like = self.tied(pairs, a[0].shape[1], b[0].shape[1])
        if turned:
            return b, a, torch.from_numpy(TURNED)[ties].transpose(1, 2), like.transpose(1, 2)
        return a, b, ties, like

    def batches(self, places, size, draw, pool=16):
        """Pairs of about one length together, in random order."""
        for start in range(0, len(places), size * pool):
            some = places[start : start + size * pool]
            some = some[np.argsort(self.length[some], kind="stable")]
            cuts = [some[at : at + size] for at in range(0, len(some), size)]
            for at in draw.permutation(len(cuts)):
                yield cuts[at]

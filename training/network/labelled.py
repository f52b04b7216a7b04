"""Labelled pairs, as `train --sequences` writes them and as teachers think of them."""

import json
import random

import numpy as np

from measure import RELATIONS

# Public labels say less: an 'entailment' may go both ways, a 'neutral' may follow the other way.
FOLLOWS, LOOSE = 5, 6
# How much an unlisted pair of a story counts, and one of two families.
UNLISTED, STRANGER = 0.15, 0.5

BACKWARD = np.array([0, 2, 1, 3, 4, FOLLOWS, LOOSE])


def swapped(gold):
    """The label of a pair the other way round."""
    return BACKWARD[gold]


def load(path):
    """Statements and sets of pairs of them."""
    statements, sets = [], []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        (statements if "pieces" in row else sets).append(row)
    return statements, sets


def public(sets, most, count=None):
    """Pairs of the public sets, at most so many of each and in all."""
    pairs = []
    for s in sets:
        if s["set"] == "public":
            own = [p for p in s["pairs"] if p[2] in ("entailment", "neutral", "contradiction")]
            random.shuffle(own)
            pairs += own[:most]
    random.shuffle(pairs)
    return pairs[:count]


class Soft:
    """What teachers think: chances of the relations for pairs of statements, the mean over the files."""

    def __init__(self, paths):
        self.rows, total = {}, 0.0
        for path in paths:
            file = np.load(path)
            total = total + file["chances"].astype(np.float32) / 65535
            if not self.rows:
                pairs = file["pairs"]
                self.rows = {(a, b): at for at, (a, b) in enumerate(pairs.tolist())}
            elif not np.array_equal(pairs, file["pairs"]):
                raise SystemExit(f"{path}: other pairs than {paths[0]}")
        self.chances = total / max(1, len(paths))

    def __call__(self, a, b):
        """Chances as a list, or none."""
        at = self.rows.get((a, b))
        if at is not None:
            return self.chances[at].tolist()
        at = self.rows.get((b, a))
        return None if at is None else self.chances[at][[0, 2, 1, 3, 4]].tolist()

    def related(self, a, b):
        """How likely the two say something about each other at all."""
        found = self(a, b)
        return 0.0 if found is None else 1 - found[RELATIONS.index("neutral")]

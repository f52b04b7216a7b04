"""How much of a label the variant gives away without its base: a bag of words and pairs of words, whole families held out.

    python3 training/families/leak.py [FILE ...]

Without arguments, every .jsonl file beside this one and under training/held. Prints the share of variants whose relation the bag finds, beside that of
always saying the commonest, over all and for each kind; a kind far above the rest is written with words that tell it. Needs Python alone.
"""

import collections
import hashlib
import json
import math
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDS = 5
RELATIONS = ("duplicate", "contradiction", "neutral", "entailment")


def bag(text):
    words = re.findall(r"\w+|[?\"]", text.lower())
    return set(words) | set(zip(words, words[1:]))


def relation(variant):
    return variant["relation"].replace("entailed_by_variant", "entailment")


class NaiveBayes:
    def __init__(self, rows, smooth=0.5):
        self.prior = collections.Counter(label for label, _ in rows)
        counts = {label: collections.Counter() for label in self.prior}
        for label, words in rows:
            counts[label].update(words)
        self.words = {}
        for label, n in self.prior.items():
            for word, c in counts[label].items():
                self.words.setdefault(word, {})[label] = math.log((c + smooth) / (n + 2 * smooth))
        self.unseen = {label: math.log(smooth / (n + 2 * smooth)) for label, n in self.prior.items()}

    def says(self, words):
        score = {label: math.log(n) for label, n in self.prior.items()}
        for word in words:
            known = self.words.get(word)
            # A word of one family only says nothing.
            if known:
                for label in score:
                    score[label] += known.get(label, self.unseen[label])
        return max(RELATIONS, key=lambda r: score.get(r, -math.inf))


def main():
    folders = (HERE, HERE.parent / "held" / HERE.name)
    files = [Path(a) for a in sys.argv[1:]] or sorted(p for f in folders for p in f.glob("*.jsonl"))
    folds = collections.defaultdict(list)
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            family = json.loads(line)
            fold = hashlib.sha256(family["id"].encode()).digest()[0] % FOLDS
            folds[fold] += [(relation(v), v["kind"], bag(v["text"])) for v in family["variants"]]
    right, all_ = collections.Counter(), collections.Counter()
    for fold in range(FOLDS):
        learned = NaiveBayes([(r, words) for f in range(FOLDS) if f != fold for r, _, words in folds[f]])
        for label, kind, words in folds[fold]:
            for key in ("all", f"{label}/{kind}"):
                all_[key] += 1
                right[key] += learned.says(words) == label
    commonest = collections.Counter(label for rows in folds.values() for label, _, _ in rows).most_common(1)[0]
    print(f"all: {right['all'] / all_['all']:.3f} of {all_['all']}; always {commonest[0]}: {commonest[1] / all_['all']:.3f}")
    for key in sorted(k for k in all_ if k != "all"):
        print(f"  {key} {right[key] / all_[key]:.3f} of {all_[key]}")


if __name__ == "__main__":
    main()

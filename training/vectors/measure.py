"""What a table is worth: STS-B dev (Spearman) and duplicates among the variants of the families (AUC)."""

import gzip
import json
import re
from pathlib import Path

import numpy as np
from scipy.stats import rankdata, spearmanr
from table import Words, unit

TOKEN = re.compile(r"[a-z0-9]+")
HARMONIC = 11.5  # Sum of 1/r over some 55,000 ranks: Zipf's law as a probability.


def sif(rarity: float, words: int, a: float = 1e-3) -> float:
    rank = (words + 1.0) ** rarity
    return a / (a + 1.0 / (rank * HARMONIC))


def sentence(words: Words, text: str, weigh) -> np.ndarray:
    total = np.zeros(words.rows.shape[1], np.float32)
    for word in TOKEN.findall(text.lower()):
        units = words.units(word)
        if units:
            total += weigh(words.rarity(word)) * unit(words.rows[units].sum(0))
    return total


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    ranks = rankdata(scores)
    n = positive.sum()
    return (ranks[positive].sum() - n * (n + 1) / 2) / (n * (~positive).sum())


def load(data: Path):
    with gzip.open(data / "public/pairs/stsb/dev.jsonl.gz", "rt") as file:
        sts = [json.loads(line) for line in file]
    families = [json.loads(line) for path in sorted((data / "families").glob("*.jsonl")) for line in path.open()]
    pairs = [json.loads(line) for line in (data / "pairs/news_pairs_dev.jsonl").open()]
    return sts, families, pairs


def measure(words: Words, loaded, weigh=None) -> dict[str, float]:
    weigh = weigh or (lambda r: sif(r, words.words))
    sts, families, pairs = loaded
    memo = {}

    def of(text):
        if text not in memo:
            memo[text] = unit(sentence(words, text, weigh))
        return memo[text]

    out = {"sts": spearmanr([of(r["a"]) @ of(r["b"]) for r in sts], [r["label"] for r in sts])[0]}
    rows = [(of(f["base"]) @ of(v["text"]), v["relation"], v["kind"]) for f in families for v in f["variants"]]
    score = np.array([r[0] for r in rows])
    relation = np.array([r[1] for r in rows])
    out["duplicate~other"] = auc(score, relation == "duplicate")
    keep = np.isin(relation, ["duplicate", "neutral"])
    out["duplicate~neutral"] = auc(score[keep], relation[keep] == "duplicate")
    # The first of the two questions, 'one matter?': a family's own variants against those of the next family of its file,
    # which is on a like topic.
    other = [of(f["base"]) @ of(v["text"]) for f, g in zip(families, families[1:]) for v in g["variants"]]
    own = score[relation != "neutral"]
    out["matter"] = auc(np.concatenate([own, other]), np.arange(len(own) + len(other)) < len(own))
    score = np.array([of(r["a"]) @ of(r["b"]) for r in pairs])
    out["dev duplicate~neutral"] = auc(*(lambda k: (score[k], np.array([r["relation"] == "duplicate" for r in pairs])[k]))(
        np.array([r["relation"] in ("duplicate", "neutral") for r in pairs])))
    return out

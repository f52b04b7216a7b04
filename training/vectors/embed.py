"""Runs the teacher on every unit alone and keeps the raw vectors: `python embed.py CACHE.npz [EXTRA_WORDS]`.

A unit is a Latin WordPiece token ('minister', '##ing'), or a frequent English word that WordPiece would split.
The units stand in order of frequency, most frequent first; pieces ('##...') come last. A word's frequency is read from
two rankings: the order of the WordPiece vocabulary (made from news-like and encyclopaedic text, names included) and
the counts of SymSpell's dictionary (Google Books n-grams); the two are brought to one scale and averaged in the log.
"""

import re
import sys
from importlib.resources import files

import numpy as np
from teacher import Teacher, vocabulary

WORD = re.compile(r"[a-z]+|[a-z0-9]*[0-9][a-z0-9]*")
PIECE = re.compile(r"##[a-z0-9]+")
# Whole words of the vocabulary stand in order of frequency from this id ('the') on; single characters come before it.
FIRST_WORD = 1996


def counts() -> dict[str, int]:
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    out = {}
    for line in text.splitlines():
        word, count = line.split()
        if WORD.fullmatch(word):
            out[word] = int(count)
    return out


def units(extra: int) -> list[str]:
    tokens = vocabulary()
    count = counts()
    ranked = [t for i, t in enumerate(tokens) if i >= FIRST_WORD and WORD.fullmatch(t)]
    by_vocabulary = {t: np.log(r + 1.0) for r, t in enumerate(ranked)}
    by_count = {t: np.log(r + 1.0) for r, t in enumerate(sorted(count, key=lambda t: (-count[t], t)))}
    # Both scales are log ranks. A word known to one ranking only takes that rank, mapped by a monotone fit over the
    # words that both know (quantile to quantile would do as well).
    both = [t for t in ranked if t in by_count]
    x = np.array([by_vocabulary[t] for t in both])
    y = np.array([by_count[t] for t in both])
    slope, shift = np.polyfit(x, y, 1)
    place = {}
    for t in set(by_vocabulary) | set(by_count):
        a = by_vocabulary[t] * slope + shift if t in by_vocabulary else None
        b = by_count.get(t)
        place[t] = b if a is None else a if b is None else (a + b) / 2
    known = set(tokens)
    split = [t for t in sorted(by_count, key=by_count.get) if t not in known and len(t) > 2 and t.isalpha()][:extra]
    singles = [t for i, t in enumerate(tokens) if i < FIRST_WORD and WORD.fullmatch(t)]
    words = sorted(set(ranked) | set(singles) | set(split), key=lambda t: (place.get(t, 99.0), t))
    pieces = [t for t in tokens if PIECE.fullmatch(t)]
    return words + pieces


def main() -> None:
    out = sys.argv[1]
    extra = int(sys.argv[2]) if len(sys.argv) > 2 else 30000
    teacher = Teacher()
    names = units(extra)
    ids = {t: i for i, t in enumerate(vocabulary())}
    rows = [[ids[t]] if t in ids else teacher.encode([t])[0] for t in names]
    raw = teacher.pooled(rows)
    np.savez(out, names=np.array(names), raw=raw, split=np.array([t not in ids for t in names]))
    print(len(names), "units", raw.shape)


main()

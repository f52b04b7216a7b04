"""Writes src/lexicon/data/antonyms.txt from the dictionary files of WordNet 3.0.

usage: wordnet_antonyms.py WORDNET_FOLDER > src/lexicon/data/antonyms.txt

WORDNET_FOLDER holds data.noun, data.verb, data.adj, data.adv and cntlist.rev. A pair is kept where both lemmas are single
words of three letters or more and each was tagged at least once in WordNet's sense-tagged texts: rare lemmas oppose more
than newspapers know.
"""
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
count = {}
for line in (folder / "cntlist.rev").read_text().splitlines():
    key, _, n = line.split()
    lemma = key.split("%")[0]
    count[lemma] = count.get(lemma, 0) + int(n)

pairs = set()
for part in ("noun", "verb", "adj", "adv"):
    synsets, pointers = {}, []
    for line in (folder / f"data.{part}").read_text().splitlines():
        if line.startswith("  "):
            continue
        f = line.split(" | ")[0].split()
        words = [f[4 + 2 * i].split("(")[0].lower() for i in range(int(f[3], 16))]
        synsets[f[0]] = words
        at = 4 + 2 * len(words)
        for i in range(int(f[at])):
            symbol, offset, _, ends = f[at + 1 + 4 * i: at + 5 + 4 * i]
            if symbol == "!":
                pointers.append((words[int(ends[:2], 16) - 1], offset, int(ends[2:], 16)))
    for word, offset, target in pointers:
        other = synsets[offset][target - 1]
        if word.isalpha() and other.isalpha() and min(len(word), len(other)) >= 3 and word != other:
            if count.get(word) and count.get(other):
                pairs.add(tuple(sorted((word, other))))
print("# Antonym pairs of WordNet 3.0, both lemmas seen in its sense-tagged texts; made by training/lexicon/wordnet_antonyms.py.")
print("# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Licence: WordNet, see NOTICE.")
for a, b in sorted(pairs):
    print(a, b)

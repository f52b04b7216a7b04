"""What benches/near_copies.rs measures, of the Python package rensa (a MinHash index written in Rust).

    python3 -m venv VENV && VENV/bin/pip install -r benches/peers/requirements.txt
    VENV/bin/python benches/peers/near_copies.py FILE.jsonl.gz [--perms 128 --bands 32 --similarity 0.48]

Words are runs of letters and digits in lower case, as ours; candidates of the index are verified by the Jaccard similarity of
their sets of words, at the same threshold as ours. 42 bands of 3 find more of the copies with 30 % of
their words changed (0.97 for 0.92) in ten times the seconds. Columns as in benches/near_copies.rs; the seconds and megabytes are those
of the whole process.
"""

import argparse
import gzip
import json
import re
import resource
import sys

from rensa import RMinHash, RMinHashLSH

LEVELS = ["surface", "words_1_2", "reorder", "words_30pct"]
WORD = re.compile(r"\w+")


def read(path):
    """Ids, sets of words, clusters, and by level the pairs of a copy and its original."""
    ids, words, clusters, copies = [], [], {}, {level: [] for level in LEVELS}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            ids.append(row["id"])
            words.append(set(map(sys.intern, WORD.findall(row["text"].lower()))))
            clusters[row["id"]] = row["cluster"]
            if row["level"] in copies and row.get("of") is not None:
                copies[row["level"]].append(tuple(sorted((row["id"], row["of"]))))
    return ids, words, clusters, copies


def pairs(words, ids, perms, bands, similarity):
    """All pairs that the index brings together and that are similar enough."""
    hashed = RMinHash.from_token_sets(words, perms, 42)
    index = RMinHashLSH(threshold=similarity, num_perm=perms, num_bands=bands)
    index.insert_many(hashed)
    found = set()
    for a, near in enumerate(index.query_all(hashed)):
        for b in near:
            if a < b:
                both = len(words[a] & words[b])
                if both >= similarity * (len(words[a]) + len(words[b]) - both):
                    found.add(tuple(sorted((ids[a], ids[b]))))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--perms", type=int, default=128)
    parser.add_argument("--bands", type=int, default=32)
    parser.add_argument("--similarity", type=float, default=0.48)
    asked = parser.parse_args()
    ids, words, clusters, copies = read(asked.file)
    found = pairs(words, ids, asked.perms, asked.bands, asked.similarity)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime
    right = sum(clusters[a] == clusters[b] for a, b in found)
    print(f"{'recall:':<12}", *(f"{level:>11}" for level in LEVELS), " precision    pairs   CPU s     MB  texts/s")
    recall = [sum(p in found for p in copies[level]) / max(1, len(copies[level])) for level in LEVELS]
    print(
        f"{'rensa':<12}",
        *(f"{share:>11.4f}" for share in recall),
        f"{right / max(1, len(found)):>9.4f} {len(found):>8} {seconds:>7.2f}",
        f"{used.ru_maxrss / 1024:>6.0f} {len(ids) / seconds:>8.0f}",
    )


if __name__ == "__main__":
    main()

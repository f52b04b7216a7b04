"""Chooses the network's vocabulary: the WordPiece tokens of all-MiniLM-L6-v2 that news uses most.

    python3 training/network/vocabulary.py DATA --size 13000 --out src/judge/network/vocabulary.txt

Counts tokens over the articles of DATA/public/docs/article_bias (only counts are kept of them) and over our own families and
stories. Single letters, digits and marks always stay, so that every word can still be spelt.
"""

import argparse
import collections
import gzip
import json
import string
from pathlib import Path

from encoder import tokenizer, vocabulary

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[OPEN]", "[CLOSE]"]
ARTICLES = 8000


def texts(data):
    for file in sorted((data / "public/docs/article_bias").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for at, line in enumerate(lines):
                if at % 5 == 0:
                    yield json.loads(line)["text"]
                if at >= 5 * ARTICLES:
                    break


def own(root):
    for file in sorted(root.glob("families/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            family = json.loads(line)
            yield from [family["base"]] + [v["text"] for v in family["variants"]]
    for file in sorted(root.glob("stories/*/articles.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", type=int, default=13000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    names, counts = vocabulary(), collections.Counter()
    encode = tokenizer()
    for text in texts(options.data):
        counts.update(encode.encode(text[:6000], add_special_tokens=False).ids)
    for text in own(Path(__file__).parent.parent):
        for token in encode.encode(text, add_special_tokens=False).ids:
            counts[token] += 3
    single = set(string.ascii_lowercase + string.digits + string.punctuation + "€£–—…°%")
    always = [n for n in names if n in single or n.startswith("##") and n[2:] in single]
    kept = SPECIAL + always
    have = set(kept)
    for token, _ in counts.most_common():
        if len(kept) >= options.size:
            break
        name = names[token]
        if name not in have and not name.startswith("[") and name.isascii():
            kept.append(name)
            have.add(name)
    options.out.write_text("\n".join(kept) + "\n", encoding="utf-8")
    total = sum(counts.values())
    print(f"{len(kept)} tokens cover {sum(n for t, n in counts.items() if names[t] in have) / total:.4f} of the text")


if __name__ == "__main__":
    main()

"""Checks families of claims: form, dates, variants that repeat their base or one another.

    python3 training/families/check.py [FILE ...]

Without arguments, every .jsonl file beside this one and under training/held. Prints what is wrong, one line each, and ends with status 1 if anything is.
The form is described in README.md.
"""

import collections
import datetime
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
KINDS = {
    "duplicate": "paraphrase voice_order light_edit number_format attribution quotation name_variant",
    "contradiction": "negation antonym quantity date place role rejection denial implicative quantifier attributed_clash "
    "world_knowledge competing_explanation",
    "neutral": "other_fact same_template similar_event update part_whole hedge conditional question opinion",
    "entailment": "dropped_detail bound weaker_modality",
    "entailed_by_variant": "added_detail",
}


def words(text):
    return tuple(re.findall(r"\w+", text.lower()))


def main():
    folders = (HERE, HERE.parent / "held" / HERE.name)
    files = [Path(a) for a in sys.argv[1:]] or sorted(p for f in folders for p in f.glob("*.jsonl"))
    wrong, count, variants = 0, 0, collections.Counter()
    ids, texts = set(), set()
    for file in files:
        for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{file.name}:{at}"

            def say(what):
                nonlocal wrong
                wrong += 1
                print(f"{where}: {what}")

            family = json.loads(line)
            count += 1
            if family["id"] in ids:
                say(f"id {family['id']} twice")
            ids.add(family["id"])
            datetime.date.fromisoformat(family["date"])
            if not 6 <= len(family["variants"]) <= 10:
                say(f"{len(family['variants'])} variants, expected 6 to 10")
            own = [family["base"]] + [v["text"] for v in family["variants"]]
            for text in own:
                if not 6 <= len(text.split()) <= 48:
                    say(f"{len(text.split())} words, expected 6 to 48: {text}")
                if words(text) in texts:
                    say(f"stands elsewhere word for word: {text}")
                texts.add(words(text))
            relations = collections.Counter(v["relation"] for v in family["variants"])
            if relations["duplicate"] < 2 or relations["contradiction"] < 2 or relations["neutral"] < 1:
                say(f"expected 2 duplicates, 2 contradictions and a neutral at least: {dict(relations)}")
            for v in family["variants"]:
                datetime.date.fromisoformat(v["date"])
                if v["kind"] not in KINDS.get(v["relation"], "").split():
                    say(f"kind {v['kind']} of {v['relation']}")
                variants[v["relation"], v["kind"]] += 1
    for (relation, kind), n in sorted(variants.items()):
        print(f"  {relation}/{kind} {n}")
    print(f"{count} families, {sum(variants.values())} variants, {wrong} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

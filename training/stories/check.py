"""Checks labelled stories: form, exact quotes, counts, and that no link is listed twice.

    python3 training/stories/check.py [STORY ...]

Without arguments, every story beside this file and under training/held. Prints what is wrong, one line each, and ends with status 1 if anything is.
The form is described in README.md.
"""

import collections
import datetime
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
STANCES = {"asserts", "denies", "hedges", "predicts"}
RELATIONS = {"duplicate", "contradiction", "trap"}
FEWEST = {"duplicate": 12, "contradiction": 9, "trap": 8}


def rows(path):
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def quoted(text, at):
    """Whether a place stands inside quotation marks that opened in its paragraph, or in curly ones that opened before."""
    before = text[:at]
    return before.rfind("“") > before.rfind("”") or before.split("\n")[-1].count('"') % 2 == 1


def check(story):
    wrong = []
    articles = {a["id"]: a for a in rows(story / "articles.jsonl")}
    lines = collections.defaultdict(set)
    if len(articles) != 5:
        wrong.append(f"{len(articles)} articles, expected 5")
    for row in rows(story / "boilerplate.jsonl"):
        lines[row["article"]].add(row["line"])
        if row["line"] not in articles[row["article"]]["text"].split("\n"):
            wrong.append(f"{row['article']}: no line '{row['line']}'")
    for a in articles.values():
        datetime.date.fromisoformat(a["published"])
        text = a["text"].split("\n")
        body = sum(len(line.split()) for line in text if line not in lines[a["id"]])
        if a["title"] not in text or a["title"] in lines[a["id"]]:
            wrong.append(f"{a['id']}: the title must be a line of the text and no boilerplate")
        if not 200 <= body <= 420:
            wrong.append(f"{a['id']}: {body} words of story, expected 200 to 420")

    def quote(name, article, text):
        found = articles[article]["text"].count(text) if article in articles else 0
        if found != 1:
            wrong.append(f"{name}: in {article} {found} times, expected once: {text}")
        if any(text in line for line in lines[article]):
            wrong.append(f"{name}: stands in boilerplate: {text}")

    links = rows(story / "links.jsonl")
    crossing = collections.Counter()
    seen = set()
    for link in links:
        ends = [(link[side]["article"], link[side]["quote"]) for side in "ab"]
        for end in ends:
            quote(link["id"], *end)
        if ends[0][0] == ends[1][0]:
            wrong.append(f"{link['id']}: both ends in {ends[0][0]}")
        if link["relation"] not in RELATIONS:
            wrong.append(f"{link['id']}: relation {link['relation']}")
        if link["relation"] != "trap":
            crossing.update(end[0] for end in ends)
        if frozenset(ends) in seen:
            wrong.append(f"{link['id']}: listed twice")
        seen.add(frozenset(ends))
    counts = collections.Counter(link["relation"] for link in links)
    for relation, fewest in FEWEST.items():
        if counts[relation] < fewest:
            wrong.append(f"{counts[relation]} of {relation}, expected {fewest} or more")
    if sum(1 for a in articles if not crossing[a]) != 1:
        wrong.append("expected exactly one article with traps only: the one on another event")
    for row in rows(story / "attributions.jsonl"):
        quote("attribution", row["article"], row["quote"])
        if row["stance"] not in STANCES:
            wrong.append(f"stance {row['stance']}: {row['quote']}")
        at = articles[row["article"]]["text"].find(row["quote"])
        if row["direct"] and not quoted(articles[row["article"]]["text"], at):
            wrong.append(f"a direct quote outside quotation marks: {row['quote']}")
    return wrong, counts


def main():
    folders = (HERE, HERE.parent / "held" / HERE.name)
    stories = [Path(a) for a in sys.argv[1:]] or sorted(p.parent for f in folders for p in f.glob("*/articles.jsonl"))
    bad, total = False, collections.Counter()
    for story in stories:
        wrong, counts = check(story)
        total.update(counts)
        for line in wrong:
            print(f"{story.name}: {line}")
        bad |= bool(wrong)
    print(f"{len(stories)} stories: {', '.join(f'{n} {r}' for r, n in sorted(total.items()))}")
    return bad


if __name__ == "__main__":
    sys.exit(main())

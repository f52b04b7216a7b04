"""How a network does on families and stories that it has not seen, before the judge's other evidence comes in."""

import torch
import torch.nn.functional as F

from encoder import half

RELATIONS = ["duplicate", "entailment", "entailed", "contradiction", "neutral"]


def chances(z):
    """Log-probabilities of the relations, as in src/judge/judgement.rs."""
    (s, c, f, b), (s0, c0, f0, b0) = F.logsigmoid(z).unbind(-1), F.logsigmoid(-z).unbind(-1)
    neutral = torch.logaddexp(s0, s + c0 + f0 + b0)
    return torch.stack([s + c0 + f + b, s + c0 + f + b0, s + c0 + f0 + b, s + c, neutral], -1)


def scores(network, statements, pairs, batch=256):
    places = sorted({at for p in pairs for at in p[:2]}, key=lambda at: len(statements[at]["pieces"]))
    where = {at: n for n, at in enumerate(places)}
    out = torch.zeros(len(pairs), 5)
    network.eval()
    with torch.no_grad(), half(network.encoder.places.device.type):
        reads = []
        for start in range(0, len(places), 64):
            reads.append(network.read([statements[at] for at in places[start : start + 64]]))
        length = max(r[0].shape[1] for r in reads)
        pad = lambda t: F.pad(t, (0, 0) * (t.dim() - 2) + (0, length - t.shape[1]))
        read = [torch.cat([pad(r[k]) for r in reads]) for k in range(4)]
        for start in range(0, len(pairs), batch):
            some = pairs[start : start + batch]
            a, b = (torch.tensor([where[p[side]] for p in some]) for side in (0, 1))
            out[start : start + len(some)] = chances(network.compare(read, a, b).float()).cpu()
    return out.exp()


def best_f1(ranked, gold):
    right, best = 0, (0.0, 0.0)
    for at, (p, hit) in enumerate(sorted(ranked, key=lambda x: -x[0]), 1):
        right += hit
        f1 = 2 * right / (at + gold)
        best = max(best, (f1, p))
    return f"{best[0]:.3f} at {best[1]:.2f}"


def report(sets, scorer):
    """`scorer` gives pairs their chances of the relations."""
    pairs = [p for s in sets if s["set"] == "family" for p in s["pairs"]]
    if pairs:
        p = scorer(pairs)
        gold = torch.tensor([RELATIONS.index(x[2]) for x in pairs])
        said = p.argmax(1)
        clash = said == 3
        precision = (clash & (gold == 3)).sum() / clash.sum().clamp(min=1)
        recall = (clash & (gold == 3)).sum() / (gold == 3).sum()
        nll = -p.gather(1, gold[:, None]).clamp(min=1e-6).log().mean()
        print(
            f"families: {len(pairs)} pairs, accuracy {(said == gold).float().mean():.3f}, contradiction precision {precision:.3f} "
            f"recall {recall:.3f}, loss {nll:.3f}",
            flush=True,
        )
    listed = [p for s in sets if s["set"] == "story" for p in s["pairs"]]
    if listed:
        p = scorer(listed)
        for name, value in (("duplicate", p[:, :3].sum(1)), ("contradiction", p[:, 3])):
            hits = [x[2] == name for x in listed]
            print(f"stories: {name} best f1 {best_f1(list(zip(value.tolist(), hits)), sum(hits))} of {len(listed)}", flush=True)


def measure(network, statements, sets):
    report(sets, lambda pairs: scores(network, statements, pairs))

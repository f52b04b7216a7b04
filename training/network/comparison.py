"""The second half of the network: two statements' vectors to four log-odds. src/judge/network/comparison.rs states the same."""

import torch
import torch.nn.functional as F
from torch import nn

from encoder import HEADS, WIDTH, Encoder, begin, feed


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.look = nn.Linear(width, 5 * width)
        self.equal = nn.Parameter(torch.ones(heads))
        self.gather, self.gather_norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.narrow_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, own, other, looked, seen, mask, equal, drop):
        rows, length, width = own.shape
        heads = len(self.equal)
        part = lambda x: x.reshape(rows, -1, heads, width // heads).transpose(1, 2)
        q, k, v = (part(t) for t in looked[..., : 3 * width].chunk(3, -1))
        k2, v2 = (part(t) for t in seen[..., 3 * width :].chunk(2, -1))
        scale = (width // heads) ** -0.5
        there = q @ k2.transpose(2, 3) * scale + self.equal[None, :, None, None] * equal[:, None]
        scores = torch.cat([q @ k.transpose(2, 3) * scale, there], -1).masked_fill(~mask[:, None, None], -1e4)
        mixed = torch.softmax(scores, -1) @ torch.cat([v, v2], 2)
        gathered = self.gather(mixed.transpose(1, 2).reshape(rows, length, width))
        return feed(self, self.gather_norm(own + F.dropout(gathered, drop, self.training)), drop)


class Comparison(nn.Module):
    """`upper` are layers of MiniLM that its own begin from, as wide as the encoder; or their number, begun anew."""

    def __init__(self, width, heads, inner, upper):
        super().__init__()
        begun = isinstance(upper, list)
        self.project, self.place = nn.Linear(WIDTH, width), nn.Embedding(2, width)
        self.project_norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(len(upper) if begun else upper))
        if begun:
            self.project.weight.data.copy_(torch.eye(WIDTH))
            nn.init.normal_(self.place.weight, std=0.02)
            for layer, at in zip(self.layers, upper):
                begin(layer, at, "qkvkv")
        self.join, self.out = nn.Linear(8 * width, width), nn.Linear(width, 3)

    def forward(self, x, y, drop):
        """Of each side: rows, mask, own (whether a piece is the statement's), ids."""
        (x, mx, ox, ix), (y, my, oy, iy) = x, y
        equal = (ix[:, :, None] == iy[:, None, :]).to(x.dtype)
        for layer in self.layers:
            p, q = layer.look(x), layer.look(y)
            x, y = (
                layer(x, y, p, q, torch.cat([mx, my], 1), equal, drop),
                layer(y, x, q, p, torch.cat([my, mx], 1), equal.transpose(1, 2), drop),
            )
        p, q = pool(x, ox), pool(y, oy)
        a, b = self.answer(p, q, drop), self.answer(q, p, drop)
        return torch.stack([a[:, 0] + b[:, 0], a[:, 1] + b[:, 1], 2 * a[:, 2], 2 * b[:, 2]], -1)

    def answer(self, p, q, drop):
        joined = self.join(torch.cat([p, q, (p - q).abs(), p * q], -1))
        return self.out(F.dropout(F.gelu(joined, approximate="tanh"), drop, self.training))


def pool(x, own):
    w = own.to(x.dtype)[..., None]
    return torch.cat([(x * w).sum(1) / w.sum(1), (x - 1e4 * (1 - w)).amax(1)], -1)


class Network(nn.Module):
    """`shape` of the comparison: width, heads, inner width and layers, or `upper:` and layers of MiniLM."""

    def __init__(self, pieces, layers, shape):
        super().__init__()
        self.encoder = Encoder(pieces, layers)
        if shape.startswith("upper:"):
            self.comparison = Comparison(WIDTH, HEADS, 4 * WIDTH, [int(x) for x in shape[6:].split(",")])
        else:
            self.comparison = Comparison(*(int(x) for x in shape.split(",")))

    def read(self, statements, drop=0.0):
        """Statements `{"pieces", "own"}` to rows, mask, own, ids."""
        length = max(len(s["pieces"]) for s in statements)
        ids = torch.zeros(len(statements), length, dtype=torch.long)
        own = torch.zeros(len(statements), length, dtype=torch.bool)
        for at, s in enumerate(statements):
            ids[at, : len(s["pieces"])] = torch.tensor(s["pieces"])
            own[at, s["own"][0] : s["own"][1]] = True
        mask = ids > 0
        device = self.encoder.places.device
        ids, own, mask = ids.to(device), own.to(device), mask.to(device)
        x = self.encoder(ids, mask, drop)
        c = self.comparison
        return c.project_norm(c.project(x) + c.place(own.long())), mask, own, ids

    def compare(self, read, a, b, drop=0.0):
        a, b = a.to(read[0].device), b.to(read[0].device)
        return self.comparison([t[a] for t in read], [t[b] for t in read], drop)

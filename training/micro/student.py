"""The student of src/judge/student.rs: decomposable attention over word vectors."""

import struct

import torch
import torch.nn.functional as F
from torch import nn

from words import KNOWN, TIES, TURNED

WIDTH, LOOK = 64, 32
STRETCH = 3.0


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(96 + KNOWN, WIDTH)
        self.near = nn.Linear(3 * WIDTH, WIDTH)
        self.look = nn.Linear(WIDTH, LOOK)
        # What a tie adds to the score of two words, likeness times, and the score of nothing.
        self.tie = nn.Parameter(torch.tensor([0.0, 3, 3, 0, 0, 0, 0, 3, 3, 3, 3, 3, 0, 0, 3, 0]))
        self.like, self.nothing = nn.Parameter(torch.tensor(6.0)), nn.Parameter(torch.tensor(2.0))
        self.compare = nn.Linear(3 * WIDTH + TIES + 2, WIDTH)
        self.again = nn.Linear(WIDTH, WIDTH)
        self.join = nn.Linear(2 * (2 * WIDTH + 2), WIDTH)
        self.out = nn.Linear(WIDTH, 3)
        self.drop = nn.Dropout(0.1)

    def read(self, vectors, known, filled):
        rows = F.relu(self.embed(torch.cat([STRETCH * vectors, known], -1))) * filled[..., None]
        before, after = F.pad(rows, (0, 0, 1, 0))[:, :-1], F.pad(rows, (0, 0, 0, 1))[:, 1:]
        more = F.relu(self.near(self.drop(torch.cat([before, rows, after], -1))))
        return (rows + more) * filled[..., None]

    def gather(self, rows, others, scores, ties, known, filled):
        nothing = self.nothing.expand(*scores.shape[:2], 1)
        shares = torch.cat([scores, nothing], -1).softmax(-1)
        shares, nothing = shares[..., :-1], shares[..., -1:]
        stands = shares @ others
        tied = torch.zeros(*rows.shape[:2], TIES).scatter_add_(2, ties, shares)
        weight = known[..., :1]
        seen = torch.cat([rows, stands, rows * stands, tied, nothing, weight], -1)
        made = F.relu(self.compare(self.drop(seen)))
        made = made + F.relu(self.again(made))
        weight = weight * filled[..., None]
        total = weight.sum(1).clamp(min=0.1)
        most = (made * filled[..., None]).max(1).values
        nothing = (nothing * weight).sum(1)
        return torch.cat([(made * weight).sum(1) / total, most, nothing / total, nothing / 4], -1)

    def forward(self, a, b, ties, like):
        """Same matter, clash, a entails b, b entails a."""
        x, y = self.read(*a), self.read(*b)
        # A narrower and a wider figure add the same, so that scores are the same from either side.
        turned = torch.from_numpy(TURNED)
        tie = (self.tie + self.tie[turned]) / 2
        scores = self.look(x) @ self.look(y).transpose(1, 2) / LOOK**0.5 + self.like * like + tie[ties]
        scores = scores.masked_fill(~(a[2][:, :, None] & b[2][:, None, :]), -1e4)
        p = self.gather(x, y, scores, ties, a[1], a[2])
        q = self.gather(y, x, scores.transpose(1, 2), turned[ties].transpose(1, 2), b[1], b[2])
        answer = lambda p, q: self.out(F.relu(self.join(self.drop(torch.cat([p, q], -1)))))
        forward, backward = answer(p, q), answer(q, p)
        both = forward[:, :2] + backward[:, :2]
        return torch.cat([both, 2 * forward[:, 2:], 2 * backward[:, 2:]], -1)

    def layers(self):
        return [self.embed, self.near, self.look, self.compare, self.again, self.join, self.out]

    def parts(self):
        """Layers and rows of numbers in the order of the file."""
        weight, bias = self.compare.weight, self.compare.bias
        own, other, both = weight[:, : 3 * WIDTH].split(WIDTH, 1)
        columns = weight[:, 3 * WIDTH :].T
        none = torch.zeros_like(bias)
        tie = (self.tie + self.tie[torch.from_numpy(TURNED)]) / 2
        yield from ((self.embed.weight, self.embed.bias), (self.near.weight, self.near.bias), (self.look.weight, self.look.bias))
        yield from ((own, bias), (other, none), (both, none))
        yield from (columns[:TIES], columns[TIES], columns[TIES + 1])
        yield from ((self.again.weight, self.again.bias), (self.join.weight, self.join.bias), (self.out.weight, self.out.bias))
        yield from (tie, self.like, self.nothing)

    def round(self):
        """Rounds the layers' weights as the file does. What a file gives is then what the model gives."""
        with torch.no_grad():
            for part in self.parts():
                if isinstance(part, tuple):
                    step = scale(part[0])
                    part[0].copy_((part[0] / step).round() * step)

    def bytes(self):
        floats = lambda x: x.detach().float().contiguous().numpy().astype("<f4").tobytes()
        out = [b"claimstu", struct.pack("<3H", 1, WIDTH, LOOK)]
        for part in self.parts():
            if isinstance(part, tuple):
                step = scale(part[0])
                whole = (part[0] / step).round().to(torch.int8)
                out += [floats(step[:, 0]), floats(part[1]), whole.contiguous().numpy().tobytes()]
            else:
                out.append(floats(part))
        return b"".join(out)


def scale(weight):
    """What a whole number stands for, by output."""
    return weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-6) / 127

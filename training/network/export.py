"""Writes a network in the form that src/judge/network.rs reads: weights as signed bytes, a scale for each row.

Few levels are used, fewer than a byte holds: the loss is below what training noise does, and the package compresses to half.
"""

import json
import struct

import numpy as np
import torch
from torch import nn

LAYER_LEVELS, TABLE_LEVELS = 31, 7


def whole(weight, levels):
    """Rows as whole numbers within +-levels and their scales; the scale is the best of some, by squared error."""
    most = weight.abs().amax(1, keepdim=True).clamp(min=1e-8)
    best_error, best = None, None
    for share in np.linspace(0.55, 1.0, 19):
        scale = most * float(share) / levels
        numbers = (weight / scale).round().clamp(-levels, levels)
        error = ((numbers * scale - weight) ** 2).sum(1, keepdim=True)
        if best is None:
            best_error, best = error, scale
        else:
            best = torch.where(error < best_error, scale, best)
            best_error = torch.minimum(error, best_error)
    return (weight / best).round().clamp(-levels, levels), best


def rounded(network):
    """Rounds a network in place, to measure what that costs."""
    for module in network.modules():
        if isinstance(module, nn.Linear):
            numbers, scale = whole(module.weight, LAYER_LEVELS)
            module.weight.copy_(numbers * scale)
    table = network.encoder.table.weight
    numbers, scale = whole(table, TABLE_LEVELS)
    table.copy_(numbers * scale)


def export(network, pieces, path):
    e, c = network.encoder, network.comparison
    out = bytearray(b"claimnet")
    width, narrow = e.table.weight.shape[1], c.project.out_features
    out += struct.pack(
        "<11H",
        1,
        len(pieces),
        width,
        e.layers[0].heads,
        e.layers[0].widen.out_features,
        len(e.layers),
        e.places.shape[0],
        narrow,
        len(c.layers[0].equal),
        c.layers[0].widen.out_features,
        len(c.layers),
    )

    def floats(x):
        nonlocal out
        out += x.detach().float().numpy().astype("<f4").tobytes()

    def linear(layer):
        nonlocal out
        numbers, scale = whole(layer.weight.detach(), LAYER_LEVELS)
        floats(scale[:, 0])
        floats(layer.bias)
        out += numbers.numpy().astype(np.int8).tobytes()

    def norm(layer):
        floats(layer.weight)
        floats(layer.bias)

    def rest(layer):
        linear(layer.gather)
        norm(layer.gather_norm)
        linear(layer.widen)
        linear(layer.narrow)
        norm(layer.narrow_norm)

    numbers, scale = whole(e.table.weight.detach(), TABLE_LEVELS)
    floats(scale[:, 0])
    out += numbers.numpy().astype(np.int8).tobytes()
    floats(e.places)
    norm(e.norm)
    for layer in e.layers:
        linear(layer.look)
        rest(layer)
    linear(c.project)
    floats(c.place.weight[0])
    floats(c.place.weight[1])
    norm(c.project_norm)
    for layer in c.layers:
        linear(layer.look)
        floats(layer.equal)
        rest(layer)
    linear(c.join)
    linear(c.out)
    path.write_bytes(out)
    print(f"{path}: {len(out)} bytes")


def golden(network, statements, pairs, path):
    """Pairs with the log-odds that a rounded network gives them in full precision."""
    network.eval()
    with torch.no_grad(), path.open("w", encoding="utf-8") as out:
        for a, b, *_ in pairs:
            read = network.read([statements[a], statements[b]])
            z = network.compare(read, torch.tensor([0]), torch.tensor([1]))[0]
            row = {"a": statements[a], "b": statements[b], "logits": [round(x, 4) for x in z.tolist()]}
            out.write(json.dumps(row) + "\n")

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


def parts(network):
    """What a file holds, in its order: floats as they are, linear layers and the table with scales and bytes."""
    e, c = network.encoder, network.comparison

    def norm(layer):
        return [layer.weight, layer.bias]

    def rest(layer):
        return [layer.gather, *norm(layer.gather_norm), layer.widen, layer.narrow, *norm(layer.narrow_norm)]

    yield from [e.table, e.places, *norm(e.norm)]
    for layer in e.layers:
        yield from [layer.look, *rest(layer)]
    yield from [c.project, c.place.weight, *norm(c.project_norm)]
    for layer in c.layers:
        yield from [layer.look, layer.equal, *rest(layer)]
    yield from [c.join, c.out]


def header(network, pieces):
    e, c = network.encoder, network.comparison
    sizes = [len(pieces), e.table.weight.shape[1], e.layers[0].heads, e.layers[0].widen.out_features, len(e.layers), e.places.shape[0]]
    sizes += [c.project.out_features, len(c.layers[0].equal), c.layers[0].widen.out_features, len(c.layers)]
    return b"claimnet" + struct.pack("<11H", 1, *sizes)


def export(network, pieces, path):
    out = bytearray(header(network, pieces))
    floats = lambda x: x.detach().float().numpy().astype("<f4").tobytes()
    for part in parts(network):
        if isinstance(part, nn.Parameter):
            out += floats(part)
            continue
        numbers, scale = whole(part.weight.detach(), LAYER_LEVELS if isinstance(part, nn.Linear) else TABLE_LEVELS)
        out += floats(scale[:, 0])
        if isinstance(part, nn.Linear):
            out += floats(part.bias)
        out += numbers.numpy().astype(np.int8).tobytes()
    path.write_bytes(out)
    print(f"{path}: {len(out)} bytes")


def restore(network, pieces, path):
    """Sets a network to what a file of this form holds."""
    data, wanted = path.read_bytes(), header(network, pieces)
    if data[: len(wanted)] != wanted:
        raise SystemExit(f"{path}: another form or other sizes")
    at = len(wanted)

    def take(kind, shape):
        nonlocal at
        numbers = np.frombuffer(data, kind, int(np.prod(shape)), at).reshape(shape)
        at += numbers.nbytes
        return torch.from_numpy(numbers.astype(np.float32))

    with torch.no_grad():
        for part in parts(network):
            if isinstance(part, nn.Parameter):
                part.copy_(take("<f4", part.shape))
                continue
            scale = take("<f4", part.weight.shape[:1])
            if isinstance(part, nn.Linear):
                part.bias.copy_(take("<f4", part.bias.shape))
            part.weight.copy_(take(np.int8, part.weight.shape) * scale[:, None])
    if at != len(data):
        raise SystemExit(f"{path}: {len(data) - at} bytes too many")


def golden(network, statements, pairs, path):
    """Pairs with the log-odds that a rounded network gives them in full precision."""
    network.eval()
    with torch.no_grad(), path.open("w", encoding="utf-8") as out:
        for a, b, *_ in pairs:
            read = network.read([statements[a], statements[b]])
            z = network.compare(read, torch.tensor([0]), torch.tensor([1]))[0]
            row = {"a": statements[a], "b": statements[b], "logits": [round(x, 4) for x in z.tolist()]}
            out.write(json.dumps(row) + "\n")

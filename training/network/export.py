"""Writes a rounded network in the form that src/judge/network.rs reads: weights of four bits, a scale for each row."""

import json
import struct

import numpy as np
import torch
from torch import nn


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
    return b"claimnet" + struct.pack("<11H", 2, *sizes)


def export(network, pieces, path):
    """`network` as rounding.py left it."""
    out = bytearray(header(network, pieces))
    floats = lambda x: x.detach().float().contiguous().view(torch.int32).bitwise_right_shift(16).to(torch.int16).numpy().tobytes()
    for part in parts(network):
        if isinstance(part, nn.Parameter):
            out += floats(part)
            continue
        out += floats(part.scale[:, 0])
        if isinstance(part, nn.Linear):
            out += floats(part.bias)
        halves = part.numbers.numpy().astype(np.int8).reshape(-1, 2) + 8
        out += (halves[:, 0] | halves[:, 1] << 4).astype(np.uint8).tobytes()
    path.write_bytes(out)
    print(f"{path}: {len(out)} bytes")


def restore(network, pieces, path):
    """Sets a network to what a file of this form holds."""
    data, wanted = path.read_bytes(), header(network, pieces)
    if data[: len(wanted)] != wanted:
        raise SystemExit(f"{path}: another form or other sizes")
    at = len(wanted)

    def take(kind, count):
        nonlocal at
        numbers = np.frombuffer(data, kind, count, at)
        at += numbers.nbytes
        return numbers

    def floats(shape):
        upper = take("<u2", int(np.prod(shape))).astype(np.uint32) << 16
        return torch.from_numpy(upper.view(np.float32).reshape(shape))

    with torch.no_grad():
        for part in parts(network):
            if isinstance(part, nn.Parameter):
                part.copy_(floats(part.shape))
                continue
            scale = floats(part.weight.shape[:1])
            if isinstance(part, nn.Linear):
                part.bias.copy_(floats(part.bias.shape))
            both = take(np.uint8, part.weight.numel() // 2).astype(np.float32)
            numbers = np.stack([both % 16, both // 16], 1) - 8
            part.weight.copy_(torch.from_numpy(numbers).reshape(part.weight.shape) * scale[:, None])
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

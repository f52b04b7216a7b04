"""Times ONNX Runtime in eight bits on the network that ships, beside which `cargo bench -- judging/network` is to be run.

    python3 training/network/race.py [--pieces 32]

Each side of a pair has so many pieces. Prints milliseconds for reading one statement, comparing two that were read, and both, on one
thread. Needs onnx and onnxruntime beside requirements.txt. The weights are rounded anew, to eight bits by channel: only the time is
compared.
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from comparison import Network
from encoder import HERE
from export import restore


class Reader(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, ids, own):
        e, c = self.network.encoder, self.network.comparison
        x = e.norm(e.table(ids) + e.places[: ids.shape[1]])
        there, mask = torch.arange(ids.shape[1]), torch.ones_like(ids, dtype=torch.bool)
        x = x.flatten(0, 1)
        for layer in e.layers:
            x = layer(x, mask, there, 0.0)
        return c.project_norm(c.project(x[None]) + c.place(own))


class Comparer(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x, y, ids, other):
        mask = torch.ones_like(ids, dtype=torch.bool)
        return self.network.comparison((x, mask, mask, ids), (y, mask, mask, other), 0.0)


def session(module, inputs, folder, name):
    plain, small = folder / f"{name}.onnx", folder / f"{name}_int8.onnx"
    torch.onnx.export(module, inputs, str(plain), dynamo=False, opset_version=17)
    quantize_dynamic(str(plain), str(small), weight_type=QuantType.QInt8, per_channel=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    run = onnxruntime.InferenceSession(str(small), options, providers=["CPUExecutionProvider"])
    given = {i.name: t.numpy() for i, t in zip(run.get_inputs(), inputs)}

    def once():
        start = time.perf_counter()
        run.run(None, given)
        return 1000 * (time.perf_counter() - start)

    [once() for _ in range(20)]
    return np.array([once() for _ in range(200)])


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pieces", type=int, default=32, help="of each side")
    options = parser.parse_args()
    source = HERE / "../../src/judge/network"
    pieces = (source / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    network = Network(pieces, [0, 1, 2, 3], "upper:4,5")
    restore(network, pieces, source / "english.bin")
    network.eval()
    ids = torch.randint(10, len(pieces), (2, options.pieces))
    reader, comparer = Reader(network), Comparer(network)
    own = torch.ones(1, options.pieces, dtype=torch.long)
    x, y = (reader(ids[at : at + 1], own) for at in (0, 1))
    with tempfile.TemporaryDirectory() as folder:
        read = session(reader, (ids[:1], own), Path(folder), "read")
        compared = session(comparer, (x, y, ids[:1], ids[1:]), Path(folder), "compare")
    for name, times in (("read", read), ("compare", compared), ("a pair from the text", 2 * read + compared)):
        print(f"{name}: median {np.median(times):.2f} ms, best {times.min():.2f} ms")


if __name__ == "__main__":
    main()

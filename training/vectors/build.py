"""From raw vectors to the table that ships: `python build.py CACHE.npz OUT.bin [DIMENSIONS] [EXTRA_WORDS]`."""

import sys

import numpy as np
from table import quantise, unit, write


def reduce(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """The principal components, mean removed: what all units share says nothing about any of them."""
    centred = vectors - vectors.mean(0)
    values, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    axes = axes[:, np.argsort(-values)[:dimensions]]
    # The sign of an axis is arbitrary: fix it, so that a rerun writes the same bytes.
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(dimensions)])
    return (centred @ axes).astype(np.float32)


def main() -> None:
    source, out = sys.argv[1:3]
    dimensions = int(sys.argv[3]) if len(sys.argv) > 3 else 96
    extra = int(sys.argv[4]) if len(sys.argv) > 4 else 10000
    cache = np.load(source)
    names, split = [str(n) for n in cache["names"]], cache["split"]
    keep = ~split | (np.cumsum(split) <= extra)
    rows = reduce(unit(cache["raw"][keep]), dimensions)
    size = write(out, [n for n, k in zip(names, keep) if k], quantise(rows))
    print(f"{keep.sum()} units of {dimensions} dimensions, {size} bytes")


main()

"""Writes the shipped table: `python build.py CACHE.npz OUT.bin [DATA_FOLDER]`; with a data folder it measures it too.

The teacher's vectors are brought to length one, projected on their first principal components and stored as signed bytes.
Of the words that WordPiece would split only the most frequent are kept.
"""

import sys
from pathlib import Path

import numpy as np
from table import Words, quantise, unit, write

DIMENSIONS = 96
EXTRA = 12000


def main() -> None:
    cache = np.load(sys.argv[1])
    names, raw, split = list(cache["names"]), cache["raw"], cache["split"]
    rows = unit(raw)
    centred = rows - rows.mean(0)
    _, axes = np.linalg.eigh(np.cov(centred.T))
    rows = centred @ axes[:, ::-1][:, :DIMENSIONS]
    extra, keep = 0, []
    for i, s in enumerate(split):
        if s:
            extra += 1
        if not s or extra <= EXTRA:
            keep.append(i)
    names, rows = [names[i] for i in keep], quantise(rows[keep])
    print(write(sys.argv[2], names, rows), "bytes,", len(names), "units,", DIMENSIONS, "dimensions")
    if len(sys.argv) > 3:
        from measure import load, measure
        for name, value in measure(Words(names, rows), load(Path(sys.argv[3]))).items():
            print(f"{name} {value:.4f}")


main()

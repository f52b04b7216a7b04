//! The small models of random weights in `tests/data/own_model`, which `training/models/tiny.py` wrote.

use super::*;
use std::fs;

const A: &str = "The bridge is closed";
const B: &str = "The council said the bridge was open";

/// A model's folder of the test data.
fn data(model: &str) -> PathBuf {
    (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/own_model")).join(model)
}

/// A model's folder that a test may change; goes with it.
struct Copy(PathBuf);

impl Copy {
    fn of(model: &str, test: &str) -> Self {
        let name = format!("claimgraph-own-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        for file in fs::read_dir(data(model)).expect("the test data") {
            let file = file.expect("a file");
            fs::copy(file.path(), path.join(file.file_name())).expect("a copy");
        }
        Self(path)
    }

    fn drop(&self, file: &str) {
        fs::remove_file(self.0.join(file)).expect("the file was there");
    }

    fn put(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(file), bytes).expect("written");
    }

    fn labels(&self, labels: &str) {
        self.put("config.json", format!(r#"{{"id2label": {labels}}}"#));
    }

    /// Writes one name of a file over by another of the same length.
    fn swap(&self, file: &str, old: &str, new: &str) {
        assert_eq!(old.len(), new.len());
        let mut bytes = fs::read(self.0.join(file)).expect("the file");
        let mut found = 0;
        for at in 0..=bytes.len() - old.len() {
            if &bytes[at..at + old.len()] == old.as_bytes() {
                bytes[at..at + old.len()].copy_from_slice(new.as_bytes());
                found += 1;
            }
        }
        assert!(found > 0, "no {old} in {file}");
        self.put(file, bytes);
    }

    fn read(&self) -> Result<OwnModel, Error> {
        OwnModel::from_dir(&self.0)
    }

    /// Asserts an error of this kind in this file whose message has all of the words.
    fn fails(&self, kind: ErrorKind, file: &str, words: &[&str]) {
        let error = self.read().expect_err(file);
        assert_eq!(error.kind(), kind, "{error}");
        let path = if file.is_empty() {
            self.0.clone()
        } else {
            self.0.join(file)
        };
        assert_eq!(error.file(), Some(&*path), "{error}");
        let text = error.to_string();
        for word in words {
            assert!(text.contains(word), "{text} has no {word}");
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Pairs with the numbers that PyTorch gives them, in both orders.
fn golden(model: &str) -> Vec<(String, String, [Vec<f32>; 2])> {
    let rows = fs::read_to_string(data(model).join("golden.jsonl")).expect("golden answers");
    let row = |line: &str| {
        let v: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| v[key].as_str().expect("a text").to_owned();
        let logits = serde_json::from_value(v["logits"].clone()).expect("numbers");
        (text("a"), text("b"), logits)
    };
    rows.lines().map(row).collect()
}

/// The greatest difference to PyTorch.
fn difference(model: &OwnModel, golden: &str) -> f32 {
    let mut worst = 0.0f32;
    for (a, b, wanted) in self::golden(golden) {
        let found = model.logits(&a, &b).expect("numbers");
        for (x, y) in found.iter().flatten().zip(wanted.iter().flatten()) {
            worst = worst.max((x - y).abs());
        }
    }
    worst
}

#[test]
fn numbers_are_those_of_pytorch() {
    for name in ["bert", "deberta", "five"] {
        let model = OwnModel::from_dir(&data(name)).expect(name);
        assert!(golden(name).len() >= 8);
        let worst = difference(&model, name);
        assert!(worst < 1e-4, "{name}: {worst}");
    }
}

#[test]
fn eight_bits_are_read_where_nothing_plain_is() {
    let copy = Copy::of("bert", "eight");
    let plain = copy.read().expect("both").logits(A, B).expect("numbers");
    copy.drop("model.onnx");
    let eight = copy.read().expect("eight bits");
    assert_ne!(eight.logits(A, B).expect("numbers"), plain);
    let worst = difference(&eight, "bert");
    assert!(worst < 0.3, "{worst}");
    let inner = copy.0.join("onnx");
    fs::create_dir(&inner).expect("a folder");
    fs::copy(data("bert").join("model.onnx"), inner.join("model.onnx")).expect("a copy");
    assert_eq!(
        copy.read().expect("plain").logits(A, B).expect("numbers"),
        plain
    );
}

#[test]
fn a_pair_turned_round_is_answered_turned_round() {
    for name in ["bert", "deberta", "five"] {
        let model = OwnModel::from_dir(&data(name)).expect(name);
        for (a, b, _) in golden(name) {
            let ask = |a, b| model.compare(a, b).expect("an answer");
            let (x, y) = (ask(&a, &b), ask(&b, &a));
            assert_eq!((x.same, x.clash), (y.same, y.clash));
            assert_eq!((x.forward, x.backward), (y.backward, y.forward));
            assert_eq!(x.forward == x.backward, a == b, "{a} / {b}");
        }
    }
}

#[test]
fn the_order_and_case_of_labels_tell_nothing() {
    let copy = Copy::of("bert", "order");
    let first = copy.read().expect("as written").compare(A, B);
    let first = first.expect("an answer");
    copy.labels(r#"{"2": "CONTRADICTION", "0": " Entailment", "1": "neutral"}"#);
    let cased = copy.read().expect("other case").compare(A, B);
    assert_eq!(cased.expect("an answer"), first);
    // The same network under other names: what was a contradiction is an entailment now.
    copy.labels(r#"{"0": "contradiction", "1": "neutral", "2": "entailment"}"#);
    let model = copy.read().expect("other order");
    let found = model.compare(A, B).expect("an answer");
    let read = |row: &[f32]| {
        let [entailment, neutral, contradiction] = answer::shares(row, &[2, 1, 0]);
        answer::Three {
            entailment,
            neutral,
            contradiction,
        }
    };
    let [forth, back] = model.logits(A, B).expect("numbers");
    assert_eq!(found, answer::of_three(read(&forth), read(&back)));
    assert_ne!(found, first);
}

#[test]
fn five_labels_are_read_in_any_order() {
    let copy = Copy::of("five", "five");
    let first = copy
        .read()
        .expect("as written")
        .compare(A, B)
        .expect("an answer");
    // Duplicate and neutral change places.
    copy.labels(
        r#"{"4": "duplicate", "1": "entailment", "2": "entailed", "3": "contradiction", "0": "neutral"}"#,
    );
    let second = copy
        .read()
        .expect("other order")
        .compare(A, B)
        .expect("an answer");
    assert_ne!(first.same, second.same);
}

#[test]
fn long_texts_are_cut() {
    let model = OwnModel::from_dir(&data("bert")).expect("bert");
    let long = format!("{A} ").repeat(500);
    assert!(model.compare(&long, B).is_ok());
    assert!(model.compare(&long, &long).is_ok());
}

#[test]
fn clones_share_the_network_and_print_their_folder() {
    let model = OwnModel::from_dir(&data("bert")).expect("bert");
    let clone = model.clone();
    assert!(Arc::ptr_eq(&model.0, &clone.0));
    assert!(format!("{clone:?}").contains("own_model"));
}

#[test]
fn what_is_missing_is_named() {
    let error = OwnModel::from_dir(Path::new("no/such/folder")).expect_err("nothing");
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(
        error
            .to_string()
            .starts_with("no/such/folder: no such folder"),
        "{error}"
    );

    let copy = Copy::of("bert", "missing");
    copy.drop("model_int8.onnx");
    copy.drop("model.onnx");
    copy.fails(
        ErrorKind::Io,
        "model.onnx",
        &["no such file", "onnx/model.onnx", "model_int8"],
    );
    for weights in ["pytorch_model.bin", "model.safetensors"] {
        copy.put(weights, "");
        copy.fails(ErrorKind::Io, "model.onnx", &["to_onnx.py", weights]);
    }
    copy.drop("tokenizer.json");
    copy.fails(ErrorKind::Io, "tokenizer.json", &["to_onnx.py"]);
    copy.drop("config.json");
    copy.fails(ErrorKind::Io, "config.json", &["id2label"]);
}

#[test]
fn labels_of_another_kind_are_named() {
    let copy = Copy::of("bert", "labels");
    let expected = ["expected the labels entailment, neutral, contradiction, or duplicate"];
    let fails = |found: &str| {
        copy.fails(ErrorKind::Format, "config.json", &[expected[0], found]);
    };
    copy.put("config.json", "{}");
    fails("no id2label");
    for (labels, found) in [
        (
            r#"{"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}"#,
            "LABEL_1",
        ),
        (
            r#"{"0": "entailment", "1": "not_entailment"}"#,
            "not_entailment",
        ),
        (
            r#"{"0": "entailment", "1": "neutral", "2": "neutral"}"#,
            "neutral",
        ),
        (
            r#"{"0": "entailment", "1": "neutral", "3": "contradiction"}"#,
            "\"3\"",
        ),
        (
            r#"{"a": "entailment", "b": "neutral", "c": "contradiction"}"#,
            "\"a\"",
        ),
    ] {
        copy.labels(labels);
        fails(found);
    }
    copy.put("config.json", r#"{"id2label": ["entailment"]}"#);
    copy.fails(
        ErrorKind::Format,
        "config.json",
        &["not a model's configuration"],
    );
    copy.put("config.json", "{");
    copy.fails(
        ErrorKind::Format,
        "config.json",
        &["not a model's configuration"],
    );
}

#[test]
fn files_of_another_form_are_named() {
    let copy = Copy::of("bert", "form");
    copy.put("tokenizer_config.json", r#"{"model_max_length": 4}"#);
    copy.fails(
        ErrorKind::Format,
        "tokenizer_config.json",
        &["model_max_length is 4"],
    );
    copy.put("tokenizer_config.json", "[");
    copy.fails(ErrorKind::Format, "tokenizer_config.json", &["settings"]);
    copy.drop("tokenizer_config.json");
    copy.read().expect("it may be missing");
    copy.put("tokenizer.json", "{}");
    copy.fails(ErrorKind::Format, "tokenizer.json", &["not a tokenizer"]);
    let whole = fs::read(data("bert").join("tokenizer.json")).expect("the file");
    copy.put("tokenizer.json", &whole[..whole.len() / 2]);
    copy.fails(ErrorKind::Format, "tokenizer.json", &["not a tokenizer"]);
    // The library panics on marks that it is not told of.
    let mut json: serde_json::Value = serde_json::from_slice(&whole).expect("JSON");
    json["post_processor"]["special_tokens"] = serde_json::json!({});
    copy.put("tokenizer.json", json.to_string());
    copy.fails(ErrorKind::Format, "tokenizer.json", &[]);

    let copy = Copy::of("bert", "graph");
    for (bytes, words) in [
        (&b"not a graph at all"[..], "not a network that can be run"),
        (&b""[..], "expected"),
        (&[8; 100], "expected"),
    ] {
        copy.put("model.onnx", bytes);
        copy.fails(ErrorKind::Format, "model.onnx", &[words]);
    }
    let whole = fs::read(data("bert").join("model.onnx")).expect("the file");
    copy.put("model.onnx", &whole[..whole.len() / 2]);
    copy.fails(
        ErrorKind::Format,
        "model.onnx",
        &["not a network that can be run"],
    );
}

#[test]
fn networks_of_another_shape_are_named() {
    let copy = Copy::of("bert", "operator");
    copy.swap("model.onnx", "Softmax", "Sofdmax");
    copy.fails(ErrorKind::Format, "model.onnx", &["Sofdmax", "operators"]);

    let copy = Copy::of("bert", "inputs");
    copy.swap("model.onnx", "token_type_ids", "token_kind_ids");
    copy.fails(
        ErrorKind::Format,
        "model.onnx",
        &["token_kind_ids", "token_type_ids"],
    );

    // As many labels as the network has answers, or an error.
    let copy = Copy::of("five", "width");
    copy.labels(r#"{"0": "entailment", "1": "neutral", "2": "contradiction"}"#);
    copy.fails(ErrorKind::Format, "model.onnx", &["[2, 5]", "[2, 3]"]);

    // It has 64 places: the trial at load finds that the settings allow more.
    let copy = Copy::of("bert", "places");
    copy.drop("tokenizer_config.json");
    copy.labels(r#"{"0": "entailment", "1": "neutral", "2": "contradiction"}"#);
    copy.fails(ErrorKind::Format, "model.onnx", &["pieces"]);
}

/// Models of real size, which `training/models/real.py` writes into a folder.
#[test]
#[ignore = "needs the folder that CLAIMGRAPH_MODELS names"]
fn models_of_real_size_answer_as_pytorch_does() {
    let folder = PathBuf::from(std::env::var_os("CLAIMGRAPH_MODELS").expect("CLAIMGRAPH_MODELS"));
    for name in ["minilm", "deberta"] {
        // Eight bits are rounded: what PyTorch gives in floats is only near.
        for (file, most) in [("model.onnx", 1e-3), ("model_int8.onnx", 1.0)] {
            let copy = Copy::of("bert", &format!("real-{name}"));
            for own in ["model.onnx", "model_int8.onnx"] {
                copy.drop(own);
            }
            for other in [
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                file,
            ] {
                fs::copy(folder.join(name).join(other), copy.0.join(other)).expect(other);
            }
            let model = copy.read().expect(name);
            let golden = folder.join(name);
            let worst = difference(&model, golden.to_str().expect("a path of letters"));
            assert!(worst < most, "{name}/{file}: {worst}");
        }
    }
}

//! House rules that the compiler does not know: who may import whom, what files are called, what must not be written.
//!
//! Each rule (`tidy/rules.rs`) is seen to fail on a text of its own before the repository is held to it.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "tidy/rules.rs"]
mod rules;

use rules::*;

// The repository.

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files under a folder of the repository with one of these suffixes, in order, by path from its root.
fn files(folder: &str, suffixes: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, out);
            } else {
                out.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths.retain(|p| {
        p.extension()
            .is_some_and(|e| suffixes.iter().any(|s| e == *s))
    });
    let named = |path: PathBuf| {
        let inner = path.strip_prefix(root()).expect("under the root");
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (inner.to_string_lossy().replace('\\', "/"), text)
    };
    paths.into_iter().map(named).collect()
}

#[track_caller]
fn holds(files: Vec<(String, String)>, rule: impl Fn(&str, &str) -> Faults) {
    assert!(
        !files.is_empty(),
        "no files: the rule looks in the wrong place"
    );
    let faults: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| {
            rule(path, text)
                .into_iter()
                .map(move |fault| format!("{path}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// How many faults a rule finds.
#[track_caller]
fn finds(rule: impl Fn(&str, &str) -> Faults, path: &str, text: &str, count: usize) {
    let faults = rule(path, text);
    assert_eq!(faults.len(), count, "{path}: {text:?}: {faults:?}");
}

#[test]
fn imports() {
    let rule = imports_point_up;
    finds(
        rule,
        "src/text/date.rs",
        "use crate::error::Error;\nuse crate::lexicon::Lexicon;",
        0,
    );
    finds(rule, "src/lexicon.rs", "use crate::text::tokens;", 0);
    finds(rule, "src/text/date.rs", "use crate::model::Article;", 1);
    finds(
        rule,
        "src/model.rs",
        "fn f(r: &crate::read::Reader, j: &crate::judge::Judge) {}",
        2,
    );
    finds(
        rule,
        "src/judge/align.rs",
        "use crate::{\n    graph::ClaimGraph,\n};",
        1,
    );
    finds(
        rule,
        "src/judge/align.rs",
        "use crate::{text, graph::ClaimGraph};",
        2,
    );
    finds(rule, "src/judge/align.rs", "use crate::Error;", 1);
    finds(
        rule,
        "src/judge.rs",
        "//! As crate::graph does.\n#[cfg(test)]\nmod tests {\nuse crate::graph::G;",
        0,
    );
    finds(rule, "src/store.rs", "use crate::export::json;", 0);
    finds(rule, "src/surprise.rs", "", 1);
    finds(rule, "src/lib.rs", "pub use crate::query::Q;", 0);
    holds(files("src", &["rs"]), rule);
}

#[test]
fn petgraph() {
    let rule = petgraph_stays_home;
    finds(
        rule,
        "src/query.rs",
        "use petgraph::stable_graph::StableDiGraph;",
        1,
    );
    finds(
        rule,
        "src/graph/star.rs",
        "use petgraph::stable_graph::StableDiGraph;",
        0,
    );
    holds(files("src", &["rs"]), rule);
}

#[test]
fn programs() {
    let rule = programs_use_the_public_face;
    finds(
        rule,
        "examples/a.rs",
        "#[path = \"../src/judge/fit.rs\"]\nmod fit;",
        1,
    );
    finds(
        rule,
        "examples/b/c.rs",
        "include_str!(\"../../src/judge/weights.json\")",
        1,
    );
    finds(rule, "examples/a.rs", "use claimgraph::judge::fit;", 0);
    holds(files("examples", &["rs"]), rule);
}

#[test]
fn order() {
    let rule = no_order_of_chance;
    finds(
        rule,
        "src/a.rs",
        "use std::collections::{BTreeMap, HashMap};",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "let s = std::collections::HashSet::new();",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "use std::collections::BTreeMap; // unlike HashMap",
        0,
    );
    finds(rule, "src/a.rs", "use rustc_hash::FxHashMap;", 0);
    finds(
        rule,
        "src/a.rs",
        "    seen: FxHashMap<String, u32>,\nlet x = self.seen.get(k);",
        0,
    );
    finds(
        rule,
        "src/a.rs",
        "    seen: FxHashMap<String, u32>,\nfor (k, v) in &self.seen {",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "let mut df = FxHashMap::default();\nlet all: Vec<_> = df.keys().collect();",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "fn f(df: &mut FxHashMap<u32, u32>) {\n    df.iter().count();",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "let foes: Vec<FxHashSet<u32>> = x;\nfoes[at].iter().max();",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "    scores: FxHashMap<u32, u32>,\nlet all: Vec<_> = self\n    .scores\n    .into_iter()\n    .collect();",
        1,
    );
    finds(
        rule,
        "src/a.rs",
        "    scores: FxHashMap<u32, u32>,\nlet x = self\n    .scores\n    .get(k)\n    .map(|x| x.iter());",
        0,
    );
    finds(
        rule,
        "src/a.rs",
        "let df: FxHashSet<u32> = x;\n// order: a sum.\ndf.iter().sum();",
        0,
    );
    finds(
        rule,
        "src/a.rs",
        "let df: FxHashSet<u32> = x;\ndf.iter().sum(); // order: a sum.",
        0,
    );
    finds(
        rule,
        "src/a.rs",
        "let df: FxHashSet<u32> = x;\nother.iter().all(|w| df.contains(w));",
        0,
    );
    holds(files("src", &["rs"]), rule);
}

#[test]
fn names_of_files() {
    for path in [
        "src/utils.rs",
        "src/text/mod.rs",
        "tests/common.rs",
        "examples/x/helpers.rs",
    ] {
        finds(named_after_a_concept, path, "", 1);
    }
    finds(named_after_a_concept, "src/text/span.rs", "", 0);
    for folder in ["src", "tests", "examples"] {
        holds(files(folder, &["rs"]), named_after_a_concept);
    }
}

#[test]
fn purposes() {
    let rule = begins_with_its_purpose;
    finds(rule, "src/a.rs", "use std::fmt;", 1);
    finds(rule, "src/a.rs", "//! a.", 1);
    finds(rule, "src/a.rs", "//! Spans of a text, in bytes.\n", 0);
    holds(files("src", &["rs"]), rule);
    holds(files("tests", &["rs"]), rule);
    holds(files("examples", &["rs"]), rule);
}

#[test]
fn word_data() {
    let rule = data_name_origin_and_licence;
    finds(rule, "src/lexicon/data/a.txt", "not\nnever\n", 2);
    finds(
        rule,
        "src/lexicon/data/a.txt",
        "# What committees say.\n# Written for this crate.\nnot\n# MIT\n",
        1,
    );
    finds(
        rule,
        "src/lexicon/data/a.txt",
        "# From Open English WordNet 2024; CC BY 4.0.\nnot\n",
        0,
    );
    holds(files("src/lexicon", &["txt", "tsv", "csv"]), rule);
}

#[test]
fn lengths() {
    finds(short_enough, "src/a.rs", &"\n".repeat(LONGEST_FILE), 0);
    finds(short_enough, "src/a.rs", &"\n".repeat(LONGEST_FILE + 1), 1);
    holds(files("src", &["rs"]), short_enough);
}

#[test]
fn finished() {
    let rule = nothing_unfinished;
    finds(
        rule,
        "src/a.rs",
        "unsafe { x }\ntodo!();\ndbg!(x);\nprintln!();",
        4,
    );
    finds(
        rule,
        "src/a.rs",
        "// todo!() is not allowed\n#![forbid(unsafe_code)]\nlet todo = 1;",
        0,
    );
    holds(files("src", &["rs"]), rule);
}

#[test]
fn quick_start() {
    let rule = two_commands_to_start;
    let good =
        "# c\n## Quick start\n```sh\ncargo run --release --example compare\ncargo test\n```\n";
    finds(rule, "README.md", good, 0);
    finds(
        rule,
        "README.md",
        &format!("{good}```console\n$ cargo add claimgraph\n```\n"),
        0,
    );
    finds(
        rule,
        "README.md",
        &format!("{good}```sh\nmake models\n```\n"),
        1,
    );
    finds(rule, "README.md", &good.replace("cargo test\n", ""), 2);
    finds(
        rule,
        "README.md",
        &good.replace("## Quick start", "## Start"),
        1,
    );
    let text = fs::read_to_string(root().join("README.md")).expect("a README");
    holds(vec![("README.md".to_owned(), text)], rule);
}

#[test]
fn top_level() {
    for path in ["notes.md", "models", "rustfmt.toml", "Cargo.orig"] {
        finds(top_level_is_as_listed, path, "", 1);
    }
    finds(top_level_is_as_listed, "src", "", 0);
    let entries = fs::read_dir(root()).expect("the repository");
    let names = entries.map(|e| {
        e.expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    holds(
        names.map(|name| (name, String::new())).collect(),
        top_level_is_as_listed,
    );
}

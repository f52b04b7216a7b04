//! The rules: each is a function of a file's path and text that gives what is wrong.

use std::collections::BTreeSet;
use std::path::Path;

/// Modules of `src`, each importing only those of rows above it; modules of one row may import each other.
pub(super) const LAYERS: &[&[&str]] = &[
    &["error"],
    &["lexicon", "text"],
    &["model"],
    &["vectors"],
    &["read"],
    &["extract"],
    &["block"],
    &["judge"],
    &["graph"],
    &["trust"],
    &["query"],
    &["store", "export"],
];

/// What may stand at the top of the repository.
pub(super) const TOP_LEVEL: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "DESIGN.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "README.md",
    "benches",
    "examples",
    "shared",
    "src",
    "target",
    "tests",
    "training",
];

pub(super) const LONGEST_FILE: usize = 700;

/// What is wrong with a file, by line.
pub(super) type Faults = Vec<String>;

// The rules.

/// (a) A module imports only modules above it.
pub(super) fn imports_point_up(path: &str, text: &str) -> Faults {
    let Some(own) = module_of(path) else {
        return Vec::new();
    };
    let Some(row) = layer(own) else {
        return vec![format!("module {own} is not in the table of layers")];
    };
    let used = |(number, line): (usize, &str)| -> Faults {
        crate_paths(line)
            .into_iter()
            .filter(|used| {
                *used != own
                    && layer(used).is_some_and(|r| r > row || r == row && LAYERS[r].len() == 1)
            })
            .map(|used| format!("line {number}: {own} imports {used}, which is not above it"))
            .collect()
    };
    let mut faults: Faults = code_lines(text).flat_map(used).collect();
    // The crate's root re-exports from every module: nothing may be imported by way of it.
    faults.extend(code_lines(text).filter_map(|(number, line)| {
        let (_, after) = line.split_once("crate::")?;
        (!line.contains("$crate::")
            && after.starts_with(|c: char| c.is_uppercase() || matches!(c, '{' | '*')))
        .then(|| format!("line {number}: imports from the crate's root; name the module"))
    }));
    faults
}

/// (a) Of petgraph only the graph module knows.
pub(super) fn petgraph_stays_home(path: &str, text: &str) -> Faults {
    if matches!(module_of(path), Some("graph") | None) {
        return Vec::new();
    }
    mentions(text, "petgraph::", "only the module graph uses petgraph")
}

/// (a) Programs use what any user of the crate can use.
pub(super) fn programs_use_the_public_face(_path: &str, text: &str) -> Faults {
    mentions(text, "../src", "reaches into src")
}

/// (b) No map whose order differs from run to run; an FxHash map is iterated only where a comment says why order is
/// no matter there or how it is restored: `// order: ...` on that line or the one above it.
pub(super) fn no_order_of_chance(_path: &str, text: &str) -> Faults {
    let mut faults = Faults::new();
    let maps = names_of_maps(text);
    let (mut above, mut chain) = ("", String::new());
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let code = code_of(line);
        let std_map = ["HashMap", "HashSet", "RandomState"]
            .iter()
            .any(|name| words(code).any(|w| w == *name));
        if std_map {
            faults.push(format!(
                "line {number}: std's hash order is random; use a BTree or FxHash map"
            ));
        }
        let explained = line.contains("// order:") || above.trim_start().starts_with("// order:");
        // A chain that is broken over lines is one statement.
        let continued = code.trim_start().starts_with('.');
        chain = match continued {
            true => chain + code.trim(),
            false => code.trim_end().to_owned(),
        };
        let before = chain.len()
            - if continued {
                code.trim().len()
            } else {
                chain.len()
            };
        let walks = |map: &&str| iterates(&chain, map) && !iterates(&chain[..before], map);
        if !explained && maps.iter().any(walks) {
            faults.push(format!(
                "line {number}: iterates a hash map without `// order:` saying why that is safe"
            ));
        }
        above = line;
    }
    faults
}

/// (c) Files are named after what they know.
pub(super) fn named_after_a_concept(path: &str, _text: &str) -> Faults {
    let stem = Path::new(path)
        .file_stem()
        .and_then(|s| s.to_str())
        .unwrap_or_default();
    let vague = [
        "utils", "util", "common", "helpers", "helper", "misc", "types", "mod",
    ];
    vague
        .contains(&stem)
        .then(|| format!("{stem} names no concept"))
        .into_iter()
        .collect()
}

/// (d) Each file begins by saying what it knows.
pub(super) fn begins_with_its_purpose(_path: &str, text: &str) -> Faults {
    let begins = text.starts_with("//! ") && text.lines().next().is_some_and(|l| l.len() > 12);
    (!begins)
        .then(|| "does not begin with `//! ` and its purpose".to_owned())
        .into_iter()
        .collect()
}

/// (e) Word data say where they come from and under what licence.
pub(super) fn data_name_origin_and_licence(_path: &str, text: &str) -> Faults {
    let header: Vec<&str> = text.lines().take_while(|l| l.starts_with('#')).collect();
    let header = header.join(" ").to_lowercase();
    // Spaces on both sides, so that 'mit' is not found in 'committee'.
    let header = format!(" {} ", words(&header).collect::<Vec<_>>().join(" "));
    let origin = [
        "written for",
        "from",
        "derived",
        "taken",
        "made by",
        "https",
    ];
    let licence = [
        "mit",
        "apache",
        "cc0",
        "cc by",
        "public domain",
        "wordnet license",
        "licence wordnet",
    ];
    let lacking = |what: &str, any: &[&str]| {
        let found = any.iter().any(|word| header.contains(&format!(" {word} ")));
        (!found).then(|| format!("its first lines ('# ...') name no {what}"))
    };
    [lacking("origin", &origin), lacking("licence", &licence)]
        .into_iter()
        .flatten()
        .collect()
}

/// (f) A file is short enough to be read.
pub(super) fn short_enough(_path: &str, text: &str) -> Faults {
    let lines = text.lines().count();
    (lines > LONGEST_FILE)
        .then(|| format!("{lines} lines, at most {LONGEST_FILE} are readable: split it by concept"))
        .into_iter()
        .collect()
}

/// (g) Nothing unsafe, nothing left for later, nothing printed.
pub(super) fn nothing_unfinished(_path: &str, text: &str) -> Faults {
    let mut faults = Faults::new();
    for (number, line) in code_lines(text) {
        for word in [
            "unsafe",
            "todo",
            "unimplemented",
            "dbg",
            "println",
            "eprintln",
            "print",
            "eprint",
        ] {
            let macro_call = word == "unsafe" || line.contains(&format!("{word}!"));
            if macro_call && words(line).any(|w| w == word) {
                faults.push(format!("line {number}: {word}"));
            }
        }
    }
    faults
}

/// (h) Whoever starts needs two commands.
pub(super) fn two_commands_to_start(_path: &str, text: &str) -> Faults {
    let wanted = ["cargo run --release --example compare", "cargo test"];
    let mut commands = Vec::new();
    let mut shell = false;
    for line in text.lines() {
        if line.starts_with("```") {
            shell = matches!(
                line.trim_start_matches('`').trim(),
                "sh" | "bash" | "shell" | "console"
            );
        } else if shell && !line.trim().is_empty() {
            commands.push(line.trim().trim_start_matches("$ "));
        }
    }
    let section = text.split("\n## ").find(|s| s.starts_with("Quick start"));
    let mut faults = Faults::new();
    if section.is_none_or(|s| wanted.iter().any(|w| !s.contains(w))) {
        faults.push("no section 'Quick start' with both commands".to_owned());
    }
    let quick: Vec<&&str> = commands
        .iter()
        .filter(|c| !c.starts_with("cargo add"))
        .collect();
    if quick.iter().map(|c| **c).ne(wanted) {
        faults.push(format!(
            "expected exactly the commands {wanted:?}, found {quick:?}"
        ));
    }
    faults
}

/// (i) At the top stands only what the page on architecture lists.
pub(super) fn top_level_is_as_listed(path: &str, _text: &str) -> Faults {
    // What begins with a dot belongs to somebody's tools, and a packed crate has its first manifest beside it.
    let known = TOP_LEVEL.contains(&path)
        || path.starts_with("target-")
        || path.starts_with('.')
        || path == "Cargo.toml.orig";
    (!known)
        .then(|| format!("{path} has no place at the top level"))
        .into_iter()
        .collect()
}

// What the rules look at.

/// The top module that a file of `src` belongs to; none for the crate's root.
pub(super) fn module_of(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let own = inner.split('/').next()?;
    let own = own.strip_suffix(".rs").unwrap_or(own);
    (own != "lib").then_some(own)
}

pub(super) fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The modules that a line names by `crate::x`, also within `use crate::{x, y::Z}`.
pub(super) fn crate_paths(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("crate::") {
        rest = after;
        match after.strip_prefix('{') {
            // Too rare to parse for real: every word of the braces that is a module counts.
            Some(group) => found.extend(words(group).filter(|w| layer(w).is_some())),
            None => found.extend(words(after).next()),
        }
    }
    found
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
}

/// A line without its comment.
pub(super) fn code_of(line: &str) -> &str {
    // '://' stands in addresses.
    match line.find("//") {
        Some(at) if at == 0 || line.as_bytes()[at - 1] != b':' => &line[..at],
        _ => line,
    }
}

/// Numbered lines of code, comments left out; unit tests at a file's end may import freely.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(i, l)| (i + 1, code_of(l)));
    numbered.take_while(|(_, line)| line.trim() != "mod tests {")
}

/// Variables and fields that are declared as FxHash maps or sets.
pub(super) fn names_of_maps(text: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (_, line) in code_lines(text) {
        let Some(at) = ["FxHashMap", "FxHashSet"]
            .iter()
            .filter_map(|t| line.find(t))
            .min()
        else {
            continue;
        };
        let before = line[..at].trim_end_matches(['&', ':', '=', ' ', '<']);
        let before = before.strip_suffix("&mut").unwrap_or(before);
        let before = before.strip_suffix("Vec").unwrap_or(before);
        let plain = before.trim_end_matches([':', '=', ' ', '&']);
        let name = words(plain).last();
        let declared = plain.len() < line[..at].len() && !line.trim_start().starts_with("use ");
        names.extend(name.filter(|n| declared && !matches!(*n, "fn" | "Vec" | "Option" | "mut")));
    }
    names
}

/// Whether a line walks through the map of this name.
pub(super) fn iterates(code: &str, map: &str) -> bool {
    let calls = [
        ".iter()",
        ".iter_mut()",
        ".keys()",
        ".values()",
        ".values_mut()",
        ".into_iter()",
        ".drain(",
        ".into_values()",
        ".into_keys()",
    ];
    let ends_in_map = |text: &str| {
        let text = text.trim_end();
        // An element of a list of maps: 'foes[at]'.
        let text = text
            .strip_suffix(']')
            .and_then(|t| t.rsplit_once('['))
            .map_or(text, |t| t.0);
        words(text).last() == Some(map) && text.ends_with(map)
    };
    let called = calls.iter().any(|call| {
        let mut at = 0;
        while let Some(found) = code[at..].find(call) {
            if ends_in_map(&code[..at + found]) {
                return true;
            }
            at += found + call.len();
        }
        false
    });
    let looped = code.split_once(" in ").is_some_and(|(before, after)| {
        before.contains("for ") && ends_in_map(after.trim_end().trim_end_matches(" {"))
    });
    called || looped
}

pub(super) fn mentions(text: &str, what: &str, fault: &str) -> Faults {
    code_lines(text)
        .filter(|(_, line)| line.contains(what))
        .map(|(number, _)| format!("line {number}: {fault}"))
        .collect()
}

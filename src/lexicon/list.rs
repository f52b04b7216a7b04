//! How the shipped list files are read: lines, '#' comments, inflections.

/// The entries of a list file, comments and empty lines left out.
pub(super) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// The words of a list file.
pub(super) fn words(file: &'static str) -> impl Iterator<Item = &'static str> {
    lines(file).flat_map(str::split_whitespace)
}

/// The forms of an English verb given as 'lemma' or 'lemma/past': lemma, -s, past, participle, -ing.
pub(super) fn forms(verb: &str) -> Vec<String> {
    let (lemma, past) = match verb.split_once('/') {
        Some((lemma, past)) => (lemma, Some(past)),
        None => (verb, None),
    };
    let ends = |s: &str| lemma.ends_with(s);
    let stem = lemma
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u']));
    let third = match stem {
        Some(stem) => format!("{stem}ies"),
        None if ends("s") || ends("x") || ends("ch") || ends("sh") || ends("o") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    let doubled = doubles(lemma);
    let past = match (past, stem) {
        (Some(past), _) => past.to_owned(),
        (None, Some(stem)) => format!("{stem}ied"),
        (None, None) if ends("e") => format!("{lemma}d"),
        (None, None) if doubled => format!("{lemma}{}ed", &lemma[lemma.len() - 1..]),
        (None, None) => format!("{lemma}ed"),
    };
    let ing = if ends("e") && !ends("ee") {
        format!("{}ing", &lemma[..lemma.len() - 1])
    } else if doubled {
        format!("{lemma}{}ing", &lemma[lemma.len() - 1..])
    } else {
        format!("{lemma}ing")
    };
    let participle = participle(lemma).map(str::to_owned);
    let mut out = vec![lemma.to_owned(), third, past, ing];
    out.extend(participle);
    out.dedup();
    out
}

/// Whether the last letter is doubled before an ending: 'rebut', 'omit', 'stop' and other short verbs.
fn doubles(lemma: &str) -> bool {
    let bytes = lemma.as_bytes();
    let [.., a, b, c] = bytes else { return false };
    let vowel = |x: u8| matches!(x, b'a' | b'e' | b'i' | b'o' | b'u');
    let shape = !vowel(*a) && vowel(*b) && !vowel(*c) && !matches!(c, b'w' | b'x' | b'y');
    shape
        && (bytes.len() <= 4
            || matches!(
                lemma,
                "rebut" | "omit" | "admit" | "commit" | "permit" | "refer" | "abet"
            ))
}

/// Participles that differ from the past.
fn participle(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "take" => "taken",
        "fall" => "fallen",
        "forget" => "forgotten",
        "choose" => "chosen",
        "throw" => "thrown",
        "go" => "gone",
        "see" => "seen",
        "write" => "written",
        "swear" => "sworn",
        "show" => "shown",
        "rise" => "risen",
        "grow" => "grown",
        "foresee" => "foreseen",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn verbs_are_inflected() {
        assert_eq!(forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("rebut"), ["rebut", "rebuts", "rebutted", "rebutting"]);
        assert_eq!(forms("say/said"), ["say", "says", "said", "saying"]);
        assert_eq!(
            forms("dismiss"),
            ["dismiss", "dismisses", "dismissed", "dismissing"]
        );
        assert_eq!(
            forms("reveal"),
            ["reveal", "reveals", "revealed", "revealing"]
        );
        assert_eq!(forms("note"), ["note", "notes", "noted", "noting"]);
    }
}

//! The words that a hashtag or handle is made of: 'StopTheFerry', 'harbourfire2024', 'ana_holt'.

use crate::vectors::Vectors;

/// Letters of a run without capitals that is taken apart.
const SHORTEST: usize = 5;
const LONGEST: usize = 40;
/// Letters of one word in such a run.
const LONGEST_WORD: usize = 18;
/// What a word costs beside its rarity, so that few long words are better than many short ones; and a word of two letters.
const WORD: f32 = 2.3;
const SHORT_WORD: f32 = 2.0;
/// What the rarest English word costs: the logarithm of how much rarer it is than the commonest.
const RAREST: f32 = 10.4;

/// The words in lower case; none where it is one word that cannot be taken apart.
pub(super) fn parts(tag: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in cut_at_capitals(tag) {
        let part = part.to_lowercase();
        match is_english(&part) {
            true => out.push(part),
            false => out.extend(cut_into_words(&part).unwrap_or(vec![part])),
        }
    }
    if out.len() < 2 {
        out.clear();
    }
    out
}

fn is_english(word: &str) -> bool {
    Vectors::english().rarity(word) < 1.0
}

/// Cuts where a capital follows a small letter, before the last of several capitals ('UKHarbour'), between letters and digits, and at marks.
fn cut_at_capitals(tag: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = tag.char_indices().collect();
    let mut out = Vec::new();
    let mut start = 0;
    for (n, &(at, c)) in letters.iter().enumerate() {
        let last = n.checked_sub(1).map(|n| letters[n].1);
        let next = letters.get(n + 1).map(|l| l.1);
        let cut = last.is_some_and(|last| {
            last.is_lowercase() && c.is_uppercase()
                || last.is_alphabetic() != c.is_alphabetic()
                || last.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase)
        });
        if cut {
            out.push(&tag[start..at]);
            start = at;
        }
    }
    out.push(&tag[start..]);
    out.retain(|part| part.chars().all(char::is_alphanumeric) && !part.is_empty());
    out
}

/// Cuts a run of small letters into the likeliest English words, taken one by one; `None` where there are none.
fn cut_into_words(run: &str) -> Option<Vec<String>> {
    let length = run.len();
    if !(SHORTEST..=LONGEST).contains(&length) || !run.is_ascii() {
        return None;
    }
    // Of each beginning of the run the least that it costs, and where its last word begins.
    let mut best: Vec<Option<(f32, usize)>> = vec![None; length + 1];
    best[0] = Some((0.0, 0));
    for end in 1..=length {
        for start in end.saturating_sub(LONGEST_WORD)..end {
            let before = best[start];
            let Some(cost) = before.and_then(|b| Some(b.0 + cost(&run[start..end])?)) else {
                continue;
            };
            if best[end].is_none_or(|b| cost < b.0) {
                best[end] = Some((cost, start));
            }
        }
    }
    let mut words = Vec::new();
    let mut end = length;
    while end > 0 {
        let start = best[end]?.1;
        words.push(run[start..end].to_owned());
        end = start;
    }
    words.reverse();
    Some(words)
}

/// What a word costs; `None` for what is none.
fn cost(word: &str) -> Option<f32> {
    let short = match word.len() {
        1 if !matches!(word, "a" | "i") => return None,
        1 | 2 => SHORT_WORD,
        _ => 0.0,
    };
    let rarity = Vectors::english().rarity(word);
    (rarity < 1.0).then_some(rarity * RAREST + WORD + short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, words: &str) {
        assert_eq!(parts(tag).join(" "), words, "{tag}");
    }

    #[test]
    fn a_tag_comes_apart_into_words() {
        check("StopTheFerry", "stop the ferry");
        check("UKHarbourFire", "uk harbour fire");
        check("harbourfire2024", "harbour fire 2024");
        check("stoptheferry", "stop the ferry");
        check("ana_holt", "ana holt");
        check("MINISTER", "");
        check("minister", "");
        check("zxqvzxqv", "");
        check("", "");
        check("Überfahrt", "");
    }
}

//! Other spellings of a word: one letter more, less or other, or two in the other order.

/// Letters of a word that is looked for in other spellings.
const SHORTEST: usize = 5;
const LONGEST: usize = 20;

/// The words one edit away that begin with the same letter; none of a short word or one that is not written in ASCII letters.
pub(super) fn near(word: &str) -> Vec<String> {
    let letters = word.as_bytes();
    let plain = letters.iter().all(u8::is_ascii_lowercase);
    if !plain || !(SHORTEST..=LONGEST).contains(&letters.len()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for at in 1..=word.len() {
        let (head, tail) = word.split_at(at);
        let rest = tail.get(1..);
        if let Some(rest) = rest {
            out.push(format!("{head}{rest}"));
        }
        if tail.len() > 1 {
            let (first, second) = (&tail[..1], &tail[1..2]);
            out.push(format!("{head}{second}{first}{}", &tail[2..]));
        }
        for letter in 'a'..='z' {
            out.push(format!("{head}{letter}{tail}"));
            if let Some(rest) = rest {
                out.push(format!("{head}{letter}{rest}"));
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out.retain(|other| other != word);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_away() {
        let found = near("harbor");
        for word in ["harbour", "harbo", "habror", "harbar", "harbors"] {
            assert!(found.iter().any(|w| w == word), "{word}");
        }
        for word in ["harbor", "arbor", "barbor", "harbours"] {
            assert!(!found.iter().any(|w| w == word), "{word}");
        }
        assert!(near("port").is_empty());
        assert!(near("häfen1").is_empty());
    }
}

//! Who a quotation is signed by: '“The quay is safe.” – Ana Holt, harbour master', and posts with a handle in brackets.
//!
//! Knows how one paragraph is set.

/// Words of a signature, at the most.
const WORDS: usize = 14;
/// Words of a name.
const NAME: std::ops::RangeInclusive<usize> = 2..=5;
const QUOTES: [char; 3] = ['“', '"', '”'];
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// The signature of a paragraph that is otherwise somebody's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature<'a> {
    /// Where it begins in the paragraph.
    pub(super) start: usize,
    pub(super) name: &'a str,
    /// Whether it is a post's, which needs no quotation marks.
    pub(super) post: bool,
}

/// The signature of a paragraph. Linear in its length.
pub(super) fn of(paragraph: &str) -> Option<Signature<'_>> {
    let handle = paragraph.rfind("(@");
    let (start, post) = match handle {
        Some(handle) => (dash_before(&paragraph[..handle])?, true),
        None => (dash_behind_quotation(paragraph)?, false),
    };
    let signature = paragraph[start..].trim_start_matches(DASHES).trim_start();
    if signature.split_whitespace().count() > WORDS {
        return None;
    }
    let end = signature
        .find([',', '(', ';', '/'])
        .unwrap_or(signature.len());
    let name = signature[..end].trim_end();
    let words = name.split_whitespace();
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let fits = NAME.contains(&words.clone().count()) && words.clone().all(capital);
    let name = name.trim_end_matches('.');
    fits.then_some(Signature { start, name, post })
}

/// The last dash between spaces.
fn dash_before(head: &str) -> Option<usize> {
    let dash = head.rfind(DASHES).filter(|at| {
        let behind = head[*at..].trim_start_matches(DASHES);
        behind.starts_with(char::is_whitespace)
    })?;
    Some(head[..dash].trim_end_matches(DASHES).len())
}

/// The dash right behind the closing mark of a quotation that opens the paragraph.
fn dash_behind_quotation(paragraph: &str) -> Option<usize> {
    if !paragraph.starts_with(QUOTES) {
        return None;
    }
    let end = paragraph.rfind(QUOTES).filter(|at| *at > 0)?;
    let behind = paragraph[end..].trim_start_matches(QUOTES);
    let start = paragraph.len() - behind.trim_start().len();
    paragraph[start..].starts_with(DASHES).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(paragraph: &str) -> Option<&str> {
        of(paragraph).map(|s| s.name)
    }

    #[test]
    fn a_dash_and_a_name_sign_a_quotation() {
        assert_eq!(name("“The quay is safe.” – Ana Holt"), Some("Ana Holt"));
        assert_eq!(
            name("\"The quay is safe.\" -- Ana Holt, master of the harbour"),
            Some("Ana Holt")
        );
        assert_eq!(
            name("The quay is safe! — Ana M. Holt (@quay) May 3, 2018"),
            Some("Ana M. Holt")
        );
        assert_eq!(name("“The quay is safe.” – but nobody went there"), None);
        assert_eq!(name("The quay – Ana Holt"), None);
        assert_eq!(name("“The quay – Ana Holt's – is safe.”"), None);
        assert_eq!(name("Write to us (@quay)"), None);
        assert_eq!(name("“"), None);
    }
}

//! Odd texts of a megabyte: extraction ends on them within a test's patience, which any cost that grows with the square of a
//! text's length would not, and finds of twice the text twice as much.

use claimgraph::extract::Extractor;
use claimgraph::{Article, Claim};

/// The claims of a text, which lie in it in order and do not overlap.
fn claims(text: &str) -> Vec<Claim> {
    let claims = Extractor::default().claims(&Article::new("Post", text));
    assert!(claims.iter().all(|c| c.span.of(text).is_some()));
    let ordered = claims.windows(2).all(|w| w[0].span.end <= w[1].span.start);
    assert!(ordered, "claims overlap or are out of order");
    claims
}

/// Repeats a piece up to a megabyte and up to half of it, and holds the numbers of claims side by side.
#[track_caller]
fn twice_the_text_has_twice_the_claims(piece: &str) {
    let times = 500_000 / piece.len();
    let half = claims(&piece.repeat(times)).len();
    let whole = claims(&piece.repeat(2 * times)).len();
    assert!(half > 0, "{piece:?} claims nothing");
    // A cut for length may fall otherwise at the end.
    assert!(
        whole.abs_diff(2 * half) <= 2,
        "{half} and {whole} of {piece:?}"
    );
}

#[test]
fn one_line_without_an_end() {
    let piece = "The minister said that the old quay had been closed and the crews left it on 3 May after 14 days, ";
    twice_the_text_has_twice_the_claims(piece);
}

#[test]
fn short_sentences() {
    twice_the_text_has_twice_the_claims("The quay was closed on Monday. ");
    twice_the_text_has_twice_the_claims("The quay was closed on Monday.\n");
    twice_the_text_has_twice_the_claims("“The quay was closed on Monday,” Ana Holt said. ");
    twice_the_text_has_twice_the_claims("the quay was closed\n");
}

#[test]
fn rows_of_one_word() {
    for word in ["said ", "that he said ", "one hundred "] {
        twice_the_text_has_twice_the_claims(word);
    }
}

#[test]
fn names_without_number() {
    let sentence = |n: usize| format!("Mr. Holt{n} Reed{} said that the quay was closed. ", n % 97);
    let text: String = (0..20_000).map(sentence).collect();
    let found = claims(&text);
    assert_eq!(found.len(), 20_000);
    assert!(found.iter().all(|c| c.attribution.speaker.is_some()));
}

#[test]
fn a_hundred_thousand_nested_quotation_marks() {
    const DEEP: usize = 100_000;
    for (open, close) in [
        ("“", "”"),
        ("‘", "’"),
        ("\"", "\""),
        ("'", "'"),
        ("«", "»"),
        ("“a ‘b ", "c’ d” "),
        ("\"a 'b ", "c' d\" "),
    ] {
        let text = format!(
            "{}The quay was closed{}. The port was safe.",
            open.repeat(DEEP),
            close.repeat(DEEP)
        );
        let found = claims(&text);
        let of = |c: &Claim| c.span.of(&text).unwrap_or_default().to_owned();
        assert!(
            found.iter().any(|c| of(c).contains("The port was safe")),
            "{open}"
        );
    }
}

#[test]
fn what_claims_nothing() {
    for piece in [
        "Holt ", "'a ", "1-2-", "1:", ".", ". ", "\n", ", ", "(", "?! ", "a", " ", "\u{200b}", "…",
    ] {
        let text = format!("{} b.", piece.repeat(1_000_000 / piece.len()));
        assert!(claims(&text).len() <= 1, "{piece:?}");
    }
}

#[test]
fn rows_that_look_back() {
    for piece in [
        "A.\"B\"",
        "'I was there,' he said. ",
        "Ana Holt is a columnist here.\n",
    ] {
        let text = piece.repeat(300_000 / piece.len());
        assert!(claims(&text).len() <= text.len() / 10, "{piece:?}");
    }
    let blank = format!(
        "It rained in Tessel. {}{}",
        " ".repeat(500_000),
        "a.b.".repeat(100_000)
    );
    assert!(!claims(&blank).is_empty());
}

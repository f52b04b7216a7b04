//! What a page says to its readers and of its makers, wherever it stands: newsletter boxes, captions, credits, who the author is.
//!
//! Knows one line at a time, and where in the page it stands.

use crate::lexicon::{Furniture, Lexicon};
use crate::text::{Span, sentences};

/// A line that says one such thing is furniture up to this many words; of a longer one the sentences that do are.
const SHORT: usize = 40;
/// A line that says several such things, up to this many words.
const LONG: usize = 150;
/// A line about pictures is left out where the page has this many words besides.
const STORY: usize = 60;
/// Words of what is written about an author.
const BIOGRAPHY: std::ops::RangeInclusive<usize> = 5..=90;

/// What of a line is furniture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Story,
    All,
    /// Stretches of its sentences are.
    Parts {
        story: Vec<Span>,
        furniture: Vec<Span>,
    },
}

/// Judges a line of so many words, out of the page's `words_all`.
pub(super) fn judge(raw: &str, words: usize, words_all: usize, lexicon: &Lexicon) -> Verdict {
    let voice = Voice::of(raw, lexicon);
    if voice.caption && words_all - words >= STORY || words <= LONG && doubled(raw) {
        return Verdict::All;
    }
    let several = usize::from(voice.sure) + voice.hints >= 2;
    if voice.sure && words <= SHORT || several && words <= LONG {
        return Verdict::All;
    }
    if !voice.sure {
        return Verdict::Story;
    }
    let (mut story, mut furniture): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    let mut last_said = true;
    for sentence in sentences(raw, lexicon) {
        let said = Voice::of(sentence.of(raw).unwrap_or_default(), lexicon).sure;
        match story.last_mut() {
            _ if said => furniture.push(sentence),
            // Neighbours stay together, so that no quotation is torn.
            Some(stretch) if !last_said => stretch.end = sentence.end,
            _ => story.push(sentence),
        }
        last_said = said;
    }
    let (story_len, furniture_len) = (length(&story), length(&furniture));
    if furniture.len() >= 2 && 3 * furniture_len > story_len {
        return Verdict::All;
    }
    Verdict::Parts { story, furniture }
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|s| s.len()).sum()
}

/// What the phrases in a stretch of text tell of it.
#[derive(Debug, Default)]
struct Voice {
    /// One that no story has.
    sure: bool,
    /// Different ones that stories have too.
    hints: usize,
    caption: bool,
}

impl Voice {
    fn of(raw: &str, lexicon: &Lexicon) -> Self {
        let mut voice = Self::default();
        let mut hints: Vec<&str> = Vec::new();
        lexicon.furniture_within(raw, |kind, phrase| match kind {
            Furniture::Caption => voice.caption = true,
            Furniture::Hint if !hints.contains(&phrase) => hints.push(phrase),
            Furniture::Within => voice.sure = true,
            _ => {}
        });
        voice.hints = hints.len();
        voice
    }
}

/// Whether a line opens with the same words twice, as pictures do whose title stands in the page and in its code.
fn doubled(raw: &str) -> bool {
    let first = raw.split_whitespace().next().unwrap_or_default();
    if first.is_empty() {
        return false;
    }
    // Where the first word comes again, all before it would have to come again too.
    let mut again = raw.match_indices(first).skip(1).take(4);
    again.any(|(at, _)| {
        let once = raw[..at].trim_end();
        let long = once.len() >= 12 && once.contains(' ') && !super::ends_sentence(once);
        long && raw[at..]
            .strip_prefix(once)
            .is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
    })
}

/// Whether a line tells who the author is: 'Ana Holt is a columnist for the Post.' It opens with a name that the rest of the text
/// does not mention, says what that person writes or is, and reports nothing.
pub(super) fn biography(text: &str, line: Span, words: usize, lexicon: &Lexicon) -> bool {
    let Some(raw) = line.of(text).filter(|_| BIOGRAPHY.contains(&words)) else {
        return false;
    };
    let bare = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
    let capitals = bare
        .split_whitespace()
        .take_while(|w| w.starts_with(char::is_uppercase));
    let name: Vec<&str> = capitals.take(5).collect();
    // 'Ana Holt, Post columnist': the name ends at the comma.
    let comma = name.iter().position(|w| w.ends_with(','));
    let name = &name[..comma.map_or(name.len(), |at| at + 1)];
    let [_, .., last] = name else {
        return false;
    };
    let last = last.trim_end_matches(|c: char| !c.is_alphanumeric());
    let person = last.len() > 2 && last.contains(char::is_lowercase);
    let article = name
        .first()
        .is_some_and(|w| lexicon.is_function_word(&w.to_lowercase()));
    if !person || article {
        return false;
    }
    let is = |kind, word: &str| lexicon.furniture(kind).any(|m| m == word);
    let mut writes = false;
    let mut verb = false;
    for written in bare.split(|c: char| !c.is_alphanumeric()).take(50) {
        let word = written.to_lowercase();
        let small = written.starts_with(char::is_lowercase);
        if small && lexicon.report(&word).is_some() && !is(Furniture::Writer, &word) {
            return false;
        }
        writes |= is(Furniture::Writer, &word);
        verb |= is(Furniture::Works, &word);
    }
    let elsewhere = |part: Option<&str>| part.is_some_and(|p| p.contains(last));
    writes && verb && !elsewhere(text.get(..line.start)) && !elsewhere(text.get(line.end..))
}

/// Whether a line goes on about the author: 'She lives in Belport.'
pub(super) fn goes_on(raw: &str) -> bool {
    let first = raw.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "He" | "She" | "They" | "His" | "Her" | "Their" | "Follow"
    )
}

/// Bytes of a story's beginning that only name the agency: '(CNN) ', 'Washington (AP) '. The agency is a listed one or the source.
pub(super) fn agency(raw: &str, source: &str, lexicon: &Lexicon) -> usize {
    let Some(open) = raw.find('(').filter(|at| *at <= 30) else {
        return 0;
    };
    let Some(close) = raw[open..]
        .find(')')
        .map(|at| open + at)
        .filter(|at| *at <= open + 24)
    else {
        return 0;
    };
    let place = &raw[..open];
    let named = raw[open + 1..close].to_lowercase();
    let known = lexicon.furniture(Furniture::Agency).any(|m| m == named)
        || (named.len() > 2 && source.to_lowercase().contains(&named));
    let names_only = place
        .split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase));
    let rest = &raw[close + 1..];
    let goes_on = rest
        .trim_start()
        .starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“');
    if known && names_only && goes_on && rest.starts_with(char::is_whitespace) {
        raw.len() - rest.trim_start().len()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(raw: &str) -> Verdict {
        judge(
            raw,
            raw.split_whitespace().count(),
            1000,
            &Lexicon::english(),
        )
    }

    #[test]
    fn boxes_and_credits_are_furniture_and_stories_about_them_are_not() {
        for raw in [
            "Ana Holt and the agency contributed to this report.",
            "Sign up for our daily letter to get the harbour's news in your inbox.",
            "The Quay Letter Sign up today Email Sign Up By signing up you agree to receive newsletters from us. You can unsubscribe at any time.",
            "A crane on the quay. Hide caption 3 of 9",
            "The harbour at night The harbour at night A crane lights the quay.",
        ] {
            assert_eq!(verdict(raw), Verdict::All, "{raw}");
        }
        for raw in [
            "The firm changed its privacy policy on Monday.",
            "Thousands want to subscribe to the new railway, the ministry said.",
            "The mayor said, the mayor said, and nobody listened.",
            "Long Beach is no Long Island, the mayor said.",
        ] {
            assert_eq!(verdict(raw), Verdict::Story, "{raw}");
        }
    }

    #[test]
    fn of_a_long_paragraph_only_the_sentence_goes() {
        let long = "The quay of the harbour moved again on Monday, when the wind from the sea had fallen and most of the \
            boats had left for the islands, as the master of the harbour had told the council that it would in the spring.";
        let raw = format!("{long} Click here for our map. It rained.");
        let Verdict::Parts { story, furniture } = verdict(&raw) else {
            panic!("{:?}", verdict(&raw));
        };
        let texts = |spans: &[Span]| -> Vec<String> {
            spans
                .iter()
                .map(|s| s.of(&raw).unwrap().to_owned())
                .collect()
        };
        assert_eq!(texts(&furniture), ["Click here for our map."]);
        let story = texts(&story);
        assert_eq!(story.len(), 2);
        assert!(story[0].ends_with("in the spring.") && story[1] == "It rained.");
    }

    #[test]
    fn an_author_is_nobody_whom_the_story_names() {
        let lexicon = Lexicon::english();
        let about = "Ana Holt is a columnist for the Post and the author of two books.";
        let told = |story: &str| {
            let text = format!("{story}\n{about}");
            biography(&text, Span::new(story.len() + 1, text.len()), 13, &lexicon)
        };
        assert!(told("The harbour closed on Monday."));
        assert!(!told("The mayor gave Holt a prize."));
        let text = "Ana Holt, a writer, said that the port was safe.";
        assert!(!biography(text, Span::new(0, text.len()), 10, &lexicon));
    }

    #[test]
    fn an_agency_before_the_story_is_left_out() {
        let cut = |raw: &str| {
            let from = agency(raw, "Tessel Post (Web)", &Lexicon::english());
            raw[from..].to_owned()
        };
        assert_eq!(cut("(CNN) The port is shut."), "The port is shut.");
        assert_eq!(
            cut("Belport (Tessel Post) The port is shut."),
            "The port is shut."
        );
        assert_eq!(cut("Holt (R) Has won."), "Holt (R) Has won.");
        assert_eq!(cut("The union (CNN) is one."), "The union (CNN) is one.");
    }
}

//! Who speaks: the names of an article so far, whom a pronoun means, the fullest form of a short name.
//!
//! Knows names and their order, not the sentences' grammar.

use crate::lexicon::Lexicon;
use crate::model::Claim;
use crate::text::{self, Name, NameKind, NameMatch, Span, Token, TokenKind};

/// The people and bodies of an article in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Cast {
    names: Vec<Member>,
    last_speaker: Option<String>,
    paragraph_speaker: Option<String>,
    /// The first person or body of the sentence before, which is most often what a pronoun means.
    subject: Option<String>,
    next_subject: Option<String>,
    /// Sentences so far; in which of them the subject stood, and in which somebody spoke last.
    sentence: usize,
    subject_at: usize,
    spoke_at: usize,
}

/// A name as it stands in the article.
#[derive(Debug)]
struct Member {
    name: Name,
    words: String,
    folded: String,
}

impl Member {
    fn new(name: Name, words: &str) -> Self {
        // A name broken over two lines is one.
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = text::fold(&words);
        Self {
            // 'ANA HOLT' of a headline is no way to write a name.
            words: if name.kind == NameKind::Person && !words.contains(char::is_lowercase) {
                title_case(&folded)
            } else {
                words
            },
            name,
            folded,
        }
    }
}

/// Names kept for comparing: a long page must not make look-ups grow without bound.
const NAMES: usize = 400;

impl Cast {
    /// A new paragraph begins.
    pub(super) fn paragraph(&mut self) {
        self.paragraph_speaker = None;
    }

    /// Adds the names of a sentence.
    pub(super) fn names(&mut self, whole: &str, tokens: &[Token], lexicon: &Lexicon) {
        if let Some(subject) = self.next_subject.take() {
            self.subject = Some(subject);
            self.subject_at = self.sentence;
        }
        self.sentence += 1;
        // A surname that opens the sentence is seen as a name only by who has met it before.
        let opening = tokens.iter().find(|t| t.kind == TokenKind::Word);
        self.next_subject = opening.filter(|t| t.capital).and_then(|t| {
            let called = |m: &&Member| {
                m.name.kind == NameKind::Person && m.name.text.rsplit(' ').next() == Some(&t.word)
            };
            Some(self.names.iter().find(called)?.words.clone())
        });
        for name in text::names(whole, tokens, lexicon) {
            if self.next_subject.is_none() && name.kind != NameKind::Place {
                self.next_subject = name.span.of(whole).map(str::to_owned);
            }
            if self.names.len() < NAMES
                && let Some(words) = name.span.of(whole)
            {
                let member = Member::new(name, words);
                self.names.push(member);
            }
        }
    }

    /// Whom a pronoun or a bare role means at this point.
    pub(super) fn antecedent(&self) -> Option<String> {
        // Of the paragraph's speaker and the last sentence's subject the later one.
        let newer = self
            .subject
            .as_ref()
            .filter(|_| self.subject_at > self.spoke_at);
        newer
            .or(self.paragraph_speaker.as_ref())
            .or(self.subject.as_ref())
            .or(self.last_speaker.as_ref())
            .cloned()
    }

    /// The last person that this role stood with: 'the minister' after 'Interior Minister Jonas Petrik'.
    pub(super) fn with_role(&self, role: &str) -> Option<String> {
        let held = |n: &&Member| {
            n.name.kind == NameKind::Person
                && n.name
                    .role
                    .as_deref()
                    .is_some_and(|r| r.split(' ').any(|w| w == role))
        };
        self.names.iter().rev().find(held).map(|n| n.words.clone())
    }

    /// The paragraph's speaker so far.
    pub(super) fn speaking(&self) -> Option<String> {
        self.paragraph_speaker.clone()
    }

    /// Notes who spoke.
    pub(super) fn spoke(&mut self, speaker: Option<&String>) {
        if let Some(speaker) = speaker {
            self.last_speaker = Some(speaker.clone());
            self.paragraph_speaker = Some(speaker.clone());
            self.spoke_at = self.sentence;
        }
    }

    /// A quotation that opened a paragraph before its speaker was named takes the speaker that follows.
    pub(super) fn give_open_quotes(&self, claims: &mut [Claim]) {
        let mut following: Option<String> = None;
        for claim in claims.iter_mut().rev() {
            if claim.attribution.direct && claim.attribution.speaker.is_none() {
                claim.attribution.speaker = following.clone().or_else(|| self.last_speaker.clone());
            } else if claim.attribution.speaker.is_some() {
                following = claim.attribution.speaker.clone();
            }
        }
    }

    /// Puts the fullest form of each speaker's name that the article holds.
    pub(super) fn give_full_names(&self, claims: &mut [Claim]) {
        for claim in claims {
            if let Some(speaker) = &mut claim.attribution.speaker {
                *speaker = self.full(speaker);
            }
            for via in &mut claim.attribution.via {
                *via = self.full(via);
            }
        }
    }

    fn full(&self, speaker: &str) -> String {
        // A speaker phrase may hold a name and a role: 'commission chair Benedikta Aurich'.
        let folded = text::fold(speaker);
        let named = self
            .names
            .iter()
            .filter(|n| n.name.kind != NameKind::Place && n.name.country.is_none())
            .filter(|n| text::holds(&folded, &n.folded))
            .max_by_key(|n| (n.name.kind == NameKind::Person, n.folded.len()));
        // A bare surname that opens its sentence may have gone unseen as a name.
        let bare = Name {
            span: Span::default(),
            text: folded.clone(),
            country: None,
            kind: NameKind::Other,
            role: None,
        };
        let bare = Member::new(bare, speaker);
        let own = named.unwrap_or(&bare);
        let best = self
            .names
            .iter()
            .filter(|n| n.folded.len() > own.folded.len() && text::holds(&n.folded, &own.folded))
            .find(|n| {
                matches!(
                    text::match_names(&own.name, &n.name),
                    NameMatch::Same | NameMatch::Variant
                )
            });
        // Only a bare name gives way to its full form; a longer phrase ('the Holt commission') keeps its words.
        match best {
            Some(full) if full.name.kind == NameKind::Person || folded == own.folded => {
                full.words.clone()
            }
            None if own.name.kind == NameKind::Person => own.words.clone(),
            _ => speaker.to_owned(),
        }
    }
}

fn title_case(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut start = true;
    for c in folded.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = matches!(c, ' ' | '-' | '\'');
    }
    out
}

//! Who speaks: the names of an article so far, whom a pronoun means, the fullest form of a short name.
//!
//! Knows names and their order, not the sentences' grammar.

use super::antecedent::{self, Kind, Mentions};
use super::clause;
use crate::lexicon::{Class, Lexicon};
use crate::model::Claim;
use crate::text::{self, Name, NameKind, NameMatch, Span, Spelling, Token, TokenKind};
use rustc_hash::FxHashMap;
use std::cell::{LazyCell, OnceCell};

/// The people and bodies of an article in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// Whose the article's own words are.
    voice: Option<String>,
    names: Vec<Member>,
    /// An outline of each name, by which most are passed over.
    outlines: Vec<Outline>,
    last_speaker: Option<String>,
    paragraph_speaker: Option<String>,
    mentions: Mentions,
    /// Role words, each with whoever stood in apposition to it: 'the president of the republic, Ilsabet Holt,'.
    roles: Vec<(String, String)>,
    /// What the sentence mentions, its subject last: it can be meant from the next one on.
    next: Vec<(String, Kind)>,
}

/// A name as it stands in the article.
#[derive(Debug)]
struct Member {
    name: Name,
    words: String,
    folded: String,
    /// How it is compared, once somebody asked.
    spelling: OnceCell<Spelling>,
}

/// What a folded text is made of: what has other letters or is longer cannot stand in it.
#[derive(Debug, Clone, Copy)]
struct Outline {
    /// A bit for each letter.
    letters: u32,
    length: usize,
    /// Whether it can be who speaks: no place, no country.
    person_or_body: bool,
}

impl Outline {
    fn of(folded: &str) -> Self {
        let bit = |b: u8| match b {
            b'a'..=b'z' => 1 << (b - b'a'),
            b' ' => 1 << 26,
            _ => 1 << 27,
        };
        Self {
            letters: folded.bytes().map(bit).fold(0, |all, one| all | one),
            length: folded.len(),
            person_or_body: true,
        }
    }

    /// Whether a text may hold another.
    fn may_hold(self, part: Self) -> bool {
        part.letters & !self.letters == 0 && part.length <= self.length
    }
}

impl Member {
    fn new(name: Name, words: &str) -> Self {
        // A name broken over two lines is one.
        let blank = |c: char| c.is_whitespace() && c != ' ';
        let broken = words.contains(blank) || words.split(' ').any(str::is_empty);
        let words = match broken {
            true => words.split_whitespace().collect::<Vec<_>>().join(" "),
            false => words.to_owned(),
        };
        let folded = text::fold(&words);
        Self {
            spelling: OnceCell::new(),
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

    fn compare(&self, other: &Self) -> NameMatch {
        text::match_spelled(
            (&self.name, self.spelling()),
            (&other.name, other.spelling()),
        )
    }

    fn spelling(&self) -> &Spelling {
        self.spelling.get_or_init(|| Spelling::new(&self.name))
    }
}

/// Names kept for comparing: a long page must not make look-ups grow without bound.
const NAMES: usize = 400;

impl Cast {
    /// Nobody yet, but for whoever speaks in the article's own words.
    pub(super) fn of(voice: Option<String>) -> Self {
        Self {
            voice,
            ..Self::default()
        }
    }

    /// Who 'I' and 'we' are outside quotations, where that is known.
    pub(super) fn voice(&self) -> Option<String> {
        self.voice.clone()
    }

    /// A new paragraph begins.
    pub(super) fn paragraph(&mut self) {
        self.paragraph_speaker = None;
    }

    /// Adds the names of a sentence.
    pub(super) fn names(
        &mut self,
        whole: &str,
        tokens: &[Token],
        found: &[Name],
        lexicon: &Lexicon,
    ) {
        self.mention();
        let subject = antecedent::subject(tokens, lexicon);
        let own = subject.map_or(&[][..], |(from, to)| &tokens[from..to]);
        let subject = self.subject(whole, own, found, lexicon);
        for name in found {
            let Some(words) = name.span.of(whole) else {
                continue;
            };
            if self.roles.len() < NAMES
                && !matches!(name.kind, NameKind::Place | NameKind::Organisation)
            {
                let held = apposed(tokens, name.span, lexicon);
                self.roles
                    .extend(held.map(|role| (role.to_owned(), words.to_owned())));
            }
            match name.kind {
                NameKind::Person => self.next.push((words.to_owned(), Kind::Person)),
                NameKind::Organisation => self.next.push((words.to_owned(), Kind::Body)),
                _ => {}
            }
            if self.names.len() < NAMES {
                let member = Member::new(name.clone(), words);
                self.outlines.push(Outline {
                    person_or_body: member.name.kind != NameKind::Place
                        && member.name.country.is_none(),
                    ..Outline::of(&member.folded)
                });
                self.names.push(member);
            }
        }
        self.next.extend(subject);
    }

    /// What the sentence mentions can be meant from now on.
    fn mention(&mut self) {
        for (words, kind) in std::mem::take(&mut self.next) {
            self.mentions.add(&words, kind);
        }
    }

    /// Who or what a sentence's subject is: a name in it, whom its pronoun means, or its words.
    fn subject(
        &self,
        whole: &str,
        own: &[Token],
        found: &[Name],
        lexicon: &Lexicon,
    ) -> Option<(String, Kind)> {
        let (first, last) = (own.first()?, own.last()?);
        let span = Span::new(first.span.start, last.span.end);
        if let [pronoun] = own
            && matches!(pronoun.word.as_ref(), "he" | "she" | "it" | "they")
        {
            let kind = match pronoun.word.as_ref() {
                "it" => Kind::Body,
                "they" => Kind::Several,
                _ => Kind::Person,
            };
            return Some((self.mentions.meant(&pronoun.word)?, kind));
        }
        // 'Mayor Ana Holt', and 'The owner, Ana Holt,': the name in apposition.
        let person = |n: &&Name| {
            let between = whole.get(span.end..n.span.start).unwrap_or_default();
            // ', Dame Ana Holt,'.
            let titles = || {
                let mut words = between.trim_start_matches(", ").split_whitespace();
                words.all(|w| lexicon.is_role(text::fold(w).trim_end_matches('.')))
            };
            let behind = between.starts_with(", ") && titles();
            let apposed = behind && whole.get(n.span.end..).is_some_and(|w| w.starts_with(','));
            let known = n.kind == NameKind::Person;
            known && (span.contains(n.span) && span.end - n.span.end <= 2 || behind)
                || apposed
                    && n.kind == NameKind::Other
                    && own.iter().any(|t| !t.capital && lexicon.is_role(&t.word))
        };
        if let Some(name) = found.iter().find(person) {
            return Some((name.span.of(whole)?.to_owned(), Kind::Person));
        }
        // A surname that opens the sentence is seen as a name only by who has met it before.
        if let [only] = own
            && let Some(known) = self.called(&only.word)
        {
            return Some((known, Kind::Person));
        }
        let place = |n: &Name| n.kind == NameKind::Place && n.span == span;
        if found.iter().any(place)
            || last.capital && lexicon.is_place_head(&last.word)
            || last.kind == TokenKind::Mark
        {
            return None;
        }
        let words = span.of(whole)?;
        if let [the, role] = own
            && the.word == "the"
            && let Some(holder) = self.with_role(&role.word)
        {
            return Some((holder, Kind::Person));
        }
        Some((
            words.to_owned(),
            self.kind(words, own.iter().map(|t| t.word.as_ref()), lexicon),
        ))
    }

    /// The names with such an outline, in order.
    fn names_like(&self, like: impl Fn(Outline) -> bool) -> impl Iterator<Item = &Member> {
        let outlines = self.outlines.iter().zip(&self.names);
        outlines
            .filter(move |(o, _)| like(**o))
            .map(|(_, name)| name)
    }

    /// The person whose last name this is.
    fn called(&self, surname: &str) -> Option<String> {
        let called =
            |m: &&Member| m.name.kind == NameKind::Person && last_word(&m.name.text) == surname;
        Some(self.names.iter().find(called)?.words.clone())
    }

    fn kind<'a>(
        &self,
        words: &str,
        folded: impl Iterator<Item = &'a str>,
        lexicon: &Lexicon,
    ) -> Kind {
        let known = antecedent::kind(folded, lexicon);
        // 'Paulina Greaves' is no plural.
        let name = words.split(' ').all(|w| w.starts_with(char::is_uppercase));
        if known != Kind::Unknown && !(name && known == Kind::Several) {
            return known;
        }
        let folded = text::fold(words);
        let outline = Outline::of(&folded);
        let near = |m: Outline| outline.may_hold(m) || m.may_hold(outline);
        let member = self.names_like(near).find(|m| {
            let person = m.name.kind == NameKind::Person;
            m.folded == folded
                || person
                    && (folded.ends_with(&m.folded)
                        || m.folded.ends_with(&folded) && last_word(&m.folded) == folded)
        });
        // 'The explosion in Gomel' has no name.
        let head = words.get(..head_end(&folded)).unwrap_or(words);
        let capitals = head
            .split(' ')
            .skip_while(|w| lexicon.is_function_word(&text::fold(w)))
            .filter(|w| w.starts_with(char::is_uppercase));
        match member.map(|m| m.name.kind) {
            Some(NameKind::Person) => Kind::Person,
            Some(NameKind::Organisation | NameKind::Place) => Kind::Body,
            Some(NameKind::Other) => Kind::Named,
            None if capitals.count() > 1 => Kind::Named,
            None if !folded.contains(' ') && antecedent::plural(&folded) => Kind::Several,
            None => Kind::Unknown,
        }
    }

    /// Whom a pronoun means at this point.
    pub(super) fn antecedent(&mut self, pronoun: &str) -> Option<String> {
        self.mentions
            .speaking(pronoun)
            .or_else(|| self.paragraph_speaker.clone())
            .or_else(|| self.last_speaker.clone())
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
        let apposed = self.roles.iter().rev().find(|r| r.0 == role);
        let named = self.names.iter().rev().find(held);
        named
            .map(|n| n.words.clone())
            .or_else(|| apposed.map(|r| r.1.clone()))
    }

    /// The paragraph's speaker so far.
    pub(super) fn speaking(&self) -> Option<String> {
        self.paragraph_speaker.clone()
    }

    /// Notes who spoke.
    pub(super) fn spoke(&mut self, speaker: Option<&String>, lexicon: &Lexicon) {
        // Who speaks in a sentence is a later mention than what it speaks of.
        self.mention();
        if let Some(speaker) = speaker {
            self.last_speaker = Some(speaker.clone());
            self.paragraph_speaker = Some(speaker.clone());
            let folded = text::fold(speaker);
            let kind = self.kind(speaker, folded.split(' '), lexicon);
            self.mentions.add(speaker, kind);
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
        // Few people say most of what is said.
        let mut known: FxHashMap<String, String> = FxHashMap::default();
        let mut full = |name: &mut String| match known.get(name) {
            Some(whole) => name.clone_from(whole),
            None => {
                let whole = self.full(name);
                known.insert(std::mem::replace(name, whole.clone()), whole);
            }
        };
        for claim in claims {
            if let Some(speaker) = &mut claim.attribution.speaker {
                full(speaker);
            }
            claim.attribution.via.iter_mut().for_each(&mut full);
        }
    }

    fn full(&self, speaker: &str) -> String {
        // A speaker phrase may hold a name and a role: 'commission chair Benedikta Aurich'.
        let folded = text::fold(speaker);
        let head = &folded[..head_end(&folded)];
        let outline = Outline::of(head);
        let named = self
            .names_like(|n| n.person_or_body && outline.may_hold(n))
            // 'Ana Holt of the Dockers' Guild': who speaks stands first.
            .filter(|n| text::holds(head, &n.folded))
            .max_by_key(|n| (n.name.kind == NameKind::Person, n.folded.len()));
        // A bare surname that opens its sentence may have gone unseen as a name.
        let bare = LazyCell::new(|| {
            let bare = Name {
                span: Span::default(),
                text: folded.clone(),
                country: None,
                kind: NameKind::Other,
                role: None,
            };
            Member::new(bare, speaker)
        });
        let own = named.unwrap_or_else(|| &bare);
        let outline = Outline::of(&own.folded);
        let initial = initial(&own.folded);
        let spelled_out = |n: &Member| {
            initial.is_some_and(|(letter, surname)| {
                n.folded.starts_with(letter) && last_word(&n.folded) == surname
            })
        };
        let longer =
            |n: Outline| n.length > outline.length && (initial.is_some() || n.may_hold(outline));
        let best = self.names_like(longer).find(|n| {
            spelled_out(n)
                || text::holds(&n.folded, &own.folded)
                    && matches!(own.compare(n), NameMatch::Same | NameMatch::Variant)
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

/// The role words in apposition to a name: 'the director of the zoo, Cornel Haas', 'Cornel Haas, its director,'.
fn apposed<'a>(
    tokens: &'a [Token<'a>],
    name: Span,
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = &'a str> {
    const WITHIN: usize = 9;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.word.as_ref());
    let first = tokens.partition_point(|t| t.span.start < name.start);
    let end = tokens.partition_point(|t| t.span.start < name.end);
    let opens = |at: &usize| {
        matches!(
            word(*at),
            "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our"
        )
    };
    let before = match first > 1 && word(first - 1) == "," {
        true => (first.saturating_sub(WITHIN)..first - 1)
            .rev()
            .take_while(|i| !matches!(word(*i), "," | "\"" | ":"))
            .filter(opens)
            .last()
            .map(|start| (start, first - 1)),
        false => None,
    };
    let behind = (word(end) == "," && opens(&(end + 1))).then(|| {
        let limit = tokens.len().min(end + WITHIN);
        let stop = (end + 1..limit)
            .find(|i| word(*i) == "," || clause::finite(tokens, *i, lexicon) || word(*i) == ".");
        (end + 1, stop.filter(|i| word(*i) == ",").unwrap_or(end + 1))
    });
    let (from, to) = before.or(behind).unwrap_or_default();
    tokens[from..to]
        .iter()
        .map(|t| t.word.as_ref())
        .filter(|w| lexicon.is_role(w))
}

/// Where the head of a speaker's folded words ends: before 'of', 'in', 'for'.
fn head_end(folded: &str) -> usize {
    let mut words = folded.match_indices(' ').map(|(at, _)| at);
    let ends = |at: &usize| {
        let next = folded[at + 1..].split(' ').next().unwrap_or_default();
        Class::AfterHead.holds(next)
    };
    words.find(ends).unwrap_or(folded.len())
}

/// The letter that a first name is cut to, and the rest: 'r' and 'lind' of 'r. lind', which may be 'rosa lind'.
fn initial(folded: &str) -> Option<(&str, &str)> {
    let (letter, surname) = folded.split_once(' ')?;
    let letter = letter.trim_end_matches('.');
    (letter.chars().count() == 1).then_some((letter, surname))
}

fn last_word(folded: &str) -> &str {
    folded.rsplit(' ').next().unwrap_or_default()
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

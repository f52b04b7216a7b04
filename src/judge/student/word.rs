//! What the student is shown: the content words, cues, figures and days of a statement, and what is known of two of them.

use crate::judge::Reading;
use crate::judge::align::Alignment;
use crate::lexicon::{Cue, Lexicon, Opposition};
use crate::text::{self, Bound, NameKind, NameMatch, QuantityRelation};
use crate::vectors::Vectors;

/// Something that a statement says, as far as the student is told of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    kind: Kind,
    /// Its place among the reading's items, cues, quantities or dates.
    place: usize,
    /// How much it tells by itself.
    pub(super) weight: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Word,
    Name,
    Cue,
    Figure,
    Day,
}

/// What is known of two tokens, one of either side. The order is that of the student's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    Nothing,
    SameStem,
    SameName,
    SameCountry,
    OtherName,
    OppositeEvent,
    Opposite,
    SameCue,
    SameFigure,
    Narrower,
    Wider,
    /// Another figure of the same thing, of what may be the same, of something else.
    OtherFigure,
    DoubtfulFigure,
    StrangeFigure,
    SameDay,
    OtherDay,
}

/// How many ties there are.
pub(super) const TIES: usize = Tie::OtherDay as usize + 1;

/// Tokens of a statement, at the most.
const MOST: usize = 32;
/// Dimensions of the word vectors that the student was learned with.
const DIMENSIONS: usize = 96;
/// Numbers beside its vector that a token is shown by: its weight, and whether it is one of five kinds, of fifteen cues (bounds of
/// figures stand in the places of the first four), of four kinds of names, negated (or ordinal), borrowed.
pub(super) const KNOWN: usize = 1 + 5 + CUES.len() + 4 + 2;
/// All numbers that a token is shown by.
pub(super) const INPUTS: usize = DIMENSIONS + KNOWN;
/// A vector of length one has small coordinates.
const STRETCH: f32 = 3.0;
/// What a token other than a word weighs.
const WEIGHT: f32 = 0.5;
/// Words less alike than this count as not alike.
const ALIKE: f32 = 0.2;
/// From these on two figures that differ are of one thing, or may be.
const ONE_THING: f64 = 0.7;
const MAYBE: f64 = 0.2;

/// In the order of their inputs.
const CUES: [Cue; 15] = [
    Cue::Negator,
    Cue::Rejection,
    Cue::Denial,
    Cue::ImplicativeNegative,
    Cue::ImplicativePositive,
    Cue::Hedge,
    Cue::Future,
    Cue::All,
    Cue::None,
    Cue::Some,
    Cue::Most,
    Cue::Only,
    Cue::Risen,
    Cue::SoFar,
    Cue::Condition,
];

/// A statement's tokens in the order of the text, those borrowed from its context at the end.
pub(super) fn tokens(r: &Reading) -> Vec<Token> {
    let items = r.items.iter().enumerate().map(|(place, item)| {
        let kind = if item.name.is_some() {
            Kind::Name
        } else {
            Kind::Word
        };
        let start = if item.borrowed {
            usize::MAX
        } else {
            item.span.start
        };
        (start, kind, place, item.weight)
    });
    let cues = r.cues.iter().enumerate();
    let cues = cues.map(|(place, cue)| (cue.1.start, Kind::Cue, place, WEIGHT));
    let figures = r.quantities.iter().enumerate();
    let figures = figures.map(|(place, q)| (q.span.start, Kind::Figure, place, WEIGHT));
    let days = r.dates.iter().enumerate();
    let days = days.map(|(place, day)| (day.span.start, Kind::Day, place, WEIGHT));
    let mut all: Vec<_> = items.chain(cues).chain(figures).chain(days).collect();
    all.sort_by_key(|(start, kind, place, _)| (*start, *kind, *place));
    all.truncate(MOST);
    let token = |(_, kind, place, weight)| Token {
        kind,
        place,
        weight,
    };
    all.into_iter().map(token).collect()
}

impl Token {
    /// The word whose vector stands for it, of a figure its unit; none of cues and days.
    pub(super) fn word(&self, r: &Reading) -> String {
        match self.kind {
            Kind::Word | Kind::Name => r.items[self.place].word.clone(),
            Kind::Figure => text::fold(r.quantities[self.place].unit.as_deref().unwrap_or("")),
            Kind::Cue | Kind::Day => String::new(),
        }
    }

    /// What is known of it beside its vector.
    pub(super) fn known(&self, r: &Reading) -> [f32; KNOWN] {
        let mut known = [0.0; KNOWN];
        known[0] = self.weight;
        let (kinds, rest) = known[1..].split_at_mut(5);
        let (cues, rest) = rest.split_at_mut(CUES.len());
        let (names, flags) = rest.split_at_mut(4);
        kinds[self.kind as usize] = 1.0;
        match self.kind {
            Kind::Word | Kind::Name => {
                let item = &r.items[self.place];
                if let Some(name) = item.name {
                    names[name_kind(r.names[name].kind)] = 1.0;
                }
                flags[0] = f32::from(u8::from(item.negated));
                flags[1] = f32::from(u8::from(item.borrowed));
            }
            Kind::Cue => {
                let own = r.cues[self.place].0;
                let same = cues.iter_mut().zip(CUES).filter(|(_, cue)| *cue == own);
                same.for_each(|(flag, _)| *flag = 1.0);
            }
            Kind::Figure => {
                let quantity = &r.quantities[self.place];
                cues[bound(quantity.bound)] = 1.0;
                flags[0] = f32::from(u8::from(quantity.ordinal));
            }
            Kind::Day => {}
        }
        known
    }
}

/// All numbers that tokens are shown by, one row a token.
pub(super) fn inputs(r: &Reading, tokens: &[Token]) -> Vec<f32> {
    let vectors = Vectors::english();
    let mut out = Vec::with_capacity(tokens.len() * INPUTS);
    for token in tokens {
        let start = out.len();
        if let Some(vector) = vectors.word(&token.word(r)) {
            let components = vectors.components(&vector);
            out.extend(components.iter().take(DIMENSIONS).map(|x| STRETCH * x));
        }
        out.resize(start + DIMENSIONS, 0.0);
        out.extend(token.known(r));
    }
    out
}

fn name_kind(kind: NameKind) -> usize {
    match kind {
        NameKind::Person => 0,
        NameKind::Place => 1,
        NameKind::Organisation => 2,
        NameKind::Other => 3,
    }
}

fn bound(bound: Bound) -> usize {
    match bound {
        Bound::Exact => 0,
        Bound::Approximate => 1,
        Bound::AtLeast => 2,
        Bound::AtMost => 3,
    }
}

impl Tie {
    /// The place of a tie's numbers, as it is or from the other side.
    pub(super) fn seen(self, turned: bool) -> usize {
        let tie = match self {
            Self::Narrower if turned => Self::Wider,
            Self::Wider if turned => Self::Narrower,
            other => other,
        };
        tie as usize
    }
}

/// Tells of every pair of tokens, row by row, their tie and how alike they are, 0 to 1.
pub(super) fn tie(
    (a, x): (&Reading, &[Token]),
    (b, y): (&Reading, &[Token]),
    alignment: &Alignment,
    lexicon: &Lexicon,
    mut tell: impl FnMut(usize, usize, Tie, f32),
) {
    for (i, p) in x.iter().enumerate() {
        let opposable = p.kind <= Kind::Name && lexicon.has_opposites(&a.items[p.place].root);
        for (j, q) in y.iter().enumerate() {
            if p.kind > Kind::Name || q.kind > Kind::Name {
                tell(i, j, figures(a, p, b, q), 0.0);
                continue;
            }
            let like = alignment.similar(p.place, q.place, b);
            let tie = words(a, p.place, b, q.place, alignment, lexicon, opposable);
            tell(i, j, tie, if like < ALIKE { 0.0 } else { like });
        }
    }
}

/// The tie of two content words.
fn words(
    a: &Reading,
    i: usize,
    b: &Reading,
    j: usize,
    alignment: &Alignment,
    lexicon: &Lexicon,
    opposable: bool,
) -> Tie {
    let (x, y) = (&a.items[i], &b.items[j]);
    if x.stem == y.stem {
        return Tie::SameStem;
    }
    if let (Some(n), Some(m)) = (x.name, y.name) {
        return match alignment.fit(n, m, b) {
            NameMatch::Same | NameMatch::Variant => Tie::SameName,
            NameMatch::SameCountry => Tie::SameCountry,
            NameMatch::Different => Tie::OtherName,
        };
    }
    let opposed = || lexicon.opposed(&x.root, &y.root);
    match opposable.then(opposed).flatten() {
        Some(Opposition::Event) => Tie::OppositeEvent,
        Some(Opposition::Antonym) => Tie::Opposite,
        None => Tie::Nothing,
    }
}

/// The tie of two tokens that are not both words.
fn figures(a: &Reading, p: &Token, b: &Reading, q: &Token) -> Tie {
    match (p.kind, q.kind) {
        (Kind::Cue, Kind::Cue) if a.cues[p.place].0 == b.cues[q.place].0 => Tie::SameCue,
        (Kind::Figure, Kind::Figure) => {
            let (x, y) = (&a.quantities[p.place], &b.quantities[q.place]);
            match x.compare(y) {
                QuantityRelation::Equal | QuantityRelation::Compatible => Tie::SameFigure,
                QuantityRelation::Narrower => Tie::Narrower,
                QuantityRelation::Wider => Tie::Wider,
                QuantityRelation::Disjoint => {
                    match a.counted[p.place].alike(&b.counted[q.place], x, (a, b)) {
                        alike if alike >= ONE_THING => Tie::OtherFigure,
                        alike if alike >= MAYBE => Tie::DoubtfulFigure,
                        _ => Tie::StrangeFigure,
                    }
                }
                QuantityRelation::Incomparable => Tie::Nothing,
            }
        }
        (Kind::Day, Kind::Day) => {
            let (x, y) = (&a.dates[p.place], &b.dates[q.place]);
            match x.interval.overlaps(y.interval) {
                true => Tie::SameDay,
                false => Tie::OtherDay,
            }
        }
        _ => Tie::Nothing,
    }
}

//! What a comparison sees: terms, each a strength times a function of how well the two statements cover each other.

use super::align::{Alignment, align};
use super::copies::Difference;
use super::reading::Item;
use super::terms::{GATE, TERMS, Term, term};
use super::{Rarity, Reading};
use crate::lexicon::{Cue, Lexicon, Opposition};
use crate::model::Stance;
use crate::text::{self, Name, NameKind, NameMatch, Span};

/// Log-odds of the network at which its bars stop growing, nats.
#[cfg(feature = "neural")]
const NETWORK_REACH: f32 = 6.0;

/// Everything seen in one pair but for what a network says of it.
pub(crate) fn terms(a: &Reading, b: &Reading, rarity: &Rarity, lexicon: &Lexicon) -> Vec<Term> {
    let alignment = align(a, b, rarity);
    let mut seen = Seen {
        out: Vec::with_capacity(32),
        cover: 0.0,
    };
    seen.overlap(a, b, &alignment);
    if rarity.is_corpus() {
        // Of the pairs that a search brings up few belong together; a pair that somebody puts side by side mostly does.
        seen.observe("one of many candidates", 1.0, Vec::new(), Vec::new());
    }
    if a.copies(b) {
        seen.observe("word for word the same", 1.0, Vec::new(), Vec::new());
    }
    if let Some((difference, x, y)) = a.difference(b, lexicon) {
        let name = match difference {
            Difference::Negation => "the same but for a negation",
            Difference::Denial => "the same but denied",
            Difference::Opposite => "the same but for an opposite",
            Difference::Figure => "the same but for a figure",
            Difference::LaterFigure => "the same but for a later figure",
            Difference::Day => "the same but for a day",
            Difference::Roles => "the same but for who does it",
        };
        seen.observe(name, 1.0, x, y);
    }
    // Copies that tell which matter they are about need no articles for it.
    if !seen.out.iter().any(|t| TERMS[t.id].fixed.is_some())
        && let Some(p) = a.one_event(b, rarity)
    {
        seen.measure(GATE, p);
    }
    seen.who_and_where(a, b, &alignment);
    seen.when(a, b);
    seen.how_many(a, b);
    seen.polarity(a, b, &alignment, lexicon);
    seen.scope(a, b);
    seen.replaced(a, b, &alignment);
    seen.out
}

/// What a network says of a pair in which `seen` was seen. It names no words; a clash that it finds most likely rests on those
/// that nothing on the other side stands for.
#[cfg(feature = "neural")]
pub(crate) fn read(logits: super::network::Logits, seen: &[Term]) -> [Term; 4] {
    let apart = seen.iter().find(|t| t.id == term("matter replaced"));
    let apart = apart
        .map(|t| (t.a.clone(), t.b.clone()))
        .unwrap_or_default();
    let mut read = [
        ("read as one matter", logits.same),
        ("read as a clash", logits.clash),
        ("a read to entail b", logits.forward),
        ("b read to entail a", logits.backward),
    ]
    .map(|(name, logit)| Term {
        id: term(name),
        strength: 1.0,
        at: f64::from(0.5 + logit / (2.0 * NETWORK_REACH)).clamp(0.0, 1.0),
        a: Vec::new(),
        b: Vec::new(),
    });
    (read[1].a, read[1].b) = apart;
    read
}

/// Words named where a clash cannot be pinned to any: enough to see what it is about.
const APART: usize = 4;

pub(super) struct Seen {
    out: Vec<Term>,
    cover: f64,
}

impl Seen {
    fn measure(&mut self, name: &str, value: f64) {
        self.out.push(Term {
            id: term(name),
            strength: 1.0,
            at: value.clamp(0.0, 1.0),
            a: Vec::new(),
            b: Vec::new(),
        });
    }

    pub(super) fn observe(&mut self, name: &str, strength: f64, a: Vec<Span>, b: Vec<Span>) {
        if strength > 0.0 {
            let at = self.cover;
            self.out.push(Term {
                id: term(name),
                strength: strength.min(1.0),
                at,
                a,
                b,
            });
        }
    }

    fn overlap(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        let (ca, cb) = (alignment.covered_a, alignment.covered_b);
        let like = f64::from(alignment.likeness).clamp(0.0, 1.0);
        self.cover = (ca * cb).sqrt().max(0.6 * ca.max(cb));
        self.measure("prior", 1.0);
        self.measure("words covered on the weaker side", ca.min(cb));
        self.measure("words covered on the stronger side", ca.max(cb));
        self.measure("same words", alignment.exact);
        self.measure("likeness of meaning", like);
        self.measure("rarest shared word", alignment.rarest);
        self.measure("matter shared", (alignment.shared / 5.0).min(1.0));
        self.measure("b covers a", ca);
        self.measure("a covers b", cb);
        self.measure("matter only in a", (alignment.only_a / 4.0).min(1.0));
        self.measure("matter only in b", (alignment.only_b / 4.0).min(1.0));
        let (short, long) = (
            a.items.len().min(b.items.len()),
            a.items.len().max(b.items.len()),
        );
        self.measure(
            "lengths alike",
            if long == 0 {
                1.0
            } else {
                short as f64 / long as f64
            },
        );
        if let (Some(x), Some(y)) = (&a.speaker, &b.speaker)
            && strsim::jaro_winkler(x, y) > 0.92
        {
            self.observe("one speaker", 1.0, Vec::new(), Vec::new());
        }
        if let Some(last) = self.out.iter_mut().find(|t| t.id == term("same words")) {
            last.a = alignment
                .pairs
                .iter()
                .filter(|p| p.similarity > 0.99)
                .map(|p| a.items[p.a].span)
                .filter(|s| !s.is_empty())
                .collect();
            last.b = alignment
                .pairs
                .iter()
                .filter(|p| p.similarity > 0.99)
                .map(|p| b.items[p.b].span)
                .filter(|s| !s.is_empty())
                .collect();
        }
    }

    fn who_and_where(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        let fits = |n: usize, m: usize| alignment.names[n][m] > NameMatch::Different;
        let said = |n: &Name, r: &Reading| {
            text::holds(&r.lower, &n.text)
                || r.items
                    .iter()
                    .any(|i| i.borrowed && n.text.contains(&i.word))
        };
        let (mut shared, mut all) = (0.0, 0.0);
        let mut lone_a = Vec::new();
        let mut lone_b = Vec::new();
        for (n, x) in a.names.iter().enumerate() {
            all += 1.0;
            if (0..b.names.len()).any(|m| fits(n, m)) || said(x, b) {
                shared += 1.0
            } else {
                lone_a.push(x)
            }
        }
        for (m, y) in b.names.iter().enumerate() {
            all += 1.0;
            if (0..a.names.len()).any(|n| fits(n, m)) || said(y, a) {
                shared += 1.0
            } else {
                lone_b.push(y)
            }
        }
        if all > 0.0 {
            self.measure("names shared", shared / all);
        }
        let place = |n: &&&Name| n.country.is_some() || n.kind == NameKind::Place;
        let places = (lone_a.iter().find(place), lone_b.iter().find(place));
        if let (Some(x), Some(y)) = places {
            self.observe("places differ", 1.0, vec![x.span], vec![y.span]);
        }
        let other = |n: &&&Name| n.country.is_none() && n.kind != NameKind::Place;
        if let (Some(x), Some(y)) = (lone_a.iter().find(other), lone_b.iter().find(other)) {
            self.observe("names differ", 1.0, vec![x.span], vec![y.span]);
        }
        if let Some((x, y)) = exchanged(a, b, alignment) {
            self.observe("roles exchanged", 1.0, x, y);
        }
    }

    fn when(&mut self, a: &Reading, b: &Reading) {
        if let (Some(x), Some(y)) = (a.published, b.published) {
            let gap = x.days_until(y).unsigned_abs() as f64;
            self.measure("days between publications", (1.0 + gap).ln() / 400f64.ln());
        }
        if a.dates.is_empty() || b.dates.is_empty() {
            return;
        }
        let agree = a
            .dates
            .iter()
            .any(|x| b.dates.iter().any(|y| x.interval.overlaps(y.interval)));
        let name = if agree {
            "dates agree"
        } else if own_day(a) && own_day(b) {
            // 'On Friday' in Friday's paper and 'on Sunday' in Sunday's: two occasions, or two counts of one.
            "each tells of its own day"
        } else {
            "dates differ"
        };
        let (x, y) = (
            a.dates.iter().map(|d| d.span).collect(),
            b.dates.iter().map(|d| d.span).collect(),
        );
        self.observe(name, 1.0, x, y);
    }

    fn polarity(&mut self, a: &Reading, b: &Reading, alignment: &Alignment, lexicon: &Lexicon) {
        let cue = |r: &Reading, kinds: &[Cue]| {
            r.cues
                .iter()
                .filter(|c| kinds.contains(&c.0))
                .map(|c| c.1)
                .collect::<Vec<_>>()
        };
        let outside = |r: &Reading, spans: Vec<Span>| {
            let wider: Vec<Span> = r
                .cues
                .iter()
                .filter(|c| matches!(c.0, Cue::Rejection | Cue::Denial))
                .map(|c| c.1)
                .collect();
            spans
                .into_iter()
                .filter(|s| !wider.iter().any(|w| w.contains(*s) && w != s))
                .collect::<Vec<_>>()
        };
        let (na, nb) = (
            outside(a, cue(a, &[Cue::Negator, Cue::None])),
            outside(b, cue(b, &[Cue::Negator, Cue::None])),
        );
        if na.is_empty() != nb.is_empty() {
            self.observe("negated on one side", 1.0, na.clone(), nb.clone());
        } else if !na.is_empty() {
            self.observe("negated on both sides", 1.0, na.clone(), nb.clone());
        }
        let mismatch = alignment
            .pairs
            .iter()
            .filter(|p| a.items[p.a].negated != b.items[p.b].negated && p.similarity > 0.55)
            .max_by(|p, q| {
                (p.weight * f64::from(p.similarity))
                    .total_cmp(&(q.weight * f64::from(q.similarity)))
            });
        if let Some(p) = mismatch {
            self.observe(
                "an aligned word is negated on one side",
                1.0,
                vec![a.items[p.a].span],
                vec![b.items[p.b].span],
            );
        }

        // The most telling of several, whichever side is asked first: an event before a word, and one that stands as it is
        // before one that a negation turns round.
        // Ties go to the pair whose places are closer, then to the alphabet: neither knows which side is a.
        let mut opposite: Option<(bool, bool, usize, usize)> = None;
        let telling = |(event, plain, i, j): (bool, bool, usize, usize)| {
            let (x, y) = (a.items[i].word.as_str(), b.items[j].word.as_str());
            let words = (x.min(y), x.max(y));
            std::cmp::Reverse((!event, !plain, i + j, i.abs_diff(j), words))
        };
        for (i, x) in opposable(a, b, lexicon) {
            for (j, y) in opposable(b, a, lexicon) {
                if let Some(kind) = lexicon.opposed(&x.root, &y.root) {
                    let (event, plain) = (kind == Opposition::Event, x.negated == y.negated);
                    let found = (event, plain, i, j);
                    if opposite.is_none_or(|had| telling(found) > telling(had)) {
                        opposite = Some(found);
                    }
                }
            }
        }
        if let Some((event, plain, i, j)) = opposite {
            let (x, y) = (vec![a.items[i].span], vec![b.items[j].span]);
            if !plain {
                self.observe("opposite words, one negated", 1.0, x, y);
            } else {
                let name = if event {
                    "opposite events"
                } else {
                    "opposite words"
                };
                self.observe(name, 1.0, x, y);
            }
        }

        let reject = |r: &Reading| cue(r, &[Cue::Rejection]);
        let (ra, rb) = (reject(a), reject(b));
        // A rejection covers what it rejects, not the other way round: the stronger side counts.
        let cover = self.cover;
        self.cover = alignment.covered_a.max(alignment.covered_b);
        if ra.is_empty() != rb.is_empty() {
            self.observe("rejected on one side", 1.0, ra.clone(), rb.clone());
        } else if !ra.is_empty() {
            self.observe("rejected on both sides", 1.0, ra.clone(), rb.clone());
        }
        let deny = |r: &Reading| {
            let spans = cue(r, &[Cue::Denial]);
            let denies = !spans.is_empty()
                || r.stance == Stance::Denies
                    && reject(r).is_empty()
                    && na.is_empty()
                    && nb.is_empty();
            (denies, spans)
        };
        let ((da, sa), (db, sb)) = (deny(a), deny(b));
        if da != db {
            self.observe("denied on one side", 1.0, sa, sb);
        } else if da {
            self.observe("denied on both sides", 1.0, sa, sb);
        }
        self.cover = cover;
        let (ia, ib) = (
            cue(a, &[Cue::ImplicativeNegative]),
            cue(b, &[Cue::ImplicativeNegative]),
        );
        if ia.is_empty() != ib.is_empty() {
            self.observe("failed on one side", 1.0, ia, ib);
        }
    }

    fn scope(&mut self, a: &Reading, b: &Reading) {
        let has = |r: &Reading, kind: Cue| r.cues.iter().find(|c| c.0 == kind).map(|c| c.1);
        let either = |x: Cue, y: Cue| {
            has(a, x)
                .zip(has(b, y))
                .filter(|_| has(a, y).is_none() && has(b, x).is_none())
                .or_else(|| {
                    has(a, y)
                        .zip(has(b, x))
                        .filter(|_| has(a, x).is_none() && has(b, y).is_none())
                })
        };
        for (name, x, y) in [
            ("all against none", Cue::All, Cue::None),
            ("all against some", Cue::All, Cue::Some),
            ("none against some", Cue::None, Cue::Some),
        ] {
            if let Some((p, q)) = either(x, y) {
                self.observe(name, 1.0, vec![p], vec![q]);
            }
        }
        let one_side = |kind: Cue| has(a, kind).is_some() != has(b, kind).is_some();
        let spans = |kind: Cue| {
            (
                has(a, kind).into_iter().collect::<Vec<_>>(),
                has(b, kind).into_iter().collect::<Vec<_>>(),
            )
        };
        if one_side(Cue::Only) {
            let (x, y) = spans(Cue::Only);
            self.observe("only on one side", 1.0, x, y);
        }
        let hedged = |r: &Reading| r.stance == Stance::Hedges || has(r, Cue::Hedge).is_some();
        let (x, y) = spans(Cue::Hedge);
        match (hedged(a), hedged(b)) {
            (true, false) => self.observe("hedged only in a", 1.0, x, y),
            (false, true) => self.observe("hedged only in b", 1.0, x, y),
            (true, true) => self.observe("hedged on both sides", 1.0, x, y),
            (false, false) => {}
        }
        let future = |r: &Reading| r.stance == Stance::Predicts || has(r, Cue::Future).is_some();
        let (x, y) = spans(Cue::Future);
        match (future(a), future(b)) {
            (true, false) => self.observe("future only in a", 1.0, x, y),
            (false, true) => self.observe("future only in b", 1.0, x, y),
            _ => {}
        }
        if a.question != b.question {
            self.observe("a question on one side", 1.0, Vec::new(), Vec::new());
        }
        if one_side(Cue::Condition) {
            let (x, y) = spans(Cue::Condition);
            self.observe("a condition on one side", 1.0, x, y);
        }
    }

    fn replaced(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        self.measure(
            "matter replaced",
            (alignment.only_a.min(alignment.only_b) / 3.0).min(1.0),
        );
        if let Some(last) = self.out.last_mut() {
            last.a = apart(a, |i| alignment.pairs.iter().any(|p| p.a == i));
            last.b = apart(b, |i| alignment.pairs.iter().any(|p| p.b == i));
        }
        if let Some((i, j)) = told_apart(a, b, alignment) {
            let spans = |r: &Reading, i: usize| vec![r.items[i].span];
            self.observe("the same word is told apart", 1.0, spans(a, i), spans(b, j));
        }
        if let Some((i, j, similarity)) = alignment.nearest_miss {
            self.observe(
                "a word replaced by one of its kind",
                f64::from(similarity),
                vec![a.items[i].span],
                vec![b.items[j].span],
            );
        }
    }
}

/// A statement's own words that have opposites. A word that both sides have does not oppose anything.
fn opposable<'r>(
    r: &'r Reading,
    other: &Reading,
    lexicon: &Lexicon,
) -> impl Iterator<Item = (usize, &'r Item)> {
    r.items.iter().enumerate().filter(|(_, x)| {
        !x.borrowed
            && lexicon.has_opposites(&x.root)
            && !other.items.iter().any(|y| y.stem == x.stem)
    })
}

/// Whether a statement's dates are the day of its publication or the day or two before: it reports what has just been.
fn own_day(r: &Reading) -> bool {
    const FRESH: i64 = 2;
    r.published.is_some_and(|day| {
        r.dates.iter().all(|d| {
            d.interval.days() <= FRESH && (0..=FRESH).contains(&d.interval.to.days_until(day))
        })
    })
}

/// A word that both sides have with another word beside it on either: 'the minister of health' and 'the minister of
/// agriculture', 'the northern province' and 'the western province'. Gives the two words beside it.
fn told_apart(a: &Reading, b: &Reading, alignment: &Alignment) -> Option<(usize, usize)> {
    let left_a = |i: usize| !alignment.pairs.iter().any(|p| p.a == i);
    let left_b = |j: usize| !alignment.pairs.iter().any(|p| p.b == j);
    let next_to = |r: &Reading, i: usize, j: usize| {
        let (x, y) = (r.items.get(i)?, r.items.get(j)?);
        let between = r.text.get(x.span.end..y.span.start)?;
        (!x.borrowed && !y.borrowed && matches!(between, " " | "-" | " of " | " of the " | " for "))
            .then_some(())
    };
    alignment
        .pairs
        .iter()
        .filter(|p| p.similarity > 0.99)
        .find_map(|p| {
            let before = p.a.checked_sub(1).zip(p.b.checked_sub(1)).filter(|(i, j)| {
                left_a(*i)
                    && left_b(*j)
                    && next_to(a, *i, p.a).is_some()
                    && next_to(b, *j, p.b).is_some()
            });
            let after = Some((p.a + 1, p.b + 1)).filter(|(i, j)| {
                left_a(*i)
                    && left_b(*j)
                    && next_to(a, p.a, *i).is_some()
                    && next_to(b, p.b, *j).is_some()
            });
            before.or(after)
        })
}

/// The weightiest own words that nothing on the other side stands for, in the order of the text.
fn apart(r: &Reading, aligned: impl Fn(usize) -> bool) -> Vec<Span> {
    let mut left: Vec<usize> = (0..r.items.len())
        .filter(|i| !r.items[*i].borrowed && !aligned(*i))
        .collect();
    left.sort_by(|i, j| {
        r.items[*j]
            .weight
            .total_cmp(&r.items[*i].weight)
            .then(i.cmp(j))
    });
    left.truncate(APART);
    left.sort_unstable();
    left.into_iter().map(|i| r.items[i].span).collect()
}

/// Two names that both statements have, in the opposite order around a word that both have: 'A sued B', 'B sued A'. A
/// passive on one side only turns it back.
fn exchanged(a: &Reading, b: &Reading, alignment: &Alignment) -> Option<(Vec<Span>, Vec<Span>)> {
    let named: Vec<_> = alignment
        .pairs
        .iter()
        .filter(|p| a.items[p.a].name.is_some() && b.items[p.b].name.is_some())
        .collect();
    for (n, p) in named.iter().enumerate() {
        for q in &named[n + 1..] {
            if a.items[p.a].name == a.items[q.a].name || b.items[p.b].name == b.items[q.b].name {
                continue;
            }
            let crossed = (p.a < q.a) != (p.b < q.b);
            let verb = alignment.pairs.iter().any(|v| {
                let between = |x: usize, y: usize, v: usize| x.min(y) < v && v < x.max(y);
                a.items[v.a].name.is_none()
                    && b.items[v.b].name.is_none()
                    && between(p.a, q.a, v.a)
                    && between(p.b, q.b, v.b)
                    && v.similarity > 0.8
            });
            if crossed && verb && a.is_passive() == b.is_passive() {
                let spans =
                    |r: &Reading, x: usize, y: usize| vec![r.items[x].span, r.items[y].span];
                return Some((spans(a, p.a, q.a), spans(b, p.b, q.b)));
            }
        }
    }
    None
}

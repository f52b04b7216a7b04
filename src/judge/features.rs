//! What a comparison sees: terms, each a strength times a function of how well the two statements cover each other.

use super::align::{Alignment, Pair, Side};
use super::copies::Difference;
use super::reading::Item;
use super::scratch::Scratch;
use super::seen::Seen;
#[cfg(feature = "neural")]
use super::seen::Term;
use super::terms::{GATE, TERMS, term};
use super::{Rarity, Reading};
use crate::lexicon::{Cue, Lexicon, Opposition};
use crate::model::Stance;
use crate::text::{self, Name, NameKind, Span};

/// Log-odds of student and network at which their bars stop growing, nats.
const REACH: f32 = 6.0;

/// Sees everything in one pair but for what a network says of it.
pub(super) fn see(
    a: &Reading,
    b: &Reading,
    rarity: &Rarity,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
) {
    let (seen, alignment) = (&mut scratch.seen, &mut scratch.alignment);
    alignment.align(a, b, rarity);
    seen.clear();
    seen.overlap(a, b, alignment);
    if rarity.is_corpus() {
        // Of the pairs that a search brings up few belong together; a pair that somebody puts side by side mostly does.
        seen.observe(term!("one of many candidates"), 1.0, [], []);
    }
    seen.copied(a, b, lexicon);
    // Copies that tell which matter they are about need no articles for it.
    if !seen.terms.iter().any(|t| TERMS[t.id].fixed.is_some())
        && let Some(p) = a.one_event(b, rarity)
    {
        seen.measure(term!(GATE), p);
    }
    seen.who_and_where(a, b, alignment);
    seen.when(a, b);
    seen.how_many(a, b, &mut scratch.lone);
    seen.polarity(a, b, alignment, lexicon);
    seen.scope(a, b);
    seen.replaced(a, b, alignment);
}

/// Adds what the student says of a pair.
pub(super) fn compared(logits: [f32; 4], seen: &mut Seen) {
    let ids = [
        term!("words compared: one matter"),
        term!("words compared: a clash"),
        term!("words compared: a entails b"),
        term!("words compared: b entails a"),
    ];
    for (id, logit) in ids.into_iter().zip(logits) {
        seen.measure(id, strength(logit));
    }
}

/// Log-odds as the value of a measure, one half where they are even.
fn strength(logit: f32) -> f64 {
    f64::from(0.5 + logit / (2.0 * REACH))
}

/// Adds what a network says of a pair. It names no words; a clash that it finds most likely rests on those that nothing on the other
/// side stands for.
#[cfg(feature = "neural")]
pub(super) fn read(logits: super::network::Logits, seen: &mut Seen) {
    let replaced = |t: &&Term| t.id == term!("matter replaced");
    let apart = seen.terms.iter().find(replaced).map(|t| (t.a, t.b));
    seen.measure(term!("read as one matter"), strength(logits.same));
    seen.measure(term!("read as a clash"), strength(logits.clash));
    if let (Some(clash), Some((a, b))) = (seen.terms.last_mut(), apart) {
        (clash.a, clash.b) = (a, b);
    }
    seen.measure(term!("a read to entail b"), strength(logits.forward));
    seen.measure(term!("b read to entail a"), strength(logits.backward));
}

/// Words named where a clash cannot be pinned to any: enough to see what it is about.
const APART: usize = 4;

impl Seen {
    fn overlap(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        let (ca, cb) = (alignment.a.covered, alignment.b.covered);
        let like = f64::from(alignment.likeness).clamp(0.0, 1.0);
        self.cover = (ca * cb).sqrt().max(0.6 * ca.max(cb));
        self.measure(term!("prior"), 1.0);
        self.measure(term!("words covered on the weaker side"), ca.min(cb));
        self.measure(term!("words covered on the stronger side"), ca.max(cb));
        let stands = |span: &Span| !span.is_empty();
        let (x, y) = (
            alignment.exact_pairs().map(|p| a.items[p.a].span),
            alignment.exact_pairs().map(|p| b.items[p.b].span),
        );
        let (x, y) = (x.filter(stands), y.filter(stands));
        self.measure_on(term!("same words"), alignment.exact, x, y);
        self.measure(term!("likeness of meaning"), like);
        self.measure(term!("rarest shared word"), alignment.rarest);
        self.measure(term!("matter shared"), (alignment.shared / 5.0).min(1.0));
        self.measure(term!("b covers a"), ca);
        self.measure(term!("a covers b"), cb);
        self.measure(term!("matter only in a"), (alignment.a.only / 4.0).min(1.0));
        self.measure(term!("matter only in b"), (alignment.b.only / 4.0).min(1.0));
        let (short, long) = (
            a.items.len().min(b.items.len()),
            a.items.len().max(b.items.len()),
        );
        let alike = match long {
            0 => 1.0,
            _ => short as f64 / long as f64,
        };
        self.measure(term!("lengths alike"), alike);
        if let (Some(x), Some(y)) = (&a.speaker, &b.speaker)
            && text::jaro_winkler(x, y) > 0.92
        {
            self.observe(term!("one speaker"), 1.0, [], []);
        }
    }

    fn copied(&mut self, a: &Reading, b: &Reading, lexicon: &Lexicon) {
        if a.copies(b) {
            self.observe(term!("word for word the same"), 1.0, [], []);
        }
        let Some((difference, x, y)) = a.difference(b, lexicon) else {
            return;
        };
        let id = match difference {
            Difference::Negation => term!("the same but for a negation"),
            Difference::Denial => term!("the same but denied"),
            Difference::Opposite => term!("the same but for an opposite"),
            Difference::Figure => term!("the same but for a figure"),
            Difference::LaterFigure => term!("the same but for a later figure"),
            Difference::Day => term!("the same but for a day"),
            Difference::Roles => {
                let id = term!("the same but for who does it");
                let (x, y) = (a.names.iter(), b.names.iter());
                return self.observe(id, 1.0, x.map(|n| n.span), y.map(|n| n.span));
            }
        };
        self.observe(id, 1.0, x, y);
    }

    fn who_and_where(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        let said = |n: &Name, r: &Reading| {
            text::holds(&r.lower, &n.text)
                || r.items
                    .iter()
                    .any(|i| i.borrowed && n.text.contains(&i.word))
        };
        let (mut lone_a, mut lone_b) = (LoneNames::default(), LoneNames::default());
        for (n, x) in a.names.iter().enumerate() {
            let fits = |m| alignment.names_fit(n, m, b);
            if !((0..b.names.len()).any(fits) || said(x, b)) {
                lone_a.add(x);
            }
        }
        for (m, y) in b.names.iter().enumerate() {
            let fits = |n| alignment.names_fit(n, m, b);
            if !((0..a.names.len()).any(fits) || said(y, a)) {
                lone_b.add(y);
            }
        }
        let all = a.names.len() + b.names.len();
        if all > 0 {
            let shared = all - lone_a.count - lone_b.count;
            self.measure(term!("names shared"), shared as f64 / all as f64);
        }
        if let (Some(x), Some(y)) = (lone_a.place, lone_b.place) {
            self.observe(term!("places differ"), 1.0, [x], [y]);
        }
        if let (Some(x), Some(y)) = (lone_a.other, lone_b.other) {
            self.observe(term!("names differ"), 1.0, [x], [y]);
        }
        if let Some((x, y)) = exchanged(a, b, alignment) {
            self.observe(term!("roles exchanged"), 1.0, x, y);
        }
    }

    fn when(&mut self, a: &Reading, b: &Reading) {
        if let (Some(x), Some(y)) = (a.published, b.published) {
            let gap = x.days_until(y).unsigned_abs() as f64;
            let gap = (1.0 + gap).ln() / 400f64.ln();
            self.measure(term!("days between publications"), gap);
        }
        if a.dates.is_empty() || b.dates.is_empty() {
            return;
        }
        let agree = a
            .dates
            .iter()
            .any(|x| b.dates.iter().any(|y| x.interval.overlaps(y.interval)));
        let id = if agree {
            term!("dates agree")
        } else if own_day(a) && own_day(b) {
            // 'On Friday' in Friday's paper and 'on Sunday' in Sunday's: two occasions, or two counts of one.
            term!("each tells of its own day")
        } else {
            term!("dates differ")
        };
        let (x, y) = (a.dates.iter(), b.dates.iter());
        self.observe(id, 1.0, x.map(|d| d.span), y.map(|d| d.span));
    }

    fn polarity(&mut self, a: &Reading, b: &Reading, alignment: &Alignment, lexicon: &Lexicon) {
        let (na, nb) = (negators(a), negators(b));
        let negated = [has(&na), has(&nb)];
        let ids = [term!("negated on one side"), term!("negated on both sides")];
        self.one_or_both(ids, negated, na, nb);
        let mismatch = alignment
            .pairs
            .iter()
            .filter(|p| a.items[p.a].negated != b.items[p.b].negated && p.similarity > 0.55)
            .max_by(|p, q| {
                (p.weight * f64::from(p.similarity))
                    .total_cmp(&(q.weight * f64::from(q.similarity)))
            });
        if let Some(p) = mismatch {
            let id = term!("an aligned word is negated on one side");
            self.observe(id, 1.0, [a.items[p.a].span], [b.items[p.b].span]);
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
            let id = match (plain, event) {
                (false, _) => term!("opposite words, one negated"),
                (true, true) => term!("opposite events"),
                (true, false) => term!("opposite words"),
            };
            self.observe(id, 1.0, [a.items[i].span], [b.items[j].span]);
        }

        // A rejection covers what it rejects, not the other way round: the stronger side counts.
        let cover = self.cover;
        self.cover = alignment.a.covered.max(alignment.b.covered);
        let (ra, rb) = (cues(a, Cue::Rejection), cues(b, Cue::Rejection));
        let rejected = [has(&ra), has(&rb)];
        let ids = [
            term!("rejected on one side"),
            term!("rejected on both sides"),
        ];
        self.one_or_both(ids, rejected, ra, rb);
        let denies = |r: &Reading, rejects: bool| {
            let stance = r.stance == Stance::Denies && !rejects && negated == [false; 2];
            stance || has(&cues(r, Cue::Denial))
        };
        let denied = [denies(a, rejected[0]), denies(b, rejected[1])];
        let ids = [term!("denied on one side"), term!("denied on both sides")];
        self.one_or_both(ids, denied, cues(a, Cue::Denial), cues(b, Cue::Denial));
        self.cover = cover;
        let (ia, ib) = (
            cues(a, Cue::ImplicativeNegative),
            cues(b, Cue::ImplicativeNegative),
        );
        if has(&ia) != has(&ib) {
            self.observe(term!("failed on one side"), 1.0, ia, ib);
        }
    }

    fn scope(&mut self, a: &Reading, b: &Reading) {
        let first = |r: &Reading, kind: Cue| cues(r, kind).next();
        let against = |x: Cue, y: Cue, a: &Reading, b: &Reading| {
            first(a, x)
                .zip(first(b, y))
                .filter(|_| first(a, y).is_none() && first(b, x).is_none())
        };
        for (id, x, y) in [
            (term!("all against none"), Cue::All, Cue::None),
            (term!("all against some"), Cue::All, Cue::Some),
            (term!("none against some"), Cue::None, Cue::Some),
        ] {
            if let Some((p, q)) = against(x, y, a, b).or_else(|| against(y, x, a, b)) {
                self.observe(id, 1.0, [p], [q]);
            }
        }
        let one_side = |kind: Cue| first(a, kind).is_some() != first(b, kind).is_some();
        if one_side(Cue::Only) {
            let (x, y) = (first(a, Cue::Only), first(b, Cue::Only));
            self.observe(term!("only on one side"), 1.0, x, y);
        }
        let hedges = |r: &Reading| r.stance == Stance::Hedges || first(r, Cue::Hedge).is_some();
        let hedged = match (hedges(a), hedges(b)) {
            (true, false) => Some(term!("hedged only in a")),
            (false, true) => Some(term!("hedged only in b")),
            (true, true) => Some(term!("hedged on both sides")),
            (false, false) => None,
        };
        if let Some(id) = hedged {
            self.observe(id, 1.0, first(a, Cue::Hedge), first(b, Cue::Hedge));
        }
        let predicts =
            |r: &Reading| r.stance == Stance::Predicts || first(r, Cue::Future).is_some();
        let future = match (predicts(a), predicts(b)) {
            (true, false) => Some(term!("future only in a")),
            (false, true) => Some(term!("future only in b")),
            _ => None,
        };
        if let Some(id) = future {
            self.observe(id, 1.0, first(a, Cue::Future), first(b, Cue::Future));
        }
        if a.question != b.question {
            self.observe(term!("a question on one side"), 1.0, [], []);
        }
        if one_side(Cue::Condition) {
            let (x, y) = (first(a, Cue::Condition), first(b, Cue::Condition));
            self.observe(term!("a condition on one side"), 1.0, x, y);
        }
    }

    fn replaced(&mut self, a: &Reading, b: &Reading, alignment: &Alignment) {
        let least = alignment.a.only.min(alignment.b.only);
        let (x, y) = (apart(a, &alignment.a), apart(b, &alignment.b));
        self.measure_on(term!("matter replaced"), (least / 3.0).min(1.0), x, y);
        let spans = |i: usize, j: usize| ([a.items[i].span], [b.items[j].span]);
        if let Some((i, j)) = told_apart(a, b, alignment) {
            let (x, y) = spans(i, j);
            self.observe(term!("the same word is told apart"), 1.0, x, y);
        }
        if let Some((i, j, similarity)) = alignment.nearest_miss {
            let (x, y) = spans(i, j);
            let id = term!("a word replaced by one of its kind");
            self.observe(id, f64::from(similarity), x, y);
        }
    }

    /// Observes the first of two terms where one side has something, the second where both have it.
    fn one_or_both(
        &mut self,
        [one, both]: [usize; 2],
        has: [bool; 2],
        a: impl Iterator<Item = Span>,
        b: impl Iterator<Item = Span>,
    ) {
        match has {
            [true, true] => self.observe(both, 1.0, a, b),
            [false, false] => {}
            _ => self.observe(one, 1.0, a, b),
        }
    }
}

/// The names of one statement that the other does not have.
#[derive(Default)]
struct LoneNames {
    count: usize,
    /// The first of them that is a place.
    place: Option<Span>,
    /// The first that is none.
    other: Option<Span>,
}

impl LoneNames {
    fn add(&mut self, name: &Name) {
        self.count += 1;
        let of_its_kind = match name.country.is_some() || name.kind == NameKind::Place {
            true => &mut self.place,
            false => &mut self.other,
        };
        of_its_kind.get_or_insert(name.span);
    }
}

/// Where a statement's cues of one kind stand.
fn cues(r: &Reading, kind: Cue) -> impl Iterator<Item = Span> + Clone {
    let cues = r.cues.iter().filter(move |c| c.0 == kind);
    cues.map(|c| c.1)
}

/// What negates in a statement; not the 'no' of a wider 'no evidence that'.
fn negators(r: &Reading) -> impl Iterator<Item = Span> + Clone {
    let wider = |span: Span| {
        let within = |c: &(Cue, Span)| c.1.contains(span) && c.1 != span;
        (r.cues.iter()).any(|c| matches!(c.0, Cue::Rejection | Cue::Denial) && within(c))
    };
    let cues = r.cues.iter();
    let negators = cues.filter(|c| matches!(c.0, Cue::Negator | Cue::None));
    negators.map(|c| c.1).filter(move |span| !wider(*span))
}

/// Whether anything is left.
fn has(spans: &(impl Iterator<Item = Span> + Clone)) -> bool {
    spans.clone().next().is_some()
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
    let left_a = |i: usize| i >= a.items.len() || !alignment.a.is_paired(i);
    let left_b = |j: usize| j >= b.items.len() || !alignment.b.is_paired(j);
    let next_to = |r: &Reading, i: usize, j: usize| {
        let (x, y) = (r.items.get(i)?, r.items.get(j)?);
        let between = r.text.get(x.span.end..y.span.start)?;
        (!x.borrowed && !y.borrowed && matches!(between, " " | "-" | " of " | " of the " | " for "))
            .then_some(())
    };
    alignment.exact_pairs().find_map(|p| {
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
fn apart(r: &Reading, side: &Side) -> impl Iterator<Item = Span> {
    let weight = |i: usize| r.items[i].weight;
    let mut weightiest = [None; APART];
    for i in (0..r.items.len()).filter(|i| !r.items[*i].borrowed && !side.is_paired(*i)) {
        let lighter = |held: &Option<usize>| held.is_none_or(|j| weight(i) > weight(j));
        if let Some(place) = weightiest.iter().position(lighter) {
            weightiest.copy_within(place..APART - 1, place + 1);
            weightiest[place] = Some(i);
        }
    }
    weightiest.sort_unstable();
    let words = weightiest.into_iter().flatten();
    words.map(|i| r.items[i].span)
}

/// Two names that both statements have, in the opposite order around a word that both have: 'A sued B', 'B sued A'. A
/// passive on one side only turns it back.
fn exchanged(a: &Reading, b: &Reading, alignment: &Alignment) -> Option<([Span; 2], [Span; 2])> {
    let named = |p: &&Pair| a.items[p.a].name.is_some() && b.items[p.b].name.is_some();
    for (n, p) in alignment.pairs.iter().enumerate() {
        if !named(&p) {
            continue;
        }
        for q in alignment.pairs[n + 1..].iter().filter(named) {
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
                let spans = |r: &Reading, x: usize, y: usize| [r.items[x].span, r.items[y].span];
                return Some((spans(a, p.a, q.a), spans(b, p.b, q.b)));
            }
        }
    }
    None
}

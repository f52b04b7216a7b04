//! How the figures of two statements stand to each other, and whether they count the same thing.

use super::Reading;
use super::reading::Item;
use super::seen::Seen;
use super::terms::{RISEN, UPDATE, term};
use crate::lexicon::{Cue, Lexicon};
use crate::text::{Bound, Quantity, QuantityRelation, Span};
use crate::vectors::Vectors;

/// From this on two figures are taken to count the same thing.
const SAME: f64 = 0.7;
/// Below this they count different things, and nothing follows from their being different.
const LEAST: f64 = 0.2;
/// Cosine from which two counted nouns, or two words beside a figure, are of one kind; half of it is half of that.
const KIN: f32 = 0.45;

/// What a figure counts, as far as the words around it tell. Words are places among a statement's items.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counted {
    /// The counted noun: 'victims' of 'seven victims wounded'.
    head: Option<usize>,
    /// Whether that is people of whatever sort.
    someone: bool,
    /// The nearest words on both sides, which say what becomes of the counted: 'wounded'.
    beside: [Option<usize>; 2],
}

impl Counted {
    /// What each of a statement's figures counts.
    pub(super) fn all(
        quantities: &[Quantity],
        items: &[Item],
        text: &str,
        lexicon: &Lexicon,
    ) -> Vec<Self> {
        let of = |q: &Quantity| {
            let own = |i: &&usize| !items[**i].borrowed;
            let places: Vec<usize> = (0..items.len()).collect();
            let head = (places.iter().filter(own).copied()).find(|i| {
                Some(&items[*i].stem) == q.head.as_ref() && items[*i].span.end > q.span.start
            });
            let head = head.or_else(|| {
                // 'Ana Holt, 43': the name stands before.
                let stem = |i: &usize| Some(&items[*i].stem) == q.head.as_ref();
                places.iter().filter(own).copied().rev().find(stem)
            });
            let from = q.span.start;
            let to = head.map_or(q.span.end, |i| items[i].span.end.max(q.span.end));
            let near = |gap: Option<&str>| {
                gap.is_some_and(|gap| {
                    !gap.contains([',', ';', ':', '.', '(', '"', '\u{2014}'])
                        && !gap
                            .split_whitespace()
                            .any(|w| matches!(w, "and" | "or" | "but"))
                })
            };
            let before = (places.iter().filter(own).copied()).rfind(|i| items[*i].span.end <= from);
            let before = before.filter(|i| near(text.get(items[*i].span.end..from)));
            let after = (places.iter().filter(own).copied()).find(|i| items[*i].span.start >= to);
            let after = after.filter(|i| near(text.get(to..items[*i].span.start)));
            Self {
                someone: head.is_some_and(|i| {
                    let word = items[i].word.as_str();
                    lexicon.is_person(word) || lexicon.is_role(word)
                }),
                head,
                beside: [before, after],
            }
        };
        quantities.iter().map(of).collect()
    }

    /// How likely two figures count the same thing, 0 to 1: by unit and counted noun, and by what becomes of the counted.
    pub(crate) fn alike(&self, other: &Self, x: &Quantity, (a, b): (&Reading, &Reading)) -> f64 {
        let vectors = Vectors::english();
        let kin = |i: usize, j: usize| {
            let (p, q) = (&a.items[i], &b.items[j]);
            match (&p.vector, &q.vector) {
                _ if p.stem == q.stem => 1.0,
                (Some(v), Some(w)) => f64::from((vectors.similarity(v, w) / KIN).clamp(0.0, 1.0)),
                _ => 0.0,
            }
        };
        // Ages and spans of time are of many things, money and lengths of few.
        let time = matches!(
            x.unit.as_deref(),
            Some("year" | "month" | "week" | "day" | "hour" | "minute" | "second")
        );
        let heads = match (self.head, other.head) {
            (Some(i), Some(j)) => {
                // Whoever counts people may call them anything; of two ages that is another person's.
                let people = match (self.someone && other.someone, time) {
                    (true, false) => 0.8,
                    (true, true) => 0.3,
                    _ => 0.0,
                };
                // Nouns that are half alike are of different things.
                let kin = kin(i, j);
                Some(if kin < 0.75 {
                    people
                } else {
                    f64::max(kin, people)
                })
            }
            _ => None,
        };
        let thing = match (heads, &x.unit) {
            (Some(heads), Some(_)) if !time => f64::max(heads, 0.6),
            (Some(heads), _) => heads,
            (None, Some(_)) if !time => 1.0,
            (None, _) => 0.5,
        };
        let beside = |c: &Self| c.beside.into_iter().flatten();
        let state = (beside(self).flat_map(|i| beside(other).map(move |j| (i, j))))
            .map(|(i, j)| kin(i, j))
            .reduce(f64::max);
        thing * state.map_or(0.8, |state| 0.4 + 0.6 * state)
    }
}

impl Seen {
    /// `lone` is filled with the places of the figures that meet none of the other side.
    pub(super) fn how_many(&mut self, a: &Reading, b: &Reading, lone: &mut [Vec<usize>; 2]) {
        let [lone_a, lone_b] = lone;
        lone_a.clear();
        lone_b.clear();
        lone_b.extend(counts(b).map(|(j, _)| j));
        let (mut agree, mut differ) = (None, None);
        let (mut narrow_a, mut narrow_b) = (false, false);
        // 'At least 11 dead' and two days later 'seventeen dead': both may be true, but of two states of one count.
        let later = match (a.published, b.published) {
            (Some(x), Some(y)) => x.days_until(y),
            _ => 0,
        };
        let says = |r: &Reading, cue: Cue| r.cues.iter().any(|c| c.0 == cue);
        // A bare count that the later paper has higher, where one side says that it grows: both may be true.
        let rises = |x: &Quantity, y: &Quantity| {
            let ((first, before), (then, after)) = match later > 0 {
                true => ((x, a), (y, b)),
                false => ((y, b), (x, a)),
            };
            let heads = x.head.is_none() || y.head.is_none() || x.head == y.head;
            let grows = first.bound == Bound::AtLeast
                || says(before, Cue::SoFar)
                || says(after, Cue::Risen);
            let counts = x.unit.is_none() && y.unit.is_none() && heads;
            later != 0 && counts && grows && then.low > first.low
        };
        let (mut risen, mut overtaken) = (None, false);
        for (i, x) in counts(a) {
            let mut met = false;
            for (j, y) in counts(b) {
                match x.compare(y) {
                    QuantityRelation::Equal | QuantityRelation::Compatible => {}
                    QuantityRelation::Narrower => narrow_a = true,
                    QuantityRelation::Wider => narrow_b = true,
                    QuantityRelation::Disjoint | QuantityRelation::Incomparable => continue,
                }
                let (first, then) = if later > 0 { (x, y) } else { (y, x) };
                overtaken |= later != 0 && first.bound == Bound::AtLeast && then.low > first.low;
                if rises(x, y) {
                    risen.get_or_insert((x.span, y.span));
                }
                met = true;
                lone_b.retain(|lone| *lone != j);
                agree.get_or_insert((x.span, y.span));
            }
            if !met {
                lone_a.push(i);
            }
        }
        for (i, at) in lone_a.iter().enumerate() {
            let (x, thing) = (&a.quantities[*at], &a.counted[*at]);
            for (j, at) in lone_b.iter().enumerate() {
                let (y, other) = (&b.quantities[*at], &b.counted[*at]);
                if x.compare(y) != QuantityRelation::Disjoint {
                    continue;
                }
                let alike = thing.alike(other, x, (a, b));
                if alike < LEAST {
                    continue;
                }
                // The likest pair, whichever side is asked first.
                let better = |(had, sum, gap, ..): &(f64, usize, usize, Span, Span)| {
                    (alike, *sum, *gap) > (*had, i + j, i.abs_diff(j))
                };
                if differ.as_ref().is_none_or(better) {
                    differ = Some((alike, i + j, i.abs_diff(j), x.span, y.span));
                }
                if rises(x, y) {
                    risen.get_or_insert((x.span, y.span));
                }
            }
        }
        if let Some((x, y)) = agree {
            self.observe(term!("quantities agree"), 1.0, [x], [y]);
        }
        if let Some((alike, .., x, y)) = differ {
            let id = match alike >= SAME {
                true => term!("quantities of the same thing differ"),
                false => term!("quantities differ"),
            };
            self.observe(id, alike, [x], [y]);
        }
        if let Some((x, y)) = risen {
            self.observe(term!(RISEN), 1.0, [x], [y]);
        }
        if differ.is_some() || overtaken {
            let cue = |r: &Reading| says(r, Cue::Risen) || says(r, Cue::SoFar);
            let gap = later.unsigned_abs() as f64;
            let strength = if cue(a) || cue(b) { 1.0 } else { 0.4 };
            if gap > 0.0 || cue(a) != cue(b) {
                let strength = strength * (0.4 + 0.6 * (gap / 3.0).min(1.0));
                self.observe(term!(UPDATE), strength, [], []);
            }
        }
        let (of_a, of_b) = (counts(a).count(), counts(b).count());
        if let Some(at) = lone_a.first().filter(|_| of_a > of_b) {
            self.observe(term!("figure only in a"), 1.0, [a.quantities[*at].span], []);
        }
        if let Some(at) = lone_b.first().filter(|_| of_b > of_a) {
            self.observe(term!("figure only in b"), 1.0, [], [b.quantities[*at].span]);
        }
        if narrow_a {
            self.observe(term!("figure of a is narrower"), 1.0, [], []);
        }
        if narrow_b {
            self.observe(term!("figure of b is narrower"), 1.0, [], []);
        }
        if let Some((x, y)) = instalments(a, b) {
            self.observe(term!("instalments differ"), 1.0, [x], [y]);
        }
    }
}

/// Where two statements speak of different instalments of one thing: 'Terminal 3' and 'Terminal 4', 'the 12th package' and 'the
/// 13th'.
fn instalments(a: &Reading, b: &Reading) -> Option<(Span, Span)> {
    for (n, number, at) in &a.numbered {
        for (m, other, there) in &b.numbered {
            if n == m && number != other {
                return Some((*at, *there));
            }
        }
    }
    for x in a.quantities.iter().filter(|q| q.ordinal) {
        for y in b.quantities.iter().filter(|q| q.ordinal) {
            if x.head.is_some() && x.head == y.head && x.low != y.low {
                return Some((x.span, y.span));
            }
        }
    }
    None
}

/// A statement's figures that count something, with their places.
fn counts(r: &Reading) -> impl Iterator<Item = (usize, &Quantity)> {
    let all = r.quantities.iter().enumerate();
    all.filter(|(_, q)| !q.ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How likely the first figures of two statements count the same thing.
    fn alike(a: &str, b: &str) -> f64 {
        let lexicon = Lexicon::english();
        let [a, b] = [a, b].map(|text| Reading::new(&text.into(), &lexicon));
        let [(i, x), (j, _)] = [&a, &b].map(|r| counts(r).next().expect("a figure"));
        a.counted[i].alike(&b.counted[j], x, (&a, &b))
    }

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert!(alike(a, b) >= SAME, "{a} | {b}: {}", alike(a, b));
        assert_eq!(alike(a, b), alike(b, a));
    }

    #[track_caller]
    fn other(a: &str, b: &str) {
        assert!(alike(a, b) < SAME, "{a} | {b}: {}", alike(a, b));
        assert_eq!(alike(a, b), alike(b, a));
    }

    #[test]
    fn figures_of_one_thing_are_told_from_those_of_two() {
        same("Fire killed twelve passengers.", "Nine people died in it.");
        same("It cost 5m euros.", "They say it cost 7m euros.");
        same("They lost 40 tanks.", "The loss was 12 tanks.");
        same(
            "Ana Holt, 43, was named.",
            "34-year-old Ana Holt was named.",
        );
        other(
            "Fire killed twelve passengers.",
            "It injured nine passengers.",
        );
        other("They lost 40 tanks.", "She counted 12 children.");
        other("A 43-year-old woman fell.", "A 12-year-old boy fell.");
    }
}

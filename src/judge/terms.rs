//! The terms of a comparison: what each is called, and the conflict that it argues for. Knows names, not how a term is seen.

use super::judgement::ConflictKind;

/// What a term is called in the evidence, and the conflict that it argues for, if any.
pub(crate) struct TermKind {
    pub(crate) name: &'static str,
    pub(crate) conflict: Option<ConflictKind>,
    /// For terms that look one way: the term that sees the pair from the other side.
    pub(crate) mirror: Option<&'static str>,
    /// Bits for same matter, clash and either direction, of a term that leaves nothing to learn: nobody labels copies.
    pub(crate) fixed: Option<[f64; 3]>,
}

/// Bits for what is sure: a thousand to one.
const SURE: f64 = 10.0;
/// Bits against one following from the other, where that is ruled out whatever else was seen: the learned bars of a direction may
/// come to some twenty.
const RULED_OUT: f64 = 40.0;
/// Bits for what is as good as sure: a hundred to one.
const LIKELY: f64 = 6.6;

const fn plain(name: &'static str) -> TermKind {
    TermKind {
        name,
        conflict: None,
        mirror: None,
        fixed: None,
    }
}

const fn clash(name: &'static str, kind: ConflictKind) -> TermKind {
    TermKind {
        name,
        conflict: Some(kind),
        mirror: None,
        fixed: None,
    }
}

const fn directed(name: &'static str, mirror: &'static str) -> TermKind {
    TermKind {
        name,
        conflict: None,
        mirror: Some(mirror),
        fixed: None,
    }
}

/// The terms that tell an update from a conflict: two counts of different days, and such of which one side says that it grows.
pub(crate) const UPDATE: &str = "later count";
pub(crate) const RISEN: &str = "a count that has risen since";

/// The term that is no summand: its value is the probability that the two articles tell of one event, without which the two
/// statements are of no one matter either.
pub(crate) const GATE: &str = "the articles tell of one event";

/// Every term, in the order of the weights file.
pub(crate) const TERMS: &[TermKind] = &[
    plain("prior"),
    plain("one of many candidates"),
    TermKind {
        fixed: Some([0.0; 3]),
        ..plain(GATE)
    },
    plain("words covered on the weaker side"),
    plain("words covered on the stronger side"),
    plain("same words"),
    plain("likeness of meaning"),
    plain("rarest shared word"),
    plain("matter shared"),
    directed("a covers b", "b covers a"),
    directed("b covers a", "a covers b"),
    directed("matter only in a", "matter only in b"),
    directed("matter only in b", "matter only in a"),
    plain("names shared"),
    clash("names differ", ConflictKind::Role),
    clash("places differ", ConflictKind::Place),
    plain("dates agree"),
    clash("dates differ", ConflictKind::Date),
    plain("each tells of its own day"),
    plain("days between publications"),
    plain("quantities agree"),
    clash("quantities differ", ConflictKind::Quantity),
    clash(
        "quantities of the same thing differ",
        ConflictKind::Quantity,
    ),
    clash("instalments differ", ConflictKind::Quantity),
    plain(UPDATE),
    directed("figure only in a", "figure only in b"),
    directed("figure only in b", "figure only in a"),
    directed("figure of a is narrower", "figure of b is narrower"),
    directed("figure of b is narrower", "figure of a is narrower"),
    clash("negated on one side", ConflictKind::Negation),
    clash(
        "an aligned word is negated on one side",
        ConflictKind::Negation,
    ),
    plain("negated on both sides"),
    clash("opposite events", ConflictKind::Antonym),
    clash("opposite words", ConflictKind::Antonym),
    plain("opposite words, one negated"),
    clash("rejected on one side", ConflictKind::Rejection),
    plain("rejected on both sides"),
    clash("denied on one side", ConflictKind::Denial),
    plain("denied on both sides"),
    clash("failed on one side", ConflictKind::Implicative),
    clash("all against none", ConflictKind::Quantifier),
    clash("all against some", ConflictKind::Quantifier),
    clash("none against some", ConflictKind::Quantifier),
    clash("only on one side", ConflictKind::Quantifier),
    directed("hedged only in a", "hedged only in b"),
    directed("hedged only in b", "hedged only in a"),
    plain("hedged on both sides"),
    directed("future only in a", "future only in b"),
    directed("future only in b", "future only in a"),
    plain("a question on one side"),
    plain("a condition on one side"),
    plain("matter replaced"),
    plain("the same word is told apart"),
    clash("a word replaced by one of its kind", ConflictKind::Other),
    clash("roles exchanged", ConflictKind::Role),
    plain("lengths alike"),
    plain("one speaker"),
    plain("read as one matter"),
    clash("read as a clash", ConflictKind::Other),
    directed("a read to entail b", "b read to entail a"),
    directed("b read to entail a", "a read to entail b"),
    plain("words compared: one matter"),
    clash("words compared: a clash", ConflictKind::Other),
    directed("words compared: a entails b", "words compared: b entails a"),
    directed("words compared: b entails a", "words compared: a entails b"),
    plain("another claim there agrees"),
    plain("others agree on both sides"),
    plain("other claims there clash"),
    plain("a third claim agrees with both"),
    plain("a third claim agrees with one and clashes with the other"),
    TermKind {
        fixed: Some([SURE, -SURE, SURE]),
        ..plain("word for word the same")
    },
    TermKind {
        fixed: Some([SURE, SURE, 0.0]),
        ..clash("the same but for a negation", ConflictKind::Negation)
    },
    TermKind {
        fixed: Some([0.0, -LIKELY, -RULED_OUT]),
        ..plain(RISEN)
    },
    TermKind {
        fixed: Some([SURE, SURE, 0.0]),
        ..clash("the same but denied", ConflictKind::Denial)
    },
    TermKind {
        fixed: Some([SURE, LIKELY, 0.0]),
        ..clash("the same but for an opposite", ConflictKind::Antonym)
    },
    TermKind {
        fixed: Some([SURE, LIKELY, 0.0]),
        ..clash("the same but for a figure", ConflictKind::Quantity)
    },
    TermKind {
        fixed: Some([SURE, 0.0, -RULED_OUT]),
        ..plain("the same but for a later figure")
    },
    TermKind {
        fixed: Some([LIKELY, LIKELY / 2.0, -RULED_OUT]),
        ..clash("the same but for a day", ConflictKind::Date)
    },
    TermKind {
        fixed: Some([SURE, LIKELY / 2.0, -RULED_OUT]),
        ..clash("the same but for who does it", ConflictKind::Role)
    },
];

/// The place of a term in [`TERMS`], found while the crate is compiled: `term!("same words")`.
macro_rules! term {
    ($name:expr) => {
        const { $crate::judge::terms::place($name) }
    };
}
pub(super) use term;

/// The place of the term of a name; see `term!`.
pub(crate) const fn place(name: &str) -> usize {
    let mut at = 0;
    while !same(TERMS[at].name.as_bytes(), name.as_bytes()) {
        at += 1;
        assert!(at < TERMS.len(), "no term of the table has this name");
    }
    at
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The term that sees the pair from the other side; most see the same.
pub(crate) fn mirror(id: usize) -> usize {
    const MIRRORS: [usize; TERMS.len()] = {
        let mut mirrors = [0; TERMS.len()];
        let mut id = 0;
        while id < TERMS.len() {
            mirrors[id] = match TERMS[id].mirror {
                Some(name) => place(name),
                None => id,
            };
            id += 1;
        }
        mirrors
    };
    MIRRORS[id]
}

/// The conflict that a bar of this name argues for.
pub(crate) fn conflict(name: &str) -> Option<ConflictKind> {
    TERMS.iter().find(|t| t.name == name)?.conflict
}

/// The name of a bar seen from the other side, where it looks one way.
pub(crate) fn mirrored(name: &str) -> Option<&'static str> {
    TERMS.iter().find(|t| t.name == name)?.mirror
}

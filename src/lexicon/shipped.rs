//! The shipped lists, put together once. Each file under `data` names its origin and licence in its first lines.

use super::list::{forms, lines, words};
use super::{Attitude, Cue, Furniture, Is, Lists, Report};
use crate::text::stem;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const CUES: &[(Cue, &str)] = &[
    (Cue::Rejection, include_str!("data/rejections.txt")),
    (Cue::Denial, include_str!("data/denials.txt")),
    (
        Cue::ImplicativeNegative,
        include_str!("data/implicatives_negative.txt"),
    ),
    (
        Cue::ImplicativePositive,
        include_str!("data/implicatives_positive.txt"),
    ),
    (Cue::Hedge, include_str!("data/hedges.txt")),
    (Cue::Future, include_str!("data/futures.txt")),
    (Cue::Condition, include_str!("data/conditions.txt")),
];

/// Lists whose words are each one thing.
const SINGLE_WORDS: &[(Is, &str)] = &[
    (Is::Abbreviation, include_str!("data/abbreviations.txt")),
    (
        Is::AbbreviationBefore,
        include_str!("data/abbreviations_before.txt"),
    ),
    (Is::Role, include_str!("data/roles.txt")),
    (Is::Person, include_str!("data/people.txt")),
    (Is::FirstName, include_str!("data/first_names.txt")),
    (Is::Grammar, include_str!("data/function_words.txt")),
    (
        Is::OrganisationHead,
        include_str!("data/organisation_heads.txt"),
    ),
    (Is::PlaceHead, include_str!("data/place_heads.txt")),
    (Is::FiniteVerb, include_str!("data/finite_verbs.txt")),
    (Is::VerbOrNoun, include_str!("data/verb_nouns.txt")),
    (Is::OpensFigure, include_str!("data/figures.txt")),
];

pub(super) fn lists() -> Lists {
    let mut out = Lists::default();
    for (what, file) in SINGLE_WORDS {
        for word in words(file) {
            match what {
                Is::Role | Is::Person => out.person(word, *what),
                _ => out.list(word.to_owned(), *what),
            }
        }
    }
    for line in lines(include_str!("data/quantifiers.txt")) {
        if let Some((phrase, kind)) = line.split_once(':') {
            let cue = match kind.trim() {
                "all" => Cue::All,
                "none" => Cue::None,
                "most" => Cue::Most,
                "only" => Cue::Only,
                _ => Cue::Some,
            };
            out.cue(cue, phrase, false);
        }
    }
    for line in lines(include_str!("data/furniture.txt")) {
        if let Some((kind, phrase)) = line.split_once(": ")
            && let Some(kind) = Furniture::named(kind)
        {
            if matches!(
                kind,
                Furniture::Within | Furniture::Hint | Furniture::Caption
            ) {
                out.within.add(phrase, kind);
                continue;
            }
            out.furniture
                .entry(kind)
                .or_default()
                .push(phrase.to_owned());
        }
    }
    for line in lines(include_str!("data/counts.txt")) {
        if let Some((phrase, kind)) = line.split_once(':') {
            let cue = match kind.trim() {
                "risen" => Cue::Risen,
                _ => Cue::SoFar,
            };
            phrases(phrase, |p| out.cue(cue, p, false));
        }
    }
    for (cue, file) in CUES {
        for line in lines(file) {
            phrases(line, |p| out.cue(*cue, p, false));
        }
    }
    for line in lines(include_str!("data/negators.txt")) {
        phrases(line, |p| out.cue(Cue::Negator, p, false));
    }
    for line in lines(include_str!("data/reports.txt")) {
        if let Some((report, verbs)) = stance(line) {
            for verb in verbs.split_whitespace() {
                for form in forms(verb) {
                    out.know(form).report.get_or_insert(report);
                }
            }
        }
    }
    for line in lines(include_str!("data/attitudes.txt")) {
        if let Some((kind, verbs)) = line.split_once(':') {
            let attitude = match kind {
                "intend" => Attitude::Intends,
                "feel" => Attitude::Feels,
                "noun" => Attitude::Named,
                "judge" => Attitude::Judges,
                _ => continue,
            };
            let as_it_is = matches!(attitude, Attitude::Feels | Attitude::Named);
            for verb in verbs.split_whitespace() {
                if as_it_is {
                    out.know(verb.to_owned()).attitude.get_or_insert(attitude);
                    continue;
                }
                for form in forms(verb) {
                    out.know(form).attitude.get_or_insert(attitude);
                }
            }
        }
    }
    let nouns = || {
        let rows = lines(include_str!("data/report_nouns.txt")).filter_map(stance);
        rows.flat_map(|(report, nouns)| nouns.split_whitespace().map(move |n| (n, report)))
    };
    for (noun, report) in nouns() {
        out.know(noun.to_owned()).report_noun = Some(report);
    }
    // A plural that is listed itself keeps what the list says.
    for (noun, _) in nouns() {
        let report = out.know(noun.to_owned()).report_noun;
        let plural = out.know(format!("{noun}s"));
        plural.report_noun = plural.report_noun.or(report);
    }
    for line in lines(include_str!("data/opposites.txt")) {
        if let Some((left, right)) = line.split_once('|') {
            let left: Vec<&str> = left.split_whitespace().collect();
            let right: Vec<&str> = right.split_whitespace().collect();
            out.opposites(&left, &right);
        }
    }
    for line in lines(include_str!("data/antonyms.txt")) {
        if let Some((a, b)) = line.split_once(' ') {
            let (a, b) = (stem(a), stem(b));
            if a != b {
                for (a, b) in [(&a, &b), (&b, &a)] {
                    let opposites = out.opposites.entry(a.clone()).or_default();
                    opposites.antonyms.push(b.clone());
                }
            }
        }
    }
    for line in lines(include_str!("data/countries.txt")) {
        let mut fields = line.split('|');
        let country = fields.next().unwrap_or_default().trim();
        let names = std::iter::once(country).chain(fields.flat_map(|f| f.split(',')));
        for name in names.map(str::trim).filter(|n| !n.is_empty()) {
            out.countries
                .entry(name.to_owned())
                .or_insert_with(|| country.to_owned());
        }
    }
    for line in lines(include_str!("data/name_variants.txt")) {
        let mut names = line.split_whitespace();
        if let Some(first) = names.next() {
            for name in names {
                out.variant(name.to_owned(), first.to_owned());
            }
        }
    }
    out
}

/// A line's phrase; where a '~' marks its verb, once for each of its forms.
fn phrases(line: &str, mut add: impl FnMut(&str)) {
    match line.strip_prefix('~') {
        None => add(line),
        Some(rest) => {
            let (verb, tail) = rest.split_once(' ').unwrap_or((rest, ""));
            for form in forms(verb) {
                add(format!("{form} {tail}").trim_end());
            }
        }
    }
}

fn stance(line: &str) -> Option<(Report, &str)> {
    let (name, rest) = line.split_once(':')?;
    let report = match name {
        "neutral" => Report::Neutral,
        "assert" => Report::Assert,
        "suggest" => Report::Suggest,
        "deny" => Report::Deny,
        "predict" => Report::Predict,
        "ask" => Report::Ask,
        _ => return None,
    };
    Some((report, rest))
}

/// The base of an irregular form.
pub(super) fn irregular(word: &str) -> Option<&'static str> {
    static BASES: OnceLock<FxHashMap<&str, &str>> = OnceLock::new();
    let bases = BASES.get_or_init(|| {
        let rows = lines(include_str!("data/irregular.txt"));
        let rows = rows.filter_map(|row| row.split_once(' '));
        rows.flat_map(|(base, forms)| forms.split(' ').map(move |form| (form, base)))
            .collect()
    });
    bases.get(word).copied()
}

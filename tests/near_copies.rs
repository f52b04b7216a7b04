//! Near copies: what they are, that they are the same in any order and after anything was removed, and what texts made to cost
//! much come to.

use claimgraph::block::{NearCopies, NearGroups, NearOptions};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Bounds so wide that nothing is cut off.
const ALL: NearOptions = NearOptions {
    similarity: 0.48,
    words: usize::MAX,
    common: usize::MAX,
    top: usize::MAX,
};

/// Bounds so narrow that most searches meet them.
const TIGHT: NearOptions = NearOptions {
    similarity: 0.4,
    words: 3,
    common: 3,
    top: 2,
};

fn index<'a>(options: NearOptions, texts: impl IntoIterator<Item = (u32, &'a str)>) -> NearCopies {
    let mut index = NearCopies::new(options);
    for (key, text) in texts {
        index.add(key, text);
    }
    index
}

/// How alike two texts are of which the words are parted by spaces, counted the plain way.
fn similarity(a: &str, b: &str) -> f64 {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (side, text) in [a, b].into_iter().enumerate() {
        for word in text.split_whitespace() {
            counts.entry(word).or_default()[side] += 1;
        }
    }
    let sum = |of: fn(&[usize; 2]) -> usize| counts.values().map(of).sum::<usize>() as f64;
    sum(|c| c[0].min(c[1])) / sum(|c| c[0].max(c[1]))
}

#[track_caller]
fn alike(a: &str, b: &str) -> f64 {
    let near = index(ALL, [(1, a), (2, b)]).near(1);
    near.copies.first().map_or(0.0, |copy| copy.similarity)
}

#[test]
fn case_punctuation_and_order_change_nothing() {
    let text = "After the storm, 1,500 people left Port Ellmar; it's closed, the mayor said.";
    for other in [
        "AFTER THE STORM 1500 PEOPLE LEFT PORT ELLMAR IT’S CLOSED THE MAYOR SAID",
        "1,500 people left Port Ellmar after the storm; \"its closed\", the mayor said!",
    ] {
        assert_eq!(alike(text, other), 1.0, "{other}");
    }
    let rate = "The bank raised its main rate to 1.5 per cent";
    assert!(alike(rate, "The bank raised its main rate to 15 per cent") < 1.0);
    assert!(
        alike(
            rate,
            "The bank raised its main rate to 1.5 per cent per cent"
        ) < 1.0
    );
}

#[test]
fn some_words_may_change() {
    let text = "the harbour of belport was closed for two days after a ferry ran aground";
    let little = "the port of belport was closed for two days after a ferry ran aground";
    assert_eq!(alike(text, little), 13.0 / 15.0);
    let third = "the port of belport stayed shut for two days when a ferry ran aground";
    assert_eq!(alike(text, third), 10.0 / 18.0);
    let other = "the miners of belport went on strike for two days after a man was hurt";
    assert_eq!(alike(text, other), 0.0);
}

#[test]
fn short_texts_must_agree_in_all_words() {
    assert_eq!(alike("Read more", "read more!"), 1.0);
    assert_eq!(alike("read on here", "read on"), 0.0);
    let nothing = index(ALL, [(1, "..."), (2, "!"), (3, "")]);
    assert!(nothing.near(1).copies.is_empty() && nothing.near_text("").copies.is_empty());
    assert_eq!(nothing.groups(), NearGroups::default());
}

#[test]
fn a_text_is_asked_about_without_being_held() {
    let index = index(
        ALL,
        [(1, "a b c d e f"), (2, "a b c d e g"), (3, "p q r s")],
    );
    let keys = |text: &str| -> Vec<u32> {
        let near = index.near_text(text);
        near.copies.iter().map(|copy| copy.key).collect()
    };
    assert_eq!(keys("F e d c b a"), [1, 2]);
    assert_eq!(keys("a b c d e h"), [1, 2]);
    assert_eq!(keys("x y z w"), [0u32; 0]);
    assert_eq!(index.near(7), Default::default());
}

#[test]
fn a_long_text_is_known_by_a_part_of_its_words() {
    let long = |but: usize| -> String {
        let words = (0..2000).map(|n| if n % 10 < but { n + 5000 } else { n });
        words.map(|n| format!("w{n} ")).collect()
    };
    // 9 words in 10 are the same: 9 / 11; the draw of 256 is off by a few.
    let found = alike(&long(0), &long(1));
    assert!((found - 9.0 / 11.0).abs() < 0.08, "{found}");
    assert_eq!(alike(&long(0), &long(9)), 0.0);
}

#[test]
fn copies_of_one_text_are_one_text() {
    let mut index = NearCopies::new(NearOptions::default());
    for key in (0..20_000).rev() {
        index.add(key, "One report about the ferry is on every page.");
    }
    let near = index.near(5);
    assert!(near.truncated);
    assert_eq!(near.copies.len(), NearOptions::default().top);
    assert_eq!((near.copies[0].key, near.copies[5].key), (0, 6));
    let groups = index.groups().groups;
    assert_eq!(
        (groups.len(), groups[0].of, groups[0].copies.len()),
        (1, 0, 19_999)
    );
    for key in 0..19_999 {
        assert!(index.remove(key));
    }
    assert_eq!((index.len(), index.near(19_999)), (1, Default::default()));
}

#[test]
fn one_rare_word_makes_no_copy() {
    let texts: Vec<String> = (0..3_000)
        .map(|n| {
            (0..9)
                .map(|w| format!("w{} ", n * 9 + w))
                .collect::<String>()
                + "zyx"
        })
        .collect();
    let texts = texts.iter().map(String::as_str);
    let index = index(NearOptions::default(), (0..).zip(texts));
    // 3,000 texts hold the word and 1,024 would be looked at; nine words of its own say that there is nothing to look for.
    assert_eq!(index.near(17), Default::default());
    assert_eq!(index.groups(), NearGroups::default());
}

#[test]
fn a_crowd_of_texts_that_differ_in_one_word_is_one_group() {
    let texts: Vec<String> = (0..3_000)
        .map(|n| format!("x{n} people were hurt when the bridge of belport fell"))
        .collect();
    let index = index(
        NearOptions::default(),
        (0..).zip(texts.iter().map(String::as_str)),
    );
    assert!(
        index.near(17).truncated,
        "of 3,000 texts 1,024 are looked at"
    );
    let groups = index.groups();
    assert!(groups.truncated);
    assert_eq!(
        (groups.groups.len(), groups.groups[0].copies.len()),
        (1, 2_999)
    );
}

#[test]
fn a_chain_falls_into_groups_of_copies() {
    let texts: Vec<String> = (0..400)
        .map(|n| (n..n + 12).map(|w| format!("w{w} ")).collect())
        .collect();
    let index = index(
        NearOptions::default(),
        (0..).zip(texts.iter().map(String::as_str)),
    );
    let groups = index.groups().groups;
    // Four steps are near enough on either side, five are not.
    assert!(
        groups.iter().all(|group| group.copies.len() <= 8),
        "{groups:?}"
    );
    for group in &groups {
        for copy in &group.copies {
            let (a, b) = (&texts[group.of as usize], &texts[*copy as usize]);
            assert!(similarity(a, b) >= NearOptions::default().similarity);
        }
    }
}

/// A text of few words, so that many are near each other.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(0..14u32, 0..9)
        .prop_map(|words| words.iter().map(|w| format!("w{w} ")).collect())
}

/// All that an index says.
fn said(index: &NearCopies, keys: u32) -> impl PartialEq + std::fmt::Debug {
    let near: Vec<_> = (0..keys).map(|key| index.near(key)).collect();
    (near, index.groups(), index.len())
}

proptest! {
    #[test]
    fn the_order_of_adding_does_not_matter(
        (texts, order) in prop::collection::vec(text(), 1..40).prop_flat_map(|texts| {
            let order = Just((0..texts.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(texts), order)
        })
    ) {
        let at = |n: usize| (n as u32, texts[n].as_str());
        for options in [NearOptions::default(), TIGHT] {
            let forward = index(options, (0..texts.len()).map(at));
            let other = index(options, order.iter().map(|n| at(*n)));
            let keys = texts.len() as u32;
            prop_assert_eq!(said(&forward, keys), said(&other, keys));
        }
    }

    #[test]
    fn what_was_removed_leaves_no_trace(
        steps in prop::collection::vec((0..12u32, prop::option::weighted(0.6, text())), 1..80)
    ) {
        for options in [NearOptions::default(), TIGHT] {
            let mut with = NearCopies::new(options);
            let mut left: BTreeMap<u32, &str> = BTreeMap::new();
            for (key, text) in &steps {
                match text {
                    Some(text) => {
                        with.add(*key, text);
                        left.insert(*key, text);
                    }
                    None => prop_assert_eq!(with.remove(*key), left.remove(key).is_some()),
                }
            }
            let fresh = index(options, left);
            prop_assert_eq!(said(&with, 12), said(&fresh, 12));
        }
    }

    #[test]
    fn nothing_is_missed_where_nothing_is_cut(texts in prop::collection::vec(text(), 1..30)) {
        let index = index(ALL, (0..).zip(texts.iter().map(String::as_str)));
        for (key, text) in (0..).zip(&texts) {
            let near = index.near(key);
            prop_assert!(!near.truncated);
            let found: BTreeSet<(u32, u64)> =
                near.copies.iter().map(|c| (c.key, c.similarity.to_bits())).collect();
            let words = |text: &str| text.split_whitespace().count();
            let wanted: BTreeSet<(u32, u64)> = (0..)
                .zip(&texts)
                .filter(|(other, _)| *other != key && words(text) > 0)
                .map(|(other, t)| (other, similarity(text, t), words(t).min(words(text))))
                .filter(|(_, s, words)| *s >= 1.0 || *s >= ALL.similarity && *words >= 4)
                .map(|(other, s, _)| (other, s.to_bits()))
                .collect();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn every_text_near_another_is_in_a_group(texts in prop::collection::vec(text(), 1..30)) {
        let index = index(NearOptions::default(), (0..).zip(texts.iter().map(String::as_str)));
        let groups = index.groups().groups;
        let members: Vec<u32> =
            groups.iter().flat_map(|g| g.copies.iter().copied().chain([g.of])).collect();
        let each: BTreeSet<u32> = members.iter().copied().collect();
        prop_assert_eq!(each.len(), members.len(), "a text is in one group");
        for group in &groups {
            for copy in &group.copies {
                let s = similarity(&texts[group.of as usize], &texts[*copy as usize]);
                prop_assert!(s >= NearOptions::default().similarity);
            }
        }
        // One without a group is near only texts that are copies of another.
        let heads: BTreeSet<u32> = groups.iter().map(|g| g.of).collect();
        for key in (0..texts.len() as u32).filter(|key| !each.contains(key)) {
            prop_assert!(index.near(key).copies.iter().all(|c| !heads.contains(&c.key)));
        }
    }
}

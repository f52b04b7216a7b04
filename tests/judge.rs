//! What the judge sees in a pair, from outside: every observation is a bar with a name.

use claimgraph::judge::{
    self, AdditiveJudge, ConflictKind, Judge, Judgement, Rarity, Reading, Relation, Setting,
    Statement,
};
use claimgraph::{Article, Date, ErrorKind, Lexicon, Stance};
use std::sync::Arc;

fn read(text: &str, day: i8) -> Reading {
    let statement = Statement {
        text,
        published: Some(Date::new(2024, 5, day).expect("a day of May")),
        ..Statement::default()
    };
    Reading::new(&statement, &Lexicon::english())
}

fn judge(a: (&str, i8), b: (&str, i8)) -> Judgement {
    AdditiveJudge::english().judge(&read(a.0, a.1), &read(b.0, b.1), &Rarity::background())
}

fn sees(judgement: &Judgement, name: &str) -> bool {
    judgement.evidence.iter().any(|e| e.name == name)
}

#[test]
fn two_papers_telling_of_their_own_day_are_no_clash_of_dates() {
    // 10 and 14 May 2024 are a Friday and a Tuesday.
    let own = judge(
        ("Shells hit the market on Friday.", 10),
        ("Shells hit the market on Tuesday.", 14),
    );
    assert!(sees(&own, "each tells of its own day") && !sees(&own, "dates differ"));
    let one = judge(
        ("Shells hit the market on Friday.", 14),
        ("Shells hit the market on Tuesday.", 14),
    );
    assert!(sees(&one, "dates differ") && !sees(&one, "each tells of its own day"));
}

#[test]
fn one_day_told_from_two_days_agrees() {
    let same = judge(
        ("The mayor resigned on Monday.", 14),
        ("The mayor resigned yesterday.", 14),
    );
    assert!(sees(&same, "dates agree"));
}

#[test]
fn another_instalment_is_another_matter() {
    let package = |a, b| judge((a, 7), (b, 7));
    let two = package(
        "The council adopted the 12th package of sanctions.",
        "The council adopted the 13th package of sanctions.",
    );
    assert!(sees(&two, "instalments differ"));
    let one = package(
        "The council adopted the 12th package of sanctions.",
        "The twelfth package of sanctions was adopted.",
    );
    assert!(!sees(&one, "instalments differ"));
}

#[test]
fn weights_name_terms_of_this_version() {
    let row = |name: &str| {
        format!(
            r#"{{"name":"{name}","same":[0,0,0,0,1],"clash":[0,0,0,0,0],"forward":[0,0,0,0,0]}}"#
        )
    };
    let file = |rows: &[String]| format!(r#"{{"version":1,"terms":[{}]}}"#, rows.join(","));
    let message = |rows: &[String]| {
        let error = AdditiveJudge::from_json(&file(rows)).expect_err("bad weights");
        assert_eq!(error.kind(), ErrorKind::Format);
        error.to_string()
    };
    let unknown = message(&[row("colour of the ink")]);
    assert!(unknown.contains("'colour of the ink'"), "{unknown}");
    let twice = message(&[row("names shared"), row("names shared")]);
    assert!(twice.contains("'names shared' stands twice"), "{twice}");
    // Terms that a file does not name say nothing, and are not written again.
    let judge = AdditiveJudge::from_json(&file(&[row("names shared")])).expect("one term");
    assert_eq!(judge.to_json().matches("\"name\"").count(), 1);
}

#[test]
fn crossed_opposites_are_seen_alike_from_both_sides() {
    let (a, b) = (
        ("Prices rose and the team did not win.", 7),
        ("The team lost and prices fell.", 7),
    );
    assert_eq!(judge(a, b), judge(b, a).mirrored());
}

#[test]
fn a_judgement_seen_from_the_other_side_names_the_other_side() {
    let one = judge(
        ("The fire in Belport killed 12 people.", 7),
        ("The fire in Belport killed people.", 7),
    );
    assert!(sees(&one, "figure only in a"), "{one:?}");
    let other = one.clone().mirrored();
    assert!(sees(&other, "figure only in b") && !sees(&other, "figure only in a"));
    assert_eq!(other.mirrored(), one);
}

#[test]
fn a_count_that_grows_is_an_update() {
    let (first, then) = (
        "At least 11 people were killed when the roof fell in.",
        "Seventeen people were killed when the roof fell in.",
    );
    const RISEN: &str = "a count that has risen since";
    for (a, b) in [((first, 7), (then, 9)), ((then, 9), (first, 7))] {
        let judged = judge(a, b);
        assert!(sees(&judged, RISEN), "{a:?} {b:?}");
        assert_eq!(judged.relation(), Relation::Neutral);
        assert_eq!(judged.kind, Some(ConflictKind::Update));
    }
    // On one day, or with the bound in the later paper, nothing has grown.
    assert!(!sees(&judge((first, 7), (then, 7)), RISEN));
    assert!(!sees(&judge((first, 9), (then, 7)), RISEN));
    let plain = "Eleven people were killed when the roof fell in.";
    for (one, other, grows) in [
        (
            "So far 11 people were killed when the roof fell in.",
            then,
            true,
        ),
        (
            plain,
            "The number of people killed when the roof fell in has risen to 17.",
            true,
        ),
        (
            plain,
            "By now 17 people were killed when the roof fell in.",
            true,
        ),
        // Nobody says that it grows; what has risen is lower; prices are no counts.
        (plain, then, false),
        (
            plain,
            "By now 9 people were killed when the roof fell in.",
            false,
        ),
        (
            "The roof cost 11 million dollars.",
            "The roof cost has risen to 17 million dollars.",
            false,
        ),
    ] {
        assert_eq!(
            sees(&judge((one, 7), (other, 9)), RISEN),
            grows,
            "{one} {other}"
        );
    }
}

#[test]
fn evidence_is_left_out_where_nothing_can_come_of_a_pair() {
    let apart = (
        "The mayor opened a bakery.",
        "Rain fell on a bakery of the northern coast.",
    );
    let update = (
        "Nine people have died in the fire at Brenna so far, the ministry said",
        "The death toll of the fire at Brenna has now risen to 12, the ministry said",
    );
    let judges: [Arc<dyn Judge>; 3] = [
        Arc::new(AdditiveJudge::english()),
        Arc::new(Plain(AdditiveJudge::english())),
        judge::shipped(Lexicon::english()),
    ];
    let mut updates = 0;
    for judge in judges {
        let rarity = Rarity::background();
        for (a, b) in [apart, update] {
            let (a, b) = (read(a, 7), read(b, 9));
            let whole = judge.judge(&a, &b, &rarity);
            assert!(!whole.evidence.is_empty());
            assert_eq!(judge.judge_above(&a, &b, &rarity, 0.0), whole);
            let most = judge.judge_above(&a, &b, &rarity, 1.0 + 1e-9);
            assert_eq!(most.probabilities, whole.probabilities);
            match whole.kind {
                Some(ConflictKind::Update) => {
                    assert_eq!(most, whole);
                    updates += 1;
                }
                _ => assert!(most.evidence.is_empty(), "{}", a.text()),
            }
        }
    }
    assert!(updates == 3, "{updates} updates");
}

#[test]
fn copies_are_sure_where_they_tell_which_matter() {
    const COPY: &str = "word for word the same";
    let named = "The harbour of Belport was closed after a storm.";
    assert!(sees(&judge((named, 7), (named, 8)), COPY));
    // Three weeks on the same words may tell of another storm, unless they name the day.
    assert!(!sees(&judge((named, 7), (named, 28)), COPY));
    let dated = "The harbour of Belport was closed on 6 May 2024 after a storm.";
    assert!(sees(&judge((dated, 7), (dated, 28)), COPY));
    let vague = "Police are looking into the cause of the crash.";
    assert!(!sees(&judge((vague, 7), (vague, 7)), COPY));
    // The same letters and digits, another figure or another year.
    for (one, other) in [
        (
            "The ferry Aurora cost 1.5 million dollars to repair.",
            "The ferry Aurora cost 15 million dollars to repair.",
        ),
        (
            "Prices in Belport rose 1.1 percent in May.",
            "Prices in Belport rose 11 percent in May.",
        ),
    ] {
        let judged = judge((one, 7), (other, 7));
        assert!(!sees(&judged, COPY), "{one}");
        assert!(judged.probability(Relation::Duplicate) < 0.5, "{one}");
    }
    let warm = (
        "It was 5 degrees at night in the old harbour of Belport.",
        7,
    );
    let frost = (
        "It was -5 degrees at night in the old harbour of Belport.",
        7,
    );
    assert!(sees(&judge(warm, warm), COPY) && !sees(&judge(frost, warm), COPY));
    let on = |year: i16| {
        let statement = Statement {
            text: "Holt flew to Belport on 28 February with two ministers.",
            published: Some(Date::new(year, 3, 6).expect("a day")),
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    };
    let background = Rarity::background();
    let additive = AdditiveJudge::english();
    assert!(sees(
        &additive.judge(&on(2023), &on(2023), &background),
        COPY
    ));
    assert!(!sees(
        &additive.judge(&on(2022), &on(2023), &background),
        COPY
    ));
    // Who denies what another says does not say the same in the same words.
    let denied = Statement {
        text: named,
        stance: Stance::Denies,
        ..Statement::default()
    };
    let denied = Reading::new(&denied, &Lexicon::english());
    let judged = additive.judge(&denied, &read(named, 7), &background);
    assert!(!sees(&judged, COPY));
}

#[test]
fn a_copy_that_says_no_contradicts() {
    const REFUSAL: &str = "the same but for a negation";
    let closed = ("The harbour of Belport was closed after the storm.", 7);
    let against = |other| judge(closed, (other, 7));
    let not = against("The harbour of Belport was not closed after the storm.");
    assert!(sees(&not, REFUSAL));
    assert!(not.probability(Relation::Contradiction) > 0.95);
    for other in [
        "The harbour of Belport was not closed after the fire.",
        "The harbour of Belport may not be closed after the storm.",
        "Was the harbour of Belport not closed after the storm?",
        "The 2 harbours of Belport were not closed after the storm.",
    ] {
        assert!(!sees(&against(other), REFUSAL), "{other}");
    }
    let later = ("The harbour of Belport was not closed after the storm.", 20);
    assert!(!sees(&judge(closed, later), REFUSAL));
    // Who did it to whom is no small word.
    let (sued, was_not) = (
        ("Ana Holt sued Karl Brandt.", 7),
        ("Karl Brandt did not sue Ana Holt.", 7),
    );
    assert!(!sees(&judge(sued, was_not), REFUSAL));
}

/// A judge of another program: it knows nothing of leaving out evidence.
struct Plain(AdditiveJudge);

impl Judge for Plain {
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement {
        self.0.judge(a, b, rarity)
    }
}

#[test]
fn a_copy_with_an_opposite_or_another_figure_contradicts() {
    let against = |a, b| judge((a, 7), (b, 7));
    for (one, other, name, kind) in [
        (
            "The harbour of Belport was closed on Friday.",
            "The harbour of Belport was open on Friday.",
            "the same but for an opposite",
            ConflictKind::Antonym,
        ),
        (
            "Shares of Kestrel Airways rose after the report.",
            "Shares of Kestrel Airways fell after the report.",
            "the same but for an opposite",
            ConflictKind::Antonym,
        ),
        (
            "The ferry Aurora cost 1.5 million dollars to repair.",
            "The ferry Aurora cost 15 million dollars to repair.",
            "the same but for a figure",
            ConflictKind::Quantity,
        ),
    ] {
        let judged = against(one, other);
        assert!(sees(&judged, name), "{one}");
        assert!(judged.probability(Relation::Contradiction) > 0.9, "{one}");
        assert_eq!(judged.kind, Some(kind), "{one}");
    }
    for (one, other) in [
        // A second difference, a bound that allows both, another thing called by a number, nothing that tells which matter.
        (
            "The harbour of Belport was closed on Friday.",
            "The harbour of Tessel was open on Friday.",
        ),
        (
            "At least 12 people died in Belport.",
            "15 people died in Belport.",
        ),
        (
            "Reactor 3 of the Belport plant was shut.",
            "Reactor 4 of the Belport plant was shut.",
        ),
        (
            "12 people died in the fire in the hall.",
            "15 people died in the fire in the hall.",
        ),
    ] {
        let judged = against(one, other);
        let near = judged
            .evidence
            .iter()
            .any(|e| e.name.starts_with("the same but for"));
        assert!(!near, "{one}");
    }
    // Two days on a count may have changed; nobody says that it has.
    let of = |day| {
        judge(
            ("12 people died in Belport on 5 May.", 7),
            ("15 people died in Belport on 5 May.", day),
        )
    };
    assert!(sees(&of(8), "the same but for a figure"));
    assert!(sees(&of(9), "the same but for a later figure"));
    assert!(of(9).probability(Relation::Duplicate) < 0.05);
}

#[test]
fn copies_that_differ_in_one_thing_are_no_duplicates() {
    let placed = |text, stance| {
        let statement = Statement {
            text,
            stance,
            published: Date::new(2024, 5, 7).ok(),
            source: Some("Post"),
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    };
    let judge = judge::shipped(Lexicon::english());
    for (one, other, name) in [
        (
            "No homes in Marwick would be demolished.",
            "Some homes in Marwick would be demolished.",
            "the same but for a negation",
        ),
        (
            "Construction of the Marwick stadium will begin in March 2025.",
            "Construction of the Marwick stadium will begin in June 2025.",
            "the same but for a day",
        ),
        (
            "Russia attacked Ukraine in 2022.",
            "Ukraine attacked Russia in 2022.",
            "the same but for who does it",
        ),
    ] {
        let [a, b] = [one, other].map(|t| placed(t, Stance::Asserts));
        let judged = judge.judge(&a, &b, &Rarity::background());
        assert!(sees(&judged, name), "{one}");
        assert!(
            judged.probability(Relation::Contradiction) > 0.6,
            "{one} {judged:?}"
        );
        assert!(judged.probability(Relation::Duplicate) < 0.1, "{one}");
    }
    let text = "The Aurelia was overloaded with passengers.";
    let (said, denied) = (placed(text, Stance::Asserts), placed(text, Stance::Denies));
    let judged = judge.judge(&said, &denied, &Rarity::background());
    assert!(sees(&judged, "the same but denied"));
    assert!(judged.probability(Relation::Contradiction) > 0.9);
    assert_eq!(judged.kind, Some(ConflictKind::Denial));
}

#[test]
fn a_glance_passes_over_pairs_that_a_judge_calls_nothing() {
    let (treaty, socks) = (
        "Parliament ratified the fisheries treaty.",
        "Her grandmother knitted woollen socks.",
    );
    // As a graph asks about candidates.
    let mut rarity = Rarity::background();
    rarity.set("harbour", 0);
    for judge in [
        Arc::new(AdditiveJudge::english()) as Arc<dyn Judge>,
        judge::shipped(Lexicon::english()),
    ] {
        let (a, b) = (read(treaty, 7), read(socks, 9));
        assert!(a.likeness(&b) < 0.0);
        let (own, other) = (a.sketch(), b.sketch());
        assert!(judge.glance(&own, &other, None) < 0.0);
        assert_eq!(
            judge.glance(&own, &other, None),
            judge.glance(&other, &own, None)
        );
        assert!(judge.glance(&own, &own.clone(), None) > 0.0);
        // A look shows next to nothing either, and says why.
        let looked = judge.judge(&a, &b, &rarity);
        assert!(looked.probabilities.neutral > 0.9 && !looked.evidence.is_empty());
    }
}

#[test]
fn names_around_two_statements_tell_events_apart() {
    let setting = |text| Setting::of(&Article::new("Post", text));
    let fire = setting("See Ana Holt, who ran from the fire at Ellmar Street in Belport.");
    let again = setting("Fire took the house of Ana Holt at Ellmar Street in Belport.");
    let other = setting("See Jon Marek, who ran from the flood at Quay Road in Tessel.");
    let said = |text, setting| {
        let statement = Statement {
            text,
            published: Date::new(2024, 5, 7).ok(),
            source: Some("Post"),
            setting: Some(setting),
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    };
    let judge = AdditiveJudge::english();
    let text = "No arrest has been made by the police so far.";
    // Of a hundred candidates so many stand in articles that name the same.
    let duplicate = |other, alike| {
        let mut rarity = Rarity::background();
        rarity.set_alike(alike, 100);
        let judged = judge.judge(&said(text, &fire), &said(text, other), &rarity);
        assert!(sees(&judged, "the articles tell of one event"));
        judged.probability(Relation::Duplicate)
    };
    let [same, apart] = [&again, &other].map(|o| duplicate(o, 50));
    assert!(same > 5.0 * apart, "{same} {apart}");
    // The fewer there are of one event, the more names it takes.
    let rare = duplicate(&again, 2);
    assert!(same > 1.1 * rare && rare > apart, "{same} {rare}");
    // Without a pile nothing is known of that.
    let rarity = Rarity::background();
    let alone = judge.judge(&said(text, &fire), &said(text, &other), &rarity);
    assert!(!sees(&alone, "the articles tell of one event"));
    // The very words of two events are no copies, whatever they name.
    let copied = "word for word the same";
    let text = "12 people died in Belport on 5 May.";
    let copy = |other| judge.judge(&said(text, &fire), &said(text, other), &rarity);
    assert!(sees(&copy(&again), copied) && !sees(&copy(&other), copied));
}

//! Articles made up by number, the same on every machine.

use claimgraph::{Article, Date};

/// Numbers that look drawn at random and are the same on every machine.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WHO: &[&str] = &[
    "The ministry",
    "President Rezik",
    "The miners' union",
    "Ana Holt",
    "The port authority",
    "A spokesman",
    "The court",
    "Kestrel Airways",
];
const DID: &[&str] = &[
    "closed",
    "reopened",
    "denied",
    "approved",
    "rejected",
    "bought",
    "sold",
    "inspected",
    "repaired",
    "blocked",
];
const WHAT: &[&str] = &[
    "the bridge",
    "the harbour",
    "the old mine",
    "a contract",
    "the pipeline",
    "the railway line",
    "the hospital",
    "the budget",
    "the strike",
    "the ferry",
];
const WHERE: &[&str] = &[
    "in Belport",
    "near Minsk",
    "in the north",
    "at Port Ellmar",
    "in Tessel",
    "on the coast",
    "in the capital",
];
const WHEN: &[&str] = &[
    "on Monday",
    "last month",
    "in 2023",
    "on 3 May",
    "yesterday",
    "a week ago",
];

/// A sentence of news.
pub(crate) fn sentence(draw: &mut Draw) -> String {
    let (who, did, what) = (draw.one(WHO), draw.one(DID), draw.one(WHAT));
    let (place, day, count) = (draw.one(WHERE), draw.one(WHEN), draw.below(9000) + 100);
    match draw.below(3) {
        0 => format!("{who} said that {what} {place} had been {did} {day}."),
        1 => format!("{who} {did} {what} {place} {day}, which cost {count} dollars."),
        _ => format!(
            "“We have {did} {what} {place} for {count} people,” {} said {day}.",
            who.to_lowercase()
        ),
    }
}

/// Ten sentences.
pub(crate) fn article(draw: &mut Draw, number: usize) -> Article {
    let text: Vec<String> = (0..10).map(|_| sentence(draw)).collect();
    let day = Date::new(2024, 1, 1)
        .expect("a day of the calendar")
        .plus_days((number % 300) as i64);
    Article::new(format!("Outlet {}", number % 20), text.join("\n"))
        .id(format!("n{number}"))
        .published(day)
}

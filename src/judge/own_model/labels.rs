//! The labels of a model: what each of the numbers that it answers with stands for.

use super::answer::{self, Five, Three};
use super::bad;
use super::folder::Folder;
use crate::error::Error;
use crate::judge::network::Logits;

const THREE: [&str; 3] = ["entailment", "neutral", "contradiction"];
const FIVE: [&str; 5] = [
    "duplicate",
    "contradiction",
    "entailment",
    "entailed",
    "neutral",
];

/// Where each label stands among a model's numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Labels {
    /// Of inference: does the second text follow from the first? In the order of `THREE`.
    Three([usize; 3]),
    /// Of this crate, in the order of `FIVE`.
    Five([usize; 5]),
}

impl Labels {
    /// From `id2label` of the configuration.
    pub(super) fn of(folder: &Folder) -> Result<Self, Error> {
        let named = folder.config.id2label.as_ref();
        let mut names = Vec::new();
        for (id, label) in named.into_iter().flatten() {
            let at = id.trim().parse::<usize>().ok();
            names.push((at, label.trim().to_lowercase()));
        }
        names.sort();
        let counted = (names.iter().enumerate()).all(|(at, (id, _))| *id == Some(at));
        let place = |wanted: &str| names.iter().position(|(_, label)| label == wanted);
        if counted
            && names.len() == 3
            && let [Some(e), Some(n), Some(c)] = THREE.map(place)
        {
            return Ok(Self::Three([e, n, c]));
        }
        if counted
            && names.len() == 5
            && let [Some(d), Some(c), Some(e), Some(r), Some(n)] = FIVE.map(place)
        {
            return Ok(Self::Five([d, c, e, r, n]));
        }
        let found = match named {
            None => "no id2label".to_owned(),
            Some(labels) => format!("id2label with {labels:?}"),
        };
        let what = format!(
            "{found}, expected the labels {}, or {}, under the numbers 0, 1, 2 and so on in the order of the network's answers",
            THREE.join(", "),
            FIVE.join(", "),
        );
        Err(bad(&folder.file("config.json"), what))
    }

    /// How many numbers a model of them answers with.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Three(_) => THREE.len(),
            Self::Five(_) => FIVE.len(),
        }
    }

    /// What the numbers of both orders say together.
    pub(super) fn answer(&self, forth: &[f32], back: &[f32]) -> Logits {
        match self {
            Self::Three(places) => {
                let read = |row| {
                    let [entailment, neutral, contradiction] = answer::shares(row, places);
                    Three {
                        entailment,
                        neutral,
                        contradiction,
                    }
                };
                answer::of_three(read(forth), read(back))
            }
            Self::Five(places) => {
                let read = |row| {
                    let [duplicate, contradiction, entailment, entailed, neutral] =
                        answer::shares(row, places);
                    Five {
                        duplicate,
                        contradiction,
                        entailment,
                        entailed,
                        neutral,
                    }
                };
                answer::of_five(read(forth), read(back))
            }
        }
    }
}

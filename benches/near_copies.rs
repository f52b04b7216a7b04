//! Near copies among short texts: how many are found by how much was changed, how many of the pairs found are none, CPU seconds
//! and memory.
//!
//! `cargo bench --bench near_copies -- [FILE] [--texts 100000] [--similarity 0.48] [--words 4] [--common 1024] [--strsim 500]
//! [--adversaries 100000]`
//!
//! FILE is JSON Lines, plain or gzip: `{id, text, cluster, level, of?}`, where `of` is the text that one is an edited copy of, and
//! texts of one `cluster` go back to one original. Without one, texts are made up. `--strsim N` compares N of the texts, whole
//! clusters, pair by pair with the crate strsim, and prints both on these.
//!
//! - recall of a level: of its copies, the share of which the pair with the text they were made from was found.
//! - precision: of all pairs found, each counted once, the share within one cluster.
//! - CPU s: user and system time of the whole process until the last pair was found, reading included; MB: its peak of memory.
//!
//! `--adversaries N` takes in N texts made to cost as much as they can, instead: seconds of adding, of asking for each, of the
//! groups, and of removing each.
//!
//! The row `groups` asks the same of the groups: a pair is found where both are in one.
//! Peers: `python3 benches/peers/near_copies.py FILE`, and `cargo run --release --manifest-path benches/peers/gaoya/Cargo.toml FILE`.

use claimgraph::block::{NearCopies, NearOptions};
use made_up::Draw;
use near_truth::{LEVELS, Row, Truth, heading};
use process::{cpu_seconds, megabytes};
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};

#[allow(dead_code)] // Its articles are for other benches.
mod made_up;
mod near_truth;
mod process;

/// Sørensen-Dice similarity of letter pairs from which strsim's pairs count: of 0.55, 0.6 and 0.65 the one that finds most.
const DICE: f64 = 0.55;

fn main() -> Result<(), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut file, mut count, mut few, mut adversaries) = (None::<PathBuf>, 100_000, 0, 0);
    let mut options = NearOptions::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("texts") => count = arguments.value()?.parse()?,
            Long("similarity") => options.similarity = arguments.value()?.parse()?,
            Long("words") => options.words = arguments.value()?.parse()?,
            Long("common") => options.common = arguments.value()?.parse()?,
            Long("strsim") => few = arguments.value()?.parse()?,
            Long("adversaries") => adversaries = arguments.value()?.parse()?,
            // What cargo gives every bench.
            Long("bench") => {}
            Value(path) if file.is_none() => file = Some(path.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    if adversaries > 0 {
        attacked(adversaries, options);
        return Ok(());
    }
    println!("{}", heading());
    let (mut index, mut truth) = (NearCopies::new(options), Truth::default());
    each(file.as_deref(), count, |row| {
        index.add(row.id, &row.text);
        truth.add(&row);
    })?;
    println!("{}", truth.row("claimgraph", near(&index, &truth)));
    let after = cpu_seconds();
    let groups = index.groups();
    let pairs = groups.groups.iter().flat_map(|group| {
        let keys: Vec<u32> = [group.of].into_iter().chain(group.copies.clone()).collect();
        pairs_of(&keys)
    });
    println!("{}", truth.row("groups", pairs.collect()));
    println!(
        "groups: {} in {:.2} CPU s",
        groups.groups.len(),
        cpu_seconds() - after
    );
    if few > 0 {
        on_few(file.as_deref(), count, few, options)?;
    }
    Ok(())
}

/// Reads the texts of a file or makes some up.
fn each(
    file: Option<&Path>,
    count: usize,
    take: impl FnMut(Row<'_>),
) -> Result<(), Box<dyn Error>> {
    match file {
        Some(path) => near_truth::each(path, take),
        None => {
            made(count, take);
            Ok(())
        }
    }
}

/// All pairs that are found, each once.
fn near(index: &NearCopies, truth: &Truth) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut truncated = 0;
    for key in truth.ids() {
        let near = index.near(key);
        truncated += usize::from(near.truncated);
        pairs.extend(near.copies.iter().map(|c| (key.min(c.key), key.max(c.key))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    eprintln!(
        "{truncated} of {} asked for were cut short by a cap",
        index.len()
    );
    pairs
}

fn pairs_of(keys: &[u32]) -> Vec<(u32, u32)> {
    let rest = |at: usize, a: u32| keys[at + 1..].iter().map(move |b| (a.min(*b), a.max(*b)));
    let all = keys.iter().enumerate().flat_map(|(at, a)| rest(at, *a));
    all.collect()
}

/// Both on so few texts that all their pairs can be compared, letter by letter. The seconds are those of each alone.
fn on_few(
    file: Option<&Path>,
    count: usize,
    few: usize,
    options: NearOptions,
) -> Result<(), Box<dyn Error>> {
    let mut clusters: HashMap<u32, usize> = HashMap::new();
    each(file, count, |row| {
        *clusters.entry(row.cluster).or_default() += 1
    })?;
    // Whole clusters that hold a copy, by number.
    let mut several: Vec<(u32, usize)> = clusters.into_iter().filter(|c| c.1 > 1).collect();
    several.sort_unstable();
    let mut left = few;
    several.retain(|c| {
        let fits = left >= c.1;
        left = if fits { left - c.1 } else { 0 };
        fits
    });
    let (mut texts, mut truth) = (Vec::new(), Truth::default());
    each(file, count, |row| {
        if several.binary_search_by_key(&row.cluster, |c| c.0).is_ok() {
            truth.add(&row);
            texts.push((row.id, row.text.into_owned()));
        }
    })?;
    println!("{} texts, all pairs:", texts.len());
    let before = cpu_seconds();
    let mut index = NearCopies::new(options);
    for (id, text) in &texts {
        index.add(*id, text);
    }
    let found = near(&index, &truth);
    let middle = cpu_seconds();
    let mut pairs = Vec::new();
    for (at, (a, x)) in texts.iter().enumerate() {
        for (b, y) in &texts[at + 1..] {
            if strsim::sorensen_dice(&x.to_lowercase(), &y.to_lowercase()) >= DICE {
                pairs.push((*a.min(b), *a.max(b)));
            }
        }
    }
    let end = cpu_seconds();
    println!("{}", truth.row("claimgraph", found));
    println!("{}", truth.row("strsim dice", pairs));
    println!(
        "CPU s alone: {:.2} and {:.2}",
        middle - before,
        end - middle
    );
    Ok(())
}

/// Texts that are made to cost as much as they can, so many of a kind.
fn attacked(count: usize, options: NearOptions) {
    println!(
        "{:<22} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8} {:>9} {:>6}",
        "CPU s:", "add", "ask", "groups", "remove", "groups", "largest", "truncated", "MB"
    );
    let mut draw = Draw(11);
    let some = |draw: &mut Draw, n: usize| (0..n).map(|_| word(draw)).collect::<Vec<_>>();
    let same = sentence(&some(&mut draw, 20));
    attack("all the same", count, options, |_| same.clone());
    let rest = some(&mut draw, 19);
    attack("one rare word shared", count, options, |_| {
        format!("zyx {}", some(&mut draw, 19).join(" "))
    });
    attack("one word differs", count, options, |n| {
        format!("x{n} {}", rest.join(" "))
    });
    attack("each near the next", count, options, |n| {
        let words = n..n + 12;
        words.map(|w| format!("x{w} ")).collect()
    });
    let mut draw = Draw(13);
    attack("eight frequent words", count, options, |_| {
        let few = (0..12).map(|_| format!("w{} ", draw.below(8)));
        few.collect()
    });
    attack("one of so many words", 1, options, |_| {
        (0..count).map(|w| format!("x{w} ")).collect()
    });
}

fn attack(who: &str, count: usize, options: NearOptions, mut text: impl FnMut(usize) -> String) {
    let mut index = NearCopies::new(options);
    let mut seconds = Vec::new();
    let mut last = cpu_seconds();
    let mut took = || {
        let now = cpu_seconds();
        seconds.push(now - last);
        last = now;
    };
    (0..count).for_each(|n| index.add(n as u32, &text(n)));
    took();
    let asked = (0..count as u32).map(|key| index.near(key));
    let truncated = asked.filter(|near| near.truncated).count();
    took();
    let groups = index.groups().groups;
    took();
    for key in 0..count as u32 {
        index.remove(key);
    }
    took();
    let largest = groups.iter().map(|g| g.copies.len() + 1).max();
    println!(
        "{who:<22} {:>7.2} {:>7.2} {:>7.2} {:>7.2} {:>7} {:>8} {truncated:>9} {:>6.0}",
        seconds[0],
        seconds[1],
        seconds[2],
        seconds[3],
        groups.len(),
        largest.unwrap_or(1),
        megabytes()[1]
    );
}

/// Texts of 8 to 40 made-up words, some of them frequent and most of them rare as in a language; 3 in 10 are edited copies.
fn made(count: usize, mut take: impl FnMut(Row<'_>)) {
    let mut draw = Draw(7);
    let mut originals: Vec<(u32, Vec<String>)> = Vec::new();
    for id in 0..count as u32 {
        // Shares of the levels in a hundred.
        let level = match draw.below(100) {
            0..10 => 0,
            10..20 => 1,
            20..23 => 2,
            23..30 => 3,
            _ => LEVELS.len(),
        };
        if level == LEVELS.len() || originals.is_empty() {
            let words: Vec<String> = (0..8 + draw.below(33)).map(|_| word(&mut draw)).collect();
            let text = sentence(&words);
            if originals.len() < 20_000 {
                originals.push((id, words));
            }
            take(Row {
                id,
                text: text.into(),
                cluster: id,
                level: "original".into(),
                of: None,
            });
        } else {
            let (of, words) = &originals[draw.below(originals.len())];
            let text = edited(words, level, &mut draw);
            take(Row {
                id,
                text: text.into(),
                cluster: *of,
                level: LEVELS[level].into(),
                of: Some(*of),
            });
        }
    }
}

/// Words of a made-up language.
const WORDS: f64 = 50_000.0;

/// A word: its place in the order of frequency is drawn so that the n-th is 1/n as frequent as the first. Rare words are longer.
fn word(draw: &mut Draw) -> String {
    let place = WORDS.powf(draw.below(1 << 20) as f64 / f64::from(1 << 20)) as u64;
    let mut letters = Draw(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let length = 2 + place.ilog2() as usize / 2 + letters.below(3);
    let all = (0..length).map(|_| char::from(b'a' + letters.below(26) as u8));
    all.collect()
}

fn sentence(words: &[String]) -> String {
    let mut text = words.join(" ");
    text[..1].make_ascii_uppercase();
    text + "."
}

fn edited(words: &[String], level: usize, draw: &mut Draw) -> String {
    let mut words = words.to_vec();
    match level {
        0 if draw.below(2) == 0 => return sentence(&words).to_uppercase(),
        0 => return words.join(", ") + "!",
        1 => {
            for _ in 0..1 + draw.below(2) {
                let at = draw.below(words.len());
                match draw.below(3) {
                    0 => words[at] = word(draw),
                    1 => words.insert(at, word(draw)),
                    _ => drop(words.remove(at)),
                }
            }
        }
        2 => {
            let by = 1 + draw.below(words.len() - 1);
            words.rotate_left(by);
        }
        _ => {
            // 30 % of the places, each once.
            let mut places: Vec<usize> = (0..words.len()).collect();
            for _ in 0..(words.len() as f64 * 0.3).round() as usize {
                let at = places.swap_remove(draw.below(places.len()));
                words[at] = word(draw);
            }
        }
    }
    sentence(&words)
}

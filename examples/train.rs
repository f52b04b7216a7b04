//! Learns the judge's weights from a data folder.
//!
//! `cargo run --release --example train -- training --out src/judge/weights.json`

use claimgraph::Lexicon;
use claimgraph::judge::{
    AdditiveJudge, Around, CascadeJudge, Company, Context, Example, FitOptions, Judgement, Network,
    Rarity, Reading, Relation, Student, fit,
};
use scores::Scores;
use std::collections::HashMap;
use std::error::Error;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "labelled/ablation.rs"]
mod ablation;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/brought_up.rs"]
mod brought_up;
#[path = "labelled/first_look.rs"]
mod first_look;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/ranking.rs"]
mod ranking;
#[path = "labelled/scores.rs"]
mod scores;
#[allow(unreachable_pub, reason = "a module of a program")]
#[path = "labelled/sequences.rs"]
mod sequences;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/stories.rs"]
mod stories;
#[allow(unreachable_pub, reason = "a module of a program")]
#[path = "labelled/words.rs"]
mod words;

const HELP: &str = "\
train FOLDER [--sequences FILE|--words DIR --public DIR|--glance] [--network FILE|shipped] [--student FILE|shipped [--folds FILE,FILE]] [--with FILE] [--check|--ablate|--curve] --out FILE [--context FILE]

Learns the additive judge's weights from labelled text: families/*.jsonl of FOLDER and of FOLDER/held, and stories/*/ of both,
judged as the graph would judge them.

  --sequences FILE  write every pair as the network sees it, for training/network, and stop; with --public also
                    the sets of that data folder (DIR/public/pairs) that weights may be learned from
  --words DIR       write every pair as the micro student sees it, for training/micro, and stop; --public as above
  --student FILE    learn weights beside a student of training/micro (or the shipped one), from FOLDER/held only, which it has not seen
  --folds FILES     two students that have each not seen one half of FOLDER: learn from FOLDER beside them too
  --network FILE    learn how far to trust a network of training/network (or the shipped one), beside the other terms; from
                    FOLDER/held only, which the network has not seen, so that it is trusted no more than it deserves
  --with FILE       weights of a second stage that were learned before, from text that is not here: what is learned is averaged with
                    them, and the context is learned beside them
  --context FILE    after that, learn from the stories there how a pair is weighed beside the other pairs of its articles
  --glance          learn the first look (src/judge/glance.rs) from what the shipped judge says of candidates of FOLDER's stories, each by
                    itself and all in one pile; print the weights and what thresholds keep, and stop
  --check           learn from every second family and story and score the others
  --ablate          the same without each group of terms in turn, one table; with --network also without it and with it alone
  --curve           learn the additive judge from ever more families and stories, and score each on FOLDER/held";

/// How much one pair counts, by where it comes from: a story's candidates are many and mostly unrelated.
const STORY_WEIGHT: f64 = 0.35;
const STRANGER_WEIGHT: f64 = 0.5;

/// The second stage learns from pairs that are less likely linked than those that it is asked about later: so it knows what lies beyond.
const LEARNED_FROM: f64 = 0.004;

struct Labelled {
    a: Arc<Reading>,
    b: Arc<Reading>,
    rarity: Arc<Rarity>,
    relation: Relation,
    kind: String,
    /// Whether it belongs to the half that is scored under `--check`.
    kept_back: bool,
    weight: f64,
    /// Whether it lies in FOLDER/held.
    held: bool,
    /// The family or story that it belongs to.
    group: u64,
    /// Of a pair of a story: the story and whether it was read with its dates, and each side's claim and article.
    place: Option<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    story: (u64, bool),
    a: (usize, usize),
    b: (usize, usize),
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("train: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut dir, mut out, mut check) = (None, None, false);
    let (mut sequences, mut public, mut network, mut context) = (None, None, None, None);
    let (mut before, mut ablate, mut curve) = (None, false, false);
    let (mut words, mut student, mut folds, mut glance) = (None, None, None, false);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("sequences") => sequences = Some(PathBuf::from(arguments.value()?)),
            Long("glance") => glance = true,
            Long("public") => public = Some(PathBuf::from(arguments.value()?)),
            Long("network") => network = Some(PathBuf::from(arguments.value()?)),
            Long("with") => before = Some(PathBuf::from(arguments.value()?)),
            Long("context") => context = Some(PathBuf::from(arguments.value()?)),
            Long("words") => words = Some(PathBuf::from(arguments.value()?)),
            Long("student") => student = Some(PathBuf::from(arguments.value()?)),
            Long("folds") => folds = Some(arguments.value()?.string()?),
            Long("check") => check = true,
            Long("ablate") => ablate = true,
            Long("curve") => curve = true,
            Value(value) if dir.is_none() => dir = Some(PathBuf::from(value)),
            other => {
                eprintln!("train: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let tables = usize::from(ablate) + usize::from(curve);
    if tables > 1 || tables == 1 && (out.is_some() || context.is_some() || check) {
        eprintln!("train: --ablate and --curve go alone: they write no weights\n\n{HELP}");
        return Ok(ExitCode::from(2));
    }
    let writes = out.is_some() || context.is_some() || check || tables > 0 || glance;
    if sequences.is_none() && words.is_none() && (!writes || public.is_some()) {
        eprintln!(
            "train: give --out, --check, --ablate, --curve or --glance; --public goes with --sequences or --words\n\n{HELP}"
        );
        return Ok(ExitCode::from(2));
    }
    if curve && network.is_some() {
        eprintln!("train: --curve learns the additive judge, which has no network\n\n{HELP}");
        return Ok(ExitCode::from(2));
    }
    if context.is_some() && network.is_none() {
        eprintln!("train: --context is learned beside a network: give --network too\n\n{HELP}");
        return Ok(ExitCode::from(2));
    }
    let Some(dir) = dir else {
        eprintln!("train: a folder of labelled text is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    if glance {
        first_look::learn(&dir)?;
        return Ok(ExitCode::SUCCESS);
    }
    let held = dir.join("held");
    if let Some(path) = sequences {
        let file = std::fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut writer = sequences::Writer::new(BufWriter::new(file));
        for (dir, held) in [(&dir, false), (&held, true)] {
            for file in labelled::files(&dir.join("families")) {
                let pairs = labelled::families(&file)?;
                for family in pairs.chunk_by(|p, q| p.group == q.group) {
                    writer.family(&family[0].group.to_string(), held, family)?;
                }
            }
            for folder in labelled::folders(&dir.join("stories")) {
                writer.story(held, &stories::read(&folder, true)?)?;
            }
        }
        if let Some(folder) = public {
            writer.public(&folder)?;
        }
        eprintln!("{} statements", writer.finish()?);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(folder) = words {
        return write_words(&folder, &dir, public.as_deref());
    }
    if student.is_some() && (network.is_some() || curve) || folds.is_some() && student.is_none() {
        eprintln!("train: --student goes without --network and --curve, --folds with it\n\n{HELP}");
        return Ok(ExitCode::from(2));
    }
    let student = student.map(|path| read_student(&path)).transpose()?;
    let folds = folds.map(|paths| {
        let students = paths.split(',').map(|path| read_student(Path::new(path)));
        students.collect::<Result<Vec<_>, _>>()
    });
    let folds = folds.transpose()?.unwrap_or_default();
    if ![0, 2].contains(&folds.len()) {
        return Err("--folds: expected two files, a comma between them".into());
    }
    let network = match network {
        Some(path) if path.as_os_str() == "shipped" => Some(Network::english()),
        Some(path) => {
            let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            Some(Network::from_bytes(&bytes)?)
        }
        None => None,
    };
    let mut set = load(&held, network.is_some())?;
    set.iter_mut().for_each(|l| l.held = true);
    let alone = network.is_some() || student.is_some() && folds.is_empty();
    if !alone {
        set.extend(load(&dir, false)?);
    }
    if set.is_empty() {
        let place = if alone { &held } else { &dir };
        return Err(format!(
            "{}: expected families/*.jsonl or stories/*/",
            place.display()
        )
        .into());
    }
    let write = |path: &Path, judge: &AdditiveJudge| {
        std::fs::write(path, judge.to_json()).map_err(|e| format!("{}: {e}", path.display()))
    };
    let example = |l: &Labelled| -> Option<Example> {
        let (relation, weight) = (l.relation, l.weight);
        let student = match l.held {
            true => student.as_ref(),
            false => folds.get(words::fold(l.group)),
        };
        if let Some(student) = student {
            let (a, b) = (&l.a, &l.b);
            return Some(Example::with_student(
                student, a, b, &l.rarity, relation, weight,
            ));
        }
        match &network {
            None => {
                let judge = AdditiveJudge::english();
                Some(Example::new(
                    &judge, &l.a, &l.b, &l.rarity, relation, weight,
                ))
            }
            Some(network) => {
                let judge = CascadeJudge::english()
                    .neural(network.clone())
                    .floor(LEARNED_FROM);
                Example::with_network(&judge, &l.a, &l.b, &l.rarity, relation, weight)
            }
        }
    };
    // A pair that the network is not asked about teaches nothing, and is no rival either.
    let examples = on_all_cores(&set, example);
    let (set, examples): (Vec<Labelled>, Vec<Example>) = (set.into_iter().zip(examples))
        .filter_map(|(l, example)| Some((l, example?)))
        .unzip();
    eprintln!("{} examples", examples.len());
    if ablate {
        println!("{}", ablation::table(&set, &examples, network.is_some())?);
        return Ok(ExitCode::SUCCESS);
    }
    if curve {
        println!("{}", ablation::curve(&set, &examples));
        return Ok(ExitCode::SUCCESS);
    }
    let before = match &before {
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Some(AdditiveJudge::from_json(&text)?)
        }
        None => None,
    };
    let learned = |keep: &(dyn Fn(&Labelled) -> bool + Sync)| -> AdditiveJudge {
        let some = set.iter().zip(&examples).filter(|(l, _)| keep(l));
        let some: Vec<Example> = some.map(|(_, e)| e.clone()).collect();
        let own = fit(&some, FitOptions::default());
        before
            .as_ref()
            .map_or_else(|| own.clone(), |b| own.averaged(b))
    };
    if !check && let Some(out) = &out {
        write(out, &learned(&|_| true))?;
    }
    if !check && context.is_none() {
        return Ok(ExitCode::SUCCESS);
    }
    // Each half is judged with what was learned from the other: a judge is surer of what it was learned on.
    let judges = match &before {
        Some(before) if !check => vec![before.clone(); 2],
        _ => on_all_cores(&[true, false], |kept| learned(&|l| l.kept_back != *kept)),
    };
    if check && let Some(out) = &out {
        write(out, &judges[0])?;
    }
    let mut judged: Vec<Judgement> = (set.iter().zip(&examples))
        .map(|(l, example)| example.judged_by(&judges[usize::from(!l.kept_back)]))
        .collect();
    println!(
        "each pair alone\n{}",
        scores(
            set.iter()
                .zip(&judged)
                .filter(|(l, _)| l.kept_back || !check)
        )
    );
    if let Some(path) = context {
        let around = surroundings(&set, &judged);
        let examples: Vec<Example> = (set.iter().zip(&judged).zip(&around))
            .filter(|((l, _), _)| l.place.is_some() && !(check && l.kept_back))
            .map(|((l, j), around)| Example::in_context(j, around, l.relation, 1.0))
            .collect();
        let learned = fit(&examples, FitOptions::default());
        write(&path, &learned)?;
        if check {
            let context = Context::from_json(&learned.to_json())?;
            for (judgement, around) in judged.iter_mut().zip(&around) {
                *judgement = context.weigh(judgement.clone(), around);
            }
            println!(
                "\neach pair beside its rivals\n{}",
                scores(set.iter().zip(&judged).filter(|(l, _)| l.kept_back))
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read_student(path: &Path) -> Result<Student, Box<dyn Error>> {
    if path.as_os_str() == "shipped" {
        return Ok(Student::english());
    }
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(Student::from_bytes(&bytes)?)
}

/// Writes every pair as the micro student sees it.
fn write_words(
    folder: &Path,
    dir: &Path,
    public: Option<&Path>,
) -> Result<ExitCode, Box<dyn Error>> {
    let mut writer = words::Writer::new(folder)?;
    for (dir, held) in [(dir.join("held"), true), (dir.to_owned(), false)] {
        for l in load(&dir, false)? {
            let source = match (l.kind.as_str(), l.place) {
                ("stranger", _) => words::Source::Stranger,
                (_, Some(_)) => words::Source::Story,
                _ => words::Source::Family,
            };
            let label = match l.kind.as_str() {
                "story unlisted" => words::UNLISTED,
                _ => words::label(l.relation),
            };
            writer.pair(&l.a, &l.b, label, source, held, l.group)?;
        }
    }
    if let Some(folder) = public {
        writer.public(folder)?;
    }
    eprintln!("{} statements", writer.finish()?);
    Ok(ExitCode::SUCCESS)
}

fn scores<'a>(judged: impl Iterator<Item = (&'a Labelled, &'a Judgement)>) -> Scores {
    let mut scores = Scores::default();
    for (l, judgement) in judged {
        scores.add(judgement, l.relation, &l.kind, l.place.is_some());
    }
    scores
}

/// What stands around each pair: of a story, its other candidates; of a family, nothing.
fn surroundings(set: &[Labelled], judged: &[Judgement]) -> Vec<Around> {
    let mut stories: HashMap<(u64, bool), Company<usize, usize>> = HashMap::new();
    for (l, judgement) in set.iter().zip(judged) {
        if let Some(place) = l.place {
            let company = stories.entry(place.story).or_default();
            company.add(place.a, place.b, judgement);
        }
    }
    let around = |l: &Labelled| match l.place {
        Some(place) => stories[&place.story].around(place.a, place.b),
        None => Around::default(),
    };
    set.iter().map(around).collect()
}

/// One answer for each of a list, in its order; a core that is done takes what is next.
fn on_all_cores<T: Sync, R: Send>(list: &[T], answer: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let next = AtomicUsize::new(0);
    let mut answers: Vec<(usize, R)> = std::thread::scope(|scope| {
        let (answer, next) = (&answer, &next);
        let work = || {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                match list.get(at) {
                    Some(item) => own.push((at, answer(item))),
                    None => return own,
                }
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|w| w.join());
        done.flat_map(|own| own.expect("judging a pair does not panic"))
            .collect()
    });
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The labelled pairs of a folder; `slowly` where each is going to cost much.
fn load(dir: &Path, slowly: bool) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let lexicon = Lexicon::english();
    let mut out = Vec::new();
    let mut strangers: Vec<labelled::Pair> = Vec::new();
    for file in labelled::files(&dir.join("families")) {
        let pairs = labelled::families(&file)?;
        // Bases of one file share a field of news and nothing else.
        let bases: Vec<&labelled::Pair> = pairs
            .chunk_by(|p, q| p.group == q.group)
            .map(|family| &family[0])
            .collect();
        for step in [1, 7, 31] {
            for (p, q) in bases.iter().zip(bases.iter().cycle().skip(step)) {
                if p.group != q.group {
                    strangers.push(labelled::Pair {
                        a: p.a.clone(),
                        b: q.a.clone(),
                        relation: Relation::Neutral,
                        kind: "stranger".to_owned(),
                        group: p.group,
                    });
                }
            }
        }
        out.extend(pairs.into_iter().map(|p| (p, 1.0)));
    }
    out.extend(strangers.into_iter().map(|p| (p, STRANGER_WEIGHT)));
    let mut readings: HashMap<labelled::Side, Arc<Reading>> = HashMap::new();
    let mut read = |side: &labelled::Side| {
        readings
            .entry(side.clone())
            .or_insert_with(|| Arc::new(side.read(&lexicon)))
            .clone()
    };
    let plain = Arc::new(Rarity::background());
    let mut set: Vec<Labelled> = Vec::new();
    for (p, weight) in out {
        set.push(Labelled {
            a: read(&p.a),
            b: read(&p.b),
            rarity: plain.clone(),
            relation: p.relation,
            kind: p.kind,
            kept_back: kept_back(p.group),
            held: false,
            group: p.group,
            weight,
            place: None,
        });
    }
    for folder in labelled::folders(&dir.join("stories")) {
        let group = labelled::group_of(&folder.file_name().unwrap_or_default().to_string_lossy());
        // Each story is read with its dates and without them; where a network is asked, which takes long, in one way.
        let both = [true, false].into_iter();
        for dated in both.filter(|dated| !slowly || *dated == group.is_multiple_of(2)) {
            let story = stories::read(&folder, dated)?;
            let rarity = Arc::new(story.rarity);
            for pair in story.candidates {
                set.push(Labelled {
                    a: story.claims[pair.a].clone(),
                    b: story.claims[pair.b].clone(),
                    rarity: rarity.clone(),
                    relation: pair.relation,
                    kind: format!("story {}", pair.kind.as_deref().unwrap_or("unlisted")),
                    kept_back: kept_back(group),
                    held: false,
                    group,
                    weight: STORY_WEIGHT,
                    place: Some(Place {
                        story: (group, dated),
                        a: (pair.a, story.articles[pair.a]),
                        b: (pair.b, story.articles[pair.b]),
                    }),
                });
            }
        }
    }
    Ok(set)
}

/// Every second family and story by a hash of its name, so that the split stays when others are added.
fn kept_back(group: u64) -> bool {
    (group / 40) % 2 == 1
}

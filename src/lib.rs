//! Compares what news sources claim: who says the same, who says the opposite, and why one may think so.
//!
//! Articles go into a [`ClaimGraph`]; claims, links, clusters and disputes come out.
//!
//! - A **claim** is a clause-sized stretch of an article, an exact byte span of its text, with whoever is quoted as saying it
//!   ([`Attribution`]) and how ([`Stance`]: asserts, denies, hedges, predicts).
//! - A **link** joins two claims of different articles: a *duplicate* says the same, an *entailment* says more than the other, and of a
//!   *contradiction* both sides cannot be true. It carries probabilities; [`ClaimGraph::explain`] gives the judge's
//!   [`Judgement`](judge::Judgement), with the named bars of evidence, in bits, that they are computed from.
//! - A **cluster** is claims that say the same thing; it never holds both ends of a contradiction.
//! - A **dispute** is two clusters with contradictions between them, and who holds which side.
//!
//! ```
//! use claimgraph::{Article, ClaimGraph};
//!
//! let mut graph = ClaimGraph::new();
//! graph.add_article(Article::new("Post", "The harbour of Belport was closed on 3 May 2024."))?;
//! graph.add_article(Article::new("Herald", "The harbour of Belport was not closed on 3 May 2024."))?;
//! graph.settle();
//! let disputes = graph.disputes();
//! assert_eq!(disputes.len(), 1);
//! # Ok::<(), claimgraph::Error>(())
//! ```
//!
//! # Features
//!
//! - `gzip` (default): `.gz` files are read too.
//! - `html`: articles from web pages, `Article::from_html` and `.html` files.
//! - `neural` (default): [`judge::shipped`] is a `CascadeJudge`, which asks a small network about pairs that may be linked; some four
//!   milliseconds a pair and some hundred kilobytes a claim that was asked about. Without it the additive judge judges alone.
//! - `onnx`: `NeuralJudge::from_dir` reads a network of your own, a cross-encoder for inference in ONNX.
//!
//! # Parts
//!
//! [`extract`] finds claims, [`block`] the pairs worth comparing, [`judge`] compares two statements, [`graph`] holds it all, [`query`] asks
//! it, [`read`] and [`export`] are the files. Everything runs offline: word data, word vectors and a small network ship with the crate.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod block;
pub mod error;
pub mod export;
pub mod extract;
pub mod graph;
pub mod judge;
pub mod lexicon;
pub mod model;
pub mod query;
pub mod read;
pub mod text;
pub mod vectors;

pub use error::{Error, ErrorKind};
pub use graph::ClaimGraph;
pub use lexicon::Lexicon;
pub use model::{Article, ArticleId, Attribution, Claim, ClaimId, Source, SourceId, Stance};
pub use text::{Date, Span};

/// The program of the README must work when pasted.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

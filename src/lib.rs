//! Compare what news sources claim.
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

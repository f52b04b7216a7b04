//! Plain data: sources, articles, claims and who they are attributed to.
//!
//! Knows neither how claims are found nor how they are compared.

mod article;
mod claim;
mod id;

pub use article::{Article, Source};
pub use claim::{Annotation, AnnotationKind, Attribution, Claim, Polarity, Stance};
pub use id::{ArticleId, ClaimId, SourceId};

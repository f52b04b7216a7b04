//! Reading plain text: its language, spans, sentences, tokens, normal forms, quantities, dates, names.
//!
//! Knows words, not articles or claims. Every position is a UTF-8 byte offset into the text that was passed in.

mod date;
mod edits;
mod language;
mod name;
mod normal;
mod number;
mod sentence;
mod span;
mod token;

pub(crate) use date::MONTHS;
#[cfg(feature = "neural")]
pub(crate) use date::WEEKDAYS;
pub(crate) use date::names_a_time;
pub use date::{Date, DateMention, Interval, dates};
pub(crate) use edits::jaro_winkler;
pub use language::{is_english, language};
pub use name::{Name, NameKind, NameMatch, match_names, names};
pub(crate) use name::{Spelling, match_spelled};
pub(crate) use normal::holds;
pub use normal::{fold, stem};
pub use number::{Bound, Quantity, QuantityRelation, quantities};
pub use sentence::sentences;
pub use span::Span;
pub(crate) use span::find_byte;
pub use token::{Token, TokenKind, tokens};
pub(crate) use token::{tokens_at, words};

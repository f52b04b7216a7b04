//! A claim: an exact span of an article and what was read from it.

use crate::text::{DateMention, Name, Quantity, Span};
use serde::{Deserialize, Serialize};

/// How the speaker stands to the claim's content.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// States it.
    #[default]
    Asserts,
    /// Rejects what others claim; the span may be the denied clause itself.
    Denies,
    /// May, might, could, probably, perhaps: wins over `Predicts`.
    Hedges,
    /// Another claim about the future.
    Predicts,
}

/// Whether the clause's own main statement is negated.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// 'Ardesh asked for transit.'
    #[default]
    Positive,
    /// 'Ardesh never asked for transit.'
    Negative,
}

/// Who says it, according to the article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Attribution {
    /// The innermost speaker in the fullest form found in the article; `None` is the outlet's own voice, or
    /// somebody whom it does not name. Of a comment the article's own words are its author's, of a body's own statement the body's.
    pub speaker: Option<String>,
    /// Those who pass it on, outermost first, without the outlet: in 'A said that B denied P', `["A"]`.
    #[serde(default)]
    pub via: Vec<String>,
    /// Whether the words stand in quotation marks.
    #[serde(default)]
    pub direct: bool,
    /// The reporting words ('told reporters', 'dismissed as baseless'), where there are any.
    #[serde(default)]
    pub cue: Option<Span>,
}

/// What an annotation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationKind {
    /// The name that a pronoun or short form stands for.
    Antecedent,
    /// The proposition that 'this', 'such a scenario', 'the idea' points to.
    Proposition,
}

/// Something inferred about words of the claim; the quoted text itself is never rewritten.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Annotation {
    /// The annotated words.
    pub span: Span,
    /// What kind of inference.
    pub kind: AnnotationKind,
    /// What they stand for.
    pub text: String,
}

/// A clause-sized statement of an article. All spans are byte offsets into the article's text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// The claim's exact words.
    pub span: Span,
    /// The sentence that they stand in.
    pub sentence: Span,
    /// Who says it.
    pub attribution: Attribution,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// Whether its main statement is negated.
    pub polarity: Polarity,
    /// Names in it.
    pub names: Vec<Name>,
    /// Quantities in it.
    pub quantities: Vec<Quantity>,
    /// Dates in it, resolved against the publication date.
    pub dates: Vec<DateMention>,
    /// What was inferred about words of it.
    #[serde(default)]
    pub annotations: Vec<Annotation>,
    /// How much it is worth checking, 0 to 1: figures, names, days and a named speaker speak for it; first and second person, very few
    /// words and what says nothing by itself against. It ranks claims and leaves none out. 0 in other languages than English, and
    /// for a claim of a program's own as long as the program says nothing else.
    #[serde(default)]
    pub salience: f64,
}

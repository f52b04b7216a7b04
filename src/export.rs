//! The graph as files: the graph file (JSON) and DOT; and articles with their claims marked (HTML).
//!
//! Knows formats, not how links came about. Output is ordered; for the same articles in the same order it is the same to the byte.

mod dot;
mod json;
mod marked;

pub use dot::dot;
pub use json::{claim, json};
pub use marked::{Marked, marked};

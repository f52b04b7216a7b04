//! The graph as files: the graph file (JSON) and DOT.
//!
//! Knows formats, not how links came about. Output is ordered and the same for the same set of articles.

mod dot;
mod json;

pub use dot::dot;
pub use json::json;

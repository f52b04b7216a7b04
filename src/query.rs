//! Questions over the graph: filters, who says so and who says the opposite, why two claims are linked or not.
//!
//! Knows the graph's answers, not how links came about. Every answer is ordered and the same for the same set of articles.

mod check;
mod explain;
mod filter;
mod search;

pub use check::{Answer, Voice};
pub use explain::{Explanation, Unlinked};
pub use filter::Claims;
pub use search::{Found, Hit};

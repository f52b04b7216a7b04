//! Small copyable identities that a graph issues; stable over save and load, never reused.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            pub(crate) fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("a graph holds fewer than 2^32 items of a kind"))
            }

            #[allow(dead_code, reason = "sources are looked up by name")]
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// A source of one graph.
    SourceId, "s"
);
id!(
    /// An article of one graph.
    ArticleId, "a"
);
id!(
    /// A claim of one graph.
    ClaimId, "c"
);

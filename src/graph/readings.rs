//! Readings of claims, made when they are asked for, of which the latest few thousand are kept.

use crate::judge::Reading;
use crate::model::ClaimId;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Readings that are kept. What student and network made of a claim is kept with its reading, some dozens of kilobytes.
const MOST: usize = 4000;

/// A reading costs as much memory as thirty claims, and as much time as a few comparisons: a large graph cannot keep all of them, and a
/// small one should make each once. The oldest goes when a new one comes. What is kept decides no answer, since a reading is always the
/// same; a clone begins with none.
#[derive(Debug, Default)]
pub(super) struct Readings(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    readings: FxHashMap<ClaimId, Arc<Reading>>,
    /// The order in which they came.
    order: VecDeque<ClaimId>,
}

impl Readings {
    /// A claim's reading, made by `read` where it is not kept.
    pub(super) fn get(&self, claim: ClaimId, read: impl FnOnce() -> Reading) -> Arc<Reading> {
        if let Some(held) = self.lock().readings.get(&claim) {
            return held.clone();
        }
        // Two threads may read one claim at once; they read the same.
        let reading = Arc::new(read());
        let mut kept = self.lock();
        if kept.readings.insert(claim, reading.clone()).is_none() {
            kept.order.push_back(claim);
        }
        let oldest = match kept.order.len() > MOST {
            true => kept.order.pop_front(),
            false => None,
        };
        let gone = oldest.and_then(|claim| kept.readings.remove(&claim));
        drop(kept);
        // Freed by whoever asked, when nobody waits for the lock.
        drop(gone);
        reading
    }

    /// Drops all of them: what they were read from has changed.
    pub(super) fn clear(&mut self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked while holding it left whole readings.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Readings {
    fn clone(&self) -> Self {
        Self::default()
    }
}

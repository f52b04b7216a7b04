//! Readings of claims, made when they are asked for, of which the latest few thousand are kept.

use crate::judge::Reading;
use crate::model::ClaimId;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Readings of one generation. What student and network made of a claim is kept with its reading, some hundred kilobytes.
const GENERATION: usize = 2000;

/// A reading costs as much memory as thirty claims, and as much time as a few comparisons: a large graph cannot keep all of them, and a
/// small one should make each once. Two generations: when the younger is full the older is dropped. What is kept decides no answer,
/// since a reading is always the same; a clone begins with none.
#[derive(Debug, Default)]
pub(super) struct Readings {
    kept: Mutex<[FxHashMap<ClaimId, Arc<Reading>>; 2]>,
}

impl Readings {
    /// A claim's reading, made by `read` where it is not kept.
    pub(super) fn get(&self, claim: ClaimId, read: impl FnOnce() -> Reading) -> Arc<Reading> {
        let held = {
            let mut kept = self.lock();
            let [young, old] = &mut *kept;
            young.get(&claim).cloned().or_else(|| old.remove(&claim))
        };
        // Two threads may read one claim at once; they read the same.
        let reading = held.unwrap_or_else(|| Arc::new(read()));
        let mut kept = self.lock();
        let [young, old] = &mut *kept;
        if young.len() >= GENERATION {
            *old = std::mem::take(young);
        }
        young.entry(claim).or_insert(reading).clone()
    }

    /// Drops all of them: what they were read from has changed.
    pub(super) fn clear(&mut self) {
        *self.lock() = Default::default();
    }

    fn lock(&self) -> MutexGuard<'_, [FxHashMap<ClaimId, Arc<Reading>>; 2]> {
        // Whoever panicked while holding it left whole readings.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Readings {
    fn clone(&self) -> Self {
        Self::default()
    }
}

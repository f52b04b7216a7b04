//! What a comparison works with, kept by each thread from pair to pair, so that none of it is allocated anew.

use super::additive::Bar;
use super::align::Alignment;
use super::seen::Seen;
use super::student;
use std::cell::Cell;

/// Lists that a comparison fills; what they hold of an earlier pair is cleared before.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) seen: Seen,
    pub(super) alignment: Alignment,
    /// Places of the figures of either side that meet none of the other.
    pub(super) lone: [Vec<usize>; 2],
    pub(super) student: student::Scratch,
    /// The bars of each factor.
    pub(super) bars: [Vec<Bar>; 4],
}

thread_local! {
    static SCRATCH: Cell<Scratch> = Cell::default();
}

/// Lends this thread's lists; whoever asks for them while they are lent gets new ones.
pub(super) fn with<T>(work: impl FnOnce(&mut Scratch) -> T) -> T {
    let mut scratch = SCRATCH.take();
    let done = work(&mut scratch);
    SCRATCH.set(scratch);
    done
}

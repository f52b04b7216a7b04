//! Work shared out to several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as there are cores.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get())
}

/// One answer for each item, from so many threads, which take `few` of them at a time; the answers come in the order of the items, so
/// that threads decide nothing.
pub(super) fn share_out<I: Sync, T: Send>(
    threads: usize,
    items: &[I],
    few: usize,
    answer: impl Fn(&I) -> T + Sync,
) -> Vec<T> {
    let threads = threads.min(items.len().div_ceil(few.max(1)));
    if threads <= 1 || items.len() <= few {
        return items.iter().map(answer).collect();
    }
    // A core that is done takes the next few: some items cost hundreds of times as much as others.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut own = Vec::new();
        loop {
            let first = next.fetch_add(few, Ordering::Relaxed);
            match items.get(first..) {
                Some(rest) if !rest.is_empty() => {
                    let some = &rest[..rest.len().min(few)];
                    own.push((first, some.iter().map(&answer).collect::<Vec<T>>()));
                }
                _ => return own,
            }
        }
    };
    let mut parts: Vec<(usize, Vec<T>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().flat_map(|worker| match worker.join() {
            Ok(parts) => parts,
            // A panic of a caller's judge goes on where it would have without threads.
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    });
    parts.sort_by_key(|(first, _)| *first);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

//! Whatever a question is, search and completion answer it without a panic, with hits that
//! callers can trust.

#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use footnote_fuzz::shipped_base;
use footnote_search::{Hit, Searcher};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| check(text));

struct Shipped {
    searcher: Searcher,
    /// The same index, built again. Its maps have other seeds, so a result that depends on their
    /// order is noticed.
    twin: Searcher,
    entries: usize,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let base = shipped_base();
    Shipped { searcher: Searcher::new(&base), twin: Searcher::new(&base), entries: base.entries.len() }
});

/// A limit that cuts most lists of hits.
const FEW: usize = 3;

fn check(text: &str) {
    let Shipped { searcher, twin, entries } = &*SHIPPED;
    check_hits(&searcher.search(text, *entries), &twin.search(text, FEW));
    check_hits(&searcher.complete(text, *entries), &twin.complete(text, FEW));
}

/// `few` are the hits for the same text from the other searcher, at most [`FEW`].
fn check_hits(all: &[Hit], few: &[Hit]) {
    let mut seen = HashSet::new();
    for hit in all {
        assert!(hit.entry < SHIPPED.entries, "{hit:?}");
        // This also fails for NaN, which is in no range.
        assert!((0.0..=1.0).contains(&hit.confidence), "{hit:?}");
        assert!(seen.insert(hit.entry), "twice: {hit:?}");
    }
    assert!(all.is_sorted_by(|one, next| one.confidence >= next.confidence), "{all:?}");
    assert_eq!(few, &all[..all.len().min(FEW)]);
}

//! The knowledge base that the fuzz targets ask, in one place with the seeds made from it.

use std::path::Path;

use footnote_knowledge::KnowledgeBase;

/// The shipped base, because its size and words are what a member's question meets.
///
/// # Panics
///
/// If the base is not valid. Then there is nothing to fuzz.
#[must_use]
pub fn shipped_base() -> KnowledgeBase {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../knowledge"));
    match footnote_knowledge::load(folder) {
        Ok(base) => base,
        Err(error) => panic!("the shipped base has to be valid, as `footnote check` says: {error}"),
    }
}

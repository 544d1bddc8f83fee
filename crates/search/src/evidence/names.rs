//! The pieces of evidence by name. They have a file of their own, which uses nothing, because both
//! the evidence and the numbers that weigh it need them.

/// How many pieces there are.
pub const FEATURE_COUNT: usize = 26;

/// The names of the pieces, in their order.
pub const FEATURE_NAMES: [&str; FEATURE_COUNT] = [
    "always",
    "class score",
    "support",
    "similar meaning",
    "margin",
    "share among candidates",
    "explained",
    "explained by its phrasings",
    "left open",
    "most telling word left open",
    "nearest phrasing",
    "rest of the nearest phrasing",
    "vague",
    "single word",
    "corrected",
    "action left open",
    "name left open",
    "number left open",
    "negation differs",
    "opposite",
    "turned around",
    "other kind of answer",
    "few phrasings",
    "class score with few phrasings",
    "word for word",
    "long question",
];

/// Which way each piece can speak, whatever the examples say: 1 only for a candidate, −1 only
/// against it, 0 either. A base whose phrasings are much alike leaves little open when one of them
/// is left out, and would learn that what is left open speaks for an entry.
pub const FEATURE_SIGNS: [i8; FEATURE_COUNT] =
    [0, 1, 1, 1, 1, 1, 1, 1, -1, -1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 1, 0];

//! Search: from a question as it was typed to the one entry that answers it, with a confidence, or
//! to the insight that the base has no answer.
//!
//! ```
//! use footnote_search::reply::{Answerer, Outcome, Thresholds};
//!
//! # let folder = tempfile::tempdir()?;
//! # let source = "[[source]]\nid = 'port'\ntitle = 'Port rules'\nkind = 'overview'\n";
//! # std::fs::write(folder.path().join("sources.toml"), source)?;
//! let topic = r#"
//! title = "The harbour"
//!
//! [[entry]]
//! id = "ferry-price"
//! question = "What does the ferry cost?"
//! phrasings = ["ferry fare", "how much is a ticket for the boat"]
//! answer = "A crossing costs 12 crowns."
//! standing = "reported"
//! citations = [{ source = "port", paragraph = 3, evidence = ["12 crowns"] }]
//! "#;
//! std::fs::write(folder.path().join("harbour.toml"), topic)?;
//!
//! let base = footnote_knowledge::load(folder.path())?;
//! let answerer = Answerer::new(base, Thresholds::default());
//!
//! let reply = answerer.reply("how much is the fery ticket");
//! assert_eq!(reply.outcome, Outcome::Answer);
//! assert_eq!(reply.answer().map(|entry| entry.id.as_str()), Some("ferry-price"));
//!
//! assert_eq!(answerer.reply("who won the world cup").outcome, Outcome::Unknown);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Searcher`] is built once from a base and never changes; searching borrows it. It reads no
//! files. Building it uses all cores, searching the one that calls.
//!
//! # Modules
//!
//! In this order, each knows only modules above it:
//!
//! | module | what it does |
//! |---|---|
//! | [`logistic`], [`choice`] | logistic regression; the same of a choice among several |
//! | `evidence::names` | the names of the pieces of evidence |
//! | [`tuning`] | every number that decides |
//! | [`weights`] | the weights that a base can learn |
//! | `ids`, `table` | numbers for entries, words, terms and features; tables of words as text |
//! | [`english`] | the table of English: how common each word is, and what it means |
//! | [`analyzer`] | text to words and terms |
//! | `lexicon` | the words of the base, numbered |
//! | `vectors` | which entries are near a text in meaning |
//! | `spelling` | corrects a word that the base does not have |
//! | `expansion` | which terms of the base are related |
//! | `index` | from terms to entries (postings), from phrasings to entries |
//! | `features` | what the classifier sees of a text |
//! | `classifier` | learns from the phrasings which entry a text looks like |
//! | `roles`, `profile` | what a question has to agree with |
//! | `model` | puts all of these together for one base |
//! | `repetition` | what a question says again and again counts no more |
//! | `query` | the question, as the model reads it |
//! | `ranking` | class score, support and similarity: candidates in order |
//! | [`evidence`] | what speaks for a candidate and against it, by name |
//! | `confidence` | how sure the search is of each candidate |
//! | [`calibration`] | what a base says of the weights, and where that is kept |
//! | [`explanation`] | why a question finds what it finds |
//! | `searcher` | the way in to all of the above |
//! | [`lint`] | what works badly in a base |
//! | [`reply`] | from a confidence to an outcome: answer, closest, suggest or unknown |

pub mod analyzer;
mod attribution;
pub mod calibration;
pub mod choice;
mod classifier;
mod confidence;
pub mod english;
pub mod evidence;
mod expansion;
pub mod explanation;
mod features;
mod ids;
mod index;
mod lexicon;
pub mod lint;
pub mod logistic;
mod model;
mod profile;
mod query;
mod ranking;
mod repetition;
pub mod reply;
mod roles;
mod searcher;
mod spelling;
mod table;
pub mod tuning;
mod vectors;
pub mod weights;

pub use confidence::{Hit, Relation, Sureness};
pub use model::Held;
pub use searcher::{MAX_QUESTION_CHARS, Searcher};
pub use weights::Weights;

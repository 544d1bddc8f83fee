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
//! let answerer = Answerer::new(base, Thresholds { answer_at: 0.5, suggest_at: 0.25 });
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
//! files and starts no threads.
//!
//! # Modules
//!
//! In this order, each knows only modules above it:
//!
//! | module | what it does |
//! |---|---|
//! | [`tuning`] | every number that decides |
//! | `ids`, `table` | numbers for entries, words, terms and features; tables of words as text |
//! | [`analyzer`] | text to words and terms |
//! | `thesaurus` | which words of general English are related |
//! | `lexicon` | the words of the base, numbered |
//! | `spelling` | corrects a word that the base does not have |
//! | `expansion` | which terms of the base are related |
//! | `index` | from terms to entries (postings), from phrasings to entries (exact matches) |
//! | `features` | what the classifier sees of a text |
//! | `classifier` | learns from the phrasings which entry a text looks like |
//! | `model` | puts all of these together for one base |
//! | `query` | the question, as the model reads it |
//! | `ranking` | support and class score: candidates in order |
//! | `confidence` | how sure the search is of each candidate |
//! | `searcher` | the way in to all of the above |
//! | [`lint`] | what works badly in a base |
//! | [`reply`] | from a confidence to an outcome: answer, suggest, or say that it does not know |

pub mod analyzer;
mod classifier;
mod confidence;
mod expansion;
mod features;
mod ids;
mod index;
mod lexicon;
pub mod lint;
mod model;
mod query;
mod ranking;
pub mod reply;
mod searcher;
mod spelling;
mod table;
mod thesaurus;
pub mod tuning;

pub use confidence::Hit;
pub use model::Held;
pub use searcher::{MAX_QUESTION_CHARS, Searcher};

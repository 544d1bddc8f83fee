//! Measuring: how many questions of a set get the right answer, and how many of those without one
//! are refused.
//!
//! With it a curator sees what a change of the base did, and a developer what a change of the
//! search did.
//!
//! ```
//! use footnote_evaluation::{Grade, Tally, judge, question_set, training_set};
//! use footnote_search::reply::{Answerer, Thresholds};
//!
//! let folder = tempfile::tempdir()?;
//! let (train, questions) = (folder.path().join("train.jsonl"), folder.path().join("set.jsonl"));
//! std::fs::write(&train, r#"{"q": "when does the library open", "entry": "hours"}
//! {"q": "library opening times", "entry": "hours"}
//! {"q": "where can I buy coffee", "entry": "coffee"}"#)?;
//! std::fs::write(&questions, r#"{"q": "where is coffee sold", "entry": "coffee"}
//! {"q": "who won the cup", "entry": null}"#)?;
//!
//! let base = training_set::load(&train)?;
//! let questions = question_set::read(&questions, &base)?;
//! let answerer = Answerer::new(base, Thresholds::default());
//! let judged: Vec<_> = questions.iter().map(|question| judge(&answerer, question)).collect();
//! assert_eq!(judged[1].grade, Grade::Refused);
//! println!("{}", Tally::new(&judged).answerable.first);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! In this order, each knows only modules above it:
//!
//! | module | what it does |
//! |---|---|
//! | [`proportion`] | a share with its interval |
//! | `json_lines` | files of JSON lines, and what can be wrong with them |
//! | [`question_set`] | what is asked, and which answers are right |
//! | [`training_set`] | public data as a base |
//! | `judged` | what a reply is worth |
//! | `tally` | how often which grade was given |
//! | [`calibration`] | whether the confidence means what it says |
//! | [`roc`] | how well the confidence tells the two kinds of question apart |
//! | [`threshold`] | what a threshold brings, and which is best |
//! | [`asking`] | many questions at once: those of sets, and phrasings that are left out |

pub mod asking;
pub mod calibration;
mod json_lines;
mod judged;
pub mod proportion;
pub mod question_set;
pub mod roc;
mod tally;
pub mod threshold;
pub mod training_set;
pub mod tuning;

pub use json_lines::SetError;
pub use judged::{Grade, Judged, judge};
pub use tally::{Answerable, Tally, Unanswerable};

#![doc = include_str!("../README.md")]

mod columns;
mod export;
mod format;
mod front_matter;
mod geyser;
mod input;
mod item;
mod markdown;
mod part;
mod plan;
mod qna_maker;
mod rasa;
mod reading;
mod records;
mod table;
mod tags;
mod toml_text;

pub use export::{ExportFormat, export};
pub use format::Format;
pub use item::{Item, Notice, Place, Reference};
pub use part::{Part, ReadError};
pub use plan::{NewFile, Plan, PlanError};
pub use reading::{Reading, read};
pub use toml_text::{EntryText, entry_text, quoted};

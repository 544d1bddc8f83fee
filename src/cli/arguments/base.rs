//! The options of the subcommands that make a knowledge base and work on its files.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use footnote_exchange::{ExportFormat, Format};

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArguments {
    /// Files, or folders of files
    #[arg(value_name = "FILE", required = true)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The form of all files [default: each one shows its own]
    #[arg(short = 'a', long = "as", value_name = "FORM", value_parser = form())]
    pub(in crate::cli) form: Option<Format>,
    /// The folder of the knowledge base, new or not [default: the one in the configuration]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) into: Option<PathBuf>,
    /// The source that the entries cite [default: the default source, or a new one]
    #[arg(short, long, value_name = "ID")]
    pub(in crate::cli) source: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) consent: Consent,
}

/// Whether something is done without a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Args)]
pub(in crate::cli) struct Consent {
    /// Do not ask first
    #[arg(short, long)]
    pub(in crate::cli) yes: bool,
    /// Only show what would be done
    #[arg(short = 'n', long, conflicts_with = "yes")]
    pub(in crate::cli) dry_run: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    /// The form
    #[arg(long = "as", value_name = "FORM", value_enum)]
    pub(in crate::cli) form: ExportForm,
}

/// A form that a base can be printed in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum ExportForm {
    /// An array with an object for each entry, with its citations
    Json,
    /// A row for each entry; what belongs together in a cell is divided by bars
    Csv,
    /// A page with a heading for each question
    Markdown,
}

impl From<ExportForm> for ExportFormat {
    fn from(form: ExportForm) -> Self {
        match form {
            ExportForm::Json => Self::Json,
            ExportForm::Csv => Self::Csv,
            ExportForm::Markdown => Self::Markdown,
        }
    }
}

/// A form that can be imported, by its name.
fn form() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .map(|name| Format::ALL.into_iter().find(|form| form.name() == name).unwrap_or(Format::Csv))
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArguments {
    /// The folder [default: this one]
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: Option<PathBuf>,
    /// What the questions are about: the title of the first topic
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,
    /// The title of the document that most answers rest on
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) source: Option<String>,
    /// The address of that document
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub(in crate::cli) struct AddArguments {
    /// The question in full
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) question: Option<String>,
    /// The answer, in Discord's Markdown
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) answer: Option<String>,
    /// Another way to ask it; may be given several times
    #[arg(short, long, value_name = "TEXT")]
    pub(in crate::cli) phrasing: Vec<String>,
    /// The topic's file, without .toml [default: the only one]
    #[arg(long, value_name = "TOPIC")]
    pub(in crate::cli) topic: Option<String>,
    /// The title of the topic, if it is new
    #[arg(long, value_name = "TEXT", requires = "topic")]
    pub(in crate::cli) title: Option<String>,
    /// The entry's id [default: the words of the question]
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) id: Option<String>,
    /// The source that it cites [default: the default source, or the only one]
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) source: Option<String>,
    /// The paragraph of the source
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) paragraph: Option<u32>,
    /// A phrase of that paragraph; may be given several times
    #[arg(long, value_name = "TEXT", requires = "paragraph")]
    pub(in crate::cli) evidence: Vec<String>,
    /// Who claims it, if it is a claim
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) claimed_by: Option<String>,
    /// Up to when it is known to be true
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) consent: Consent,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FmtArguments {
    /// Change nothing, and say which files are not in order
    #[arg(long)]
    pub(in crate::cli) check: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(in crate::cli) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ManArguments {
    /// Write the pages of all subcommands into this folder
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: Option<PathBuf>,
}

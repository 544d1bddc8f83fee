//! How a subcommand ends: with a verdict, or with an error. Errors are printed here and nowhere
//! else.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::eprintln;
use notify_debouncer_full::notify;
use rmcp::service::ServerInitializeError;

use super::eval::CurveError;
use super::site::SiteError;
use crate::config::{Config, ConfigError, DatabaseUrlError, LogConfig, LogFormat, TokenError, UnknownServer};
use crate::discord::LIBRARY;
use crate::discord::gateway::ServeError;
use crate::discord::webhook::WebhookError;
use crate::http::ListenError;
use crate::journal::{ExportError, JournalError};
use crate::telemetry;
use crate::web;
use footnote_curation::{ChangeError, CurationError, MergeError};
use footnote_evaluation::SetError;
use footnote_evaluation::threshold::ChoiceError;
use footnote_exchange::{PlanError, ReadError};
use footnote_knowledge::LoadError;
use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::grounding::DocumentError;
use footnote_knowledge::text::plain::without_controls;
use footnote_search::calibration::CalibrationError;

/// The result of a subcommand that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Done: a question was answered, or nothing wrong was found.
    Positive,
    /// No answer, or problems were found.
    Negative,
}

/// How many problems of a file are in the line of the log that says why the bot stopped.
const PROBLEMS: usize = 10;

/// Why a subcommand could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Knowledge(#[from] LoadError),
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    #[error(transparent)]
    Overlay(#[from] MergeError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("cannot copy the journal: {0}")]
    CopyTarget(#[from] DatabaseUrlError),
    #[error("there is no journal: journal.enabled is false in the configuration")]
    NoJournal,
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error(transparent)]
    Web(#[from] web::ListenError),
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error("the assistant does not speak the Model Context Protocol as expected")]
    Assistant(#[from] Box<ServerInitializeError>),
    #[error(
        "nobody can ask the bot: set http.listen in the configuration, such as \
         listen = \"127.0.0.1:9464\""
    )]
    NoProbes,
    #[error("the bot does not answer on {address}: it does not run, or it hangs")]
    Unhealthy { address: SocketAddr, source: io::Error },
    #[error(transparent)]
    Import(#[from] ReadError),
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Set(#[from] SetError),
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    #[error(transparent)]
    Curve(#[from] CurveError),
    #[error("the base has no phrasings that could be left out")]
    NothingToLeaveOut,
    #[error("--server and --knowledge both name a base: leave one of them out")]
    TwoFolders,
    #[error(transparent)]
    UnknownServer(#[from] UnknownServer),
    #[error("--train and --knowledge both name a base: leave one of them out")]
    TwoBases,
    #[error("no question given: add one, or --batch to read questions from standard input")]
    NoQuestion,
    #[error("there is a knowledge base in `{}` already: add to it, or name another \
        folder", folder.display())]
    HasBase { folder: PathBuf },
    #[error("`{url}` is no address: write it from https:// on, without blanks")]
    NoAddress { url: String },
    #[error("cannot write `{}`", path.display())]
    Written { path: PathBuf, source: io::Error },
    #[error("`{}` is not valid TOML: footnote check says what is wrong", path.display())]
    NotToml { path: PathBuf },
    #[error("this is not said: {question}; --help names the options")]
    NotSaid { question: String },
    #[error("`{text}` is no question: it needs letters or digits")]
    NoWords { text: String },
    #[error("the {what} is empty: write it, or give up with Ctrl-C")]
    Empty { what: &'static str },
    #[error("the {what} has {length} characters, and {most} fit: write a shorter one")]
    TooLong { what: &'static str, length: usize, most: usize },
    #[error("`{text}` is no number: write one such as 3")]
    NoNumber { text: String },
    #[error("`{name}` names nothing of an entry, or not one thing alone: choose from the list")]
    NoPart { name: String },
    #[error(
        "the base has no source `{source_id}`: choose from {known}, or write it into \
         sources.toml"
    )]
    NoSource { source_id: String, known: String },
    #[error(
        "the base has no source to cite: write one into sources.toml, as docs/KNOWLEDGE.md \
         shows"
    )]
    NoSources,
    #[error("nothing is written, because the base would have {}", findings.totals())]
    Unfit { findings: Diagnostics },
    #[error(
        "the base has no topic `{topic}`: choose one that it has, or give the new one a title \
         (--title)"
    )]
    NoTopic { topic: String },
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Curation(#[from] CurationError),
    #[error("cannot watch the knowledge folder `{}`", folder.display())]
    Watch { folder: PathBuf, source: notify::Error },
    #[error("cannot read the input or write the output")]
    Io(#[source] io::Error),
    #[error("the prompt failed")]
    Prompt(#[source] rustyline::error::ReadlineError),
}

impl From<ExportError> for CommandError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Journal(error) => Self::Journal(error),
            ExportError::Write(error) => Self::Io(error),
        }
    }
}

impl CommandError {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Knowledge(_)
            | Self::Calibration(_)
            | Self::Overlay(_)
            | Self::Document(_)
            | Self::Token(_)
            | Self::Import(_)
            | Self::Set(_)
            | Self::Choice(_)
            | Self::Curve(_)
            | Self::NoJournal
            | Self::CopyTarget(_)
            | Self::Listen(_)
            | Self::Web(_)
            | Self::Site(_)
            | Self::NoProbes
            | Self::NothingToLeaveOut
            | Self::TwoBases
            | Self::HasBase { .. }
            | Self::NoAddress { .. }
            | Self::NotSaid { .. }
            | Self::NoWords { .. }
            | Self::Empty { .. }
            | Self::TooLong { .. }
            | Self::NoNumber { .. }
            | Self::NoPart { .. }
            | Self::NoSource { .. }
            | Self::NoSources
            | Self::NotToml { .. }
            | Self::Unfit { .. }
            | Self::NoTopic { .. }
            | Self::Change(_)
            | Self::Curation(_)
            | Self::Written { .. }
            | Self::TwoFolders
            | Self::UnknownServer(_)
            | Self::NoQuestion => ExitCode::from(2),
            Self::Plan(error) if !matches!(error, PlanError::Nothing { .. }) => ExitCode::from(2),
            Self::Serve(error) if error.is_configuration() => ExitCode::from(2),
            Self::Journal(error) if error.is_configuration() => ExitCode::from(2),
            Self::Webhook(error) if error.is_configuration() => ExitCode::from(2),
            Self::Serve(_)
            | Self::Plan(_)
            | Self::Webhook(_)
            | Self::Journal(_)
            | Self::Assistant(_)
            | Self::Unhealthy { .. }
            | Self::Io(_)
            | Self::Watch { .. }
            | Self::Prompt(_) => ExitCode::FAILURE,
        }
    }

    fn diagnostics(&self) -> Option<&Diagnostics> {
        match self {
            Self::Config(error) => Some(&error.diagnostics),
            Self::Knowledge(LoadError::Invalid { diagnostics, .. })
            | Self::Plan(PlanError::Broken { diagnostics, .. })
            | Self::Unfit { findings: diagnostics }
            | Self::Curation(
                CurationError::Refused { findings: diagnostics }
                | CurationError::Base(LoadError::Invalid { diagnostics, .. }),
            )
            | Self::Overlay(MergeError::Base(LoadError::Invalid { diagnostics, .. }))
            | Self::Set(SetError::Invalid { diagnostics, .. }) => Some(diagnostics),
            _ => None,
        }
    }

    /// Logs the error as one line of JSON, with its first problems and its causes.
    pub(super) fn log(&self) {
        // The error may be that there is no valid configuration of the log.
        let config = LogConfig { format: LogFormat::Json, ..Config::default().log };
        telemetry::start(config, LIBRARY);
        let problems = self.diagnostics().map(|diagnostics| diagnostics.first_lines(PROBLEMS));
        let error = without_controls(&telemetry::with_causes(self));
        tracing::error!(error, problems, "stopped by an error");
    }

    /// Prints the error, its problems and its causes. No other code prints errors.
    pub(super) fn print(&self) {
        if let Some(diagnostics) = self.diagnostics() {
            eprintln!("{}\n", diagnostics.render(true));
        }
        eprintln!("footnote: {}", without_controls(&self.to_string()));
        let mut cause = self.source();
        while let Some(error) = cause {
            eprintln!("  because: {}", without_controls(&error.to_string()));
            cause = error.source();
        }
    }
}

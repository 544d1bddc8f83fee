//! The subcommands and options of the command line, as `--help` shows them.

pub(super) mod base;
mod unused;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, RangedU64ValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use footnote_knowledge::schema::SchemaOf;

use super::check::{FailOn, Format};
use base::{
    AddArguments, CompletionsArguments, Consent, ExportArguments, FmtArguments, ImportArguments, InitArguments,
    ManArguments,
};

use crate::journal::GapKey;

pub(super) use unused::{command, parsed};

/// Answers questions from a curated knowledge base and shows the source of every answer, on Discord
/// and on the terminal.
#[derive(Debug, Parser)]
#[command(name = "footnote", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// The configuration file [env: FOOTNOTE_CONFIG] [default: config.toml, if it exists]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The folder of the knowledge base [env: FOOTNOTE_KNOWLEDGE] [default: the one in the
    /// configuration]
    #[arg(short, long, global = true, value_name = "DIR")]
    pub(super) knowledge: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) subcommand: Command,
}

impl Command {
    /// The server whose base is meant, if one is.
    pub(super) fn server(&self) -> Option<u64> {
        match self {
            Self::Ask(arguments) => arguments.server,
            Self::Check(arguments) => arguments.server,
            _ => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Answer a question on the terminal
    ///
    /// Without a question, opens a prompt; where there is no terminal, reads the question from
    /// standard input. Exit code: 0 answered, 1 no answer (a prompt or a batch
    /// always ends with 0), 2 wrong usage, configuration or knowledge base.
    Ask(AskArguments),
    /// Answer on Discord, over the gateway or as a webhook
    ///
    /// The bot's token comes from the environment: DISCORD_TOKEN, or DISCORD_TOKEN_FILE with the
    /// path of a file. SIGTERM or Ctrl-C stops it.
    Serve,
    /// Write the base as a website: files for any web server
    ///
    /// They are the pages that `serve` shows with `web.listen`, but the search compares words in
    /// the browser and cannot say that there is no answer. Files that are not from an earlier run
    /// are never touched. Exit code: 0 written, 2 wrong usage, configuration or knowledge base, or
    /// the folder cannot be written.
    Site(SiteArguments),
    /// Offer the base to an assistant as tools, over standard input and output
    ///
    /// Speaks the Model Context Protocol. The tools are `ask`, `entry` and `sources`; they refuse
    /// as the bot does, and each answer has its citations. docs/API.md says how to set it up. Ends
    /// when its input ends. Exit code: 0 ended, 1 the assistant speaks another protocol, 2 wrong
    /// usage, configuration or knowledge base.
    Mcp,
    /// Check the knowledge base and show everything that is wrong with it
    ///
    /// Exit code: 0 nothing found, 1 problems found (errors, with `--fail-on errors`), 2 the
    /// folder or the documents cannot be read.
    Check(CheckArguments),
    /// Show the configuration in force, and where each value comes from
    ///
    /// The output is a valid configuration file. Exit code: 0 shown, 2 the configuration has
    /// mistakes.
    Config,
    /// Print the JSON Schema of a kind of file, for editors
    ///
    /// With it, an editor completes keys, shows what each one means, and marks mistakes at once.
    /// docs/KNOWLEDGE.md says how to set it up.
    Schema(SchemaArguments),
    /// Begin a knowledge base in a folder
    ///
    /// Asks three questions on a terminal, and writes a base that passes `check`, a question set, a
    /// workflow for GitHub and settings for editors. Files that are there already stay.
    ///
    /// Exit code: 0 written, 2 wrong usage, or there is a base, or a file cannot be written.
    Init(InitArguments),
    /// Add an entry
    ///
    /// Asks on a terminal for what the options do not say, and shows what the entry would take
    /// from others, and what `check` would say of it.
    ///
    /// Exit code: 0 added, 1 not wanted, 2 wrong usage, configuration or knowledge base, or an
    /// entry that the base cannot have.
    Add(AddArguments),
    /// Put the keys of the base's files in order; comments stay where they belong
    ///
    /// Exit code: 0 in order, 1 with --check and not in order, 2 a file is not valid TOML or cannot
    /// be written.
    Fmt(FmtArguments),
    /// Make entries of questions and answers that exist already
    ///
    /// Reads spreadsheets, JSON, YAML, pages of Markdown, and what other bots export. Shows what it
    /// would write, and what does not fit, with the reason. No file is ever replaced, and no
    /// answer is cut.
    ///
    /// Exit code: 0 imported, 1 not wanted, or none of the questions fits, 2 wrong usage, or files
    /// that cannot be read or written.
    Import(ImportArguments),
    /// Print the whole knowledge base in another form
    Export(ExportArguments),
    /// Measure how well a set of questions is answered
    ///
    /// A set is a file of JSON lines: {"q": "…", "entry": "id"}, with null for a question that has
    /// no answer, or {"q", "kind", "all", "none", "sources"}. docs/KNOWLEDGE.md explains both, and
    /// what the figures mean. Ctrl-C stops and prints the figures so far.
    ///
    /// Exit code: 0 all questions asked, 1 stopped by Ctrl-C, 2 wrong usage, configuration,
    /// knowledge base or question set.
    Eval(EvalArguments),
    /// Ask the running bot how it is
    ///
    /// For a container's health check. The bot must run on this machine with the same
    /// configuration, and with `http.listen` set. Exit code: 0 well, 1 not well, 2 wrong usage or
    /// configuration.
    Health(HealthArguments),
    /// Show unanswered questions and votes, or delete them
    ///
    /// This also works while the bot runs. Exit code: 0 done, 1 the journal cannot be read or
    /// written, 2 wrong usage or configuration, or no journal.
    Journal(JournalArguments),
    /// Show which entries members chose for their questions
    ///
    /// Those that ask the same as the entry make good phrasings. Also lists questions that were
    /// only just answered, and those that an entry did not help with. Exit code: as for `journal`.
    Suggestions(SuggestionsArguments),
    /// Show how the bot was used, by week and by entry
    ///
    /// Exit code: as for `journal`.
    Stats(StatsArguments),
    /// Merge what was changed in an overlay into the knowledge base
    ///
    /// A base that may not be written to is changed in an overlay, a folder beside it. Exit code:
    /// 0 merged, 1 nothing to merge, 2 wrong usage, configuration or knowledge base, or the files
    /// cannot be written.
    Overlay(OverlayArguments),
    /// Print a script that completes commands in a shell
    ///
    /// For bash: footnote completions bash > ~/.local/share/bash-completion/completions/footnote
    Completions(CompletionsArguments),
    /// Print the manual page, or write those of all subcommands into a folder
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(super) struct AskArguments {
    /// Ask the base of this server, as it is asked there
    #[arg(long, value_name = "ID", value_parser = snowflake())]
    pub(super) server: Option<u64>,
    /// Print JSON: one object, or with --batch one per line
    #[arg(short, long)]
    pub(super) json: bool,
    /// Also show why: how the question was read, and what speaks for and against the best entries
    #[arg(short, long)]
    pub(super) explain: bool,
    /// Read one question per line from standard input
    #[arg(short, long, conflicts_with = "question")]
    pub(super) batch: bool,
    /// The question; it needs no quotation marks
    #[arg(value_name = "QUESTION")]
    pub(super) question: Vec<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct CheckArguments {
    /// Check the base of this server, with all its folders
    #[arg(long, value_name = "ID", value_parser = snowflake())]
    pub(super) server: Option<u64>,
    /// Also compare with the documents in this folder: one file ID.txt per source
    #[arg(long, value_name = "DIR")]
    pub(super) documents: Option<PathBuf>,
    /// Also find what is due for review: `review_by` is past, or `as_of` older than
    /// `knowledge.stale_after`
    #[arg(long)]
    pub(super) stale: bool,
    /// Also ask each web address of the base whether it leads somewhere
    ///
    /// With HEAD requests, one at a time for each site. What was well is not asked again for a
    /// week.
    #[arg(long)]
    pub(super) links: bool,
    /// How to print what was found
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Show everything [default: the first 50, errors before warnings]
    #[arg(short, long)]
    pub(super) all: bool,
    /// What makes it end with 1
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub(super) fail_on: FailOn,
    /// Check again whenever a file of the base is saved, until Ctrl-C
    #[arg(short, long)]
    pub(super) watch: bool,
}

#[derive(Debug, Args)]
pub(super) struct SiteArguments {
    /// The folder; it is created if it is missing
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// The kind of file
    #[arg(value_name = "FILE", value_parser = schema_of())]
    pub(super) of: SchemaOf,
}

/// A kind of file, by its name.
fn schema_of() -> impl TypedValueParser<Value = SchemaOf> {
    PossibleValuesParser::new(SchemaOf::ALL.map(SchemaOf::name))
        .map(|name| SchemaOf::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(SchemaOf::Topic))
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct EvalArguments {
    /// The question sets
    #[arg(value_name = "FILE", required_unless_present_any = ["leave_one_out", "leave_entry_out"])]
    pub(super) files: Vec<PathBuf>,
    /// Ask a base that is made from this file instead of a knowledge folder
    ///
    /// JSON lines {"q": "…", "entry": "id"}: each id becomes an entry, and its questions become
    /// the phrasings.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["leave_one_out", "leave_entry_out"])]
    pub(super) train: Option<PathBuf>,
    /// Ask every phrasing of the base, left out of the index
    ///
    /// Shows how the base copes with words that it has not seen. Ten models are trained, each
    /// without every tenth phrasing.
    #[arg(long, conflicts_with = "files")]
    pub(super) leave_one_out: bool,
    /// Ask every phrasing of the base, with its whole entry left out of the index
    ///
    /// Shows how well the base refuses what it nearly knows. Ten models are trained, each without
    /// every tenth entry.
    #[arg(long, conflicts_with = "files")]
    pub(super) leave_entry_out: bool,
    /// Choose `answer_at` on these questions, and score with it but without suggestions
    ///
    /// Picks the confidence with the most right outcomes: the right entry for questions that have
    /// an answer, and no answer for the others. If several are equally good, the highest.
    #[arg(long)]
    pub(super) choose_threshold: bool,
    /// Choose the lowest `answer_at` that keeps wrong answers below this share: 1%
    ///
    /// Of all questions asked, at most this share may be answered wrongly, with 95% certainty. So
    /// 1% takes at least 299 questions.
    #[arg(long, value_name = "SHARE", requires = "choose_threshold", value_parser = share)]
    pub(super) wrong_at_most: Option<f64>,
    /// Print every question with its verdict as soon as it is answered
    #[arg(short, long, conflicts_with = "json")]
    pub(super) verbose: bool,
    /// Draw right against wrong answers as `answer_at` changes
    #[arg(long, value_name = "FILE.svg")]
    pub(super) curve: Option<PathBuf>,
    /// How many failures to list [default: all up to 50, the first 20 if more]
    #[arg(long, value_name = "NUMBER", conflicts_with = "json")]
    pub(super) failures: Option<usize>,
    /// Print JSON, with all failures
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct HealthArguments {
    /// Ask whether it is ready for members, not only whether it runs
    #[arg(long)]
    pub(super) ready: bool,
}

#[derive(Debug, Args)]
pub(super) struct JournalArguments {
    #[command(subcommand)]
    pub(super) command: JournalCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum JournalCommand {
    /// List the unanswered questions: similar ones together, the most asked first
    Gaps {
        /// Print JSON: one object per line for each group
        #[arg(long)]
        json: bool,
        /// Only the questions asked in this server
        #[arg(long, value_name = "ID", value_parser = snowflake())]
        server: Option<u64>,
        /// Only so many, and where the next ones begin
        #[arg(long, value_name = "NUMBER", value_parser = RangedU64ValueParser::<u32>::new().range(1..=1_000))]
        limit: Option<u32>,
        /// Those after this place, as --limit shows it
        #[arg(long, value_name = "PLACE", requires = "limit")]
        after: Option<GapKey>,
    },
    /// Copy a journal from its file to an empty PostgreSQL database
    ///
    /// Copies all or nothing, and leaves the file as it is. Stop the bot first. The key stays the
    /// same: give every replica the one of the file.
    Copy {
        /// The address of the database, as for `journal.url`
        ///
        /// Its password may be in PGPASSWORD or PGPASSFILE instead.
        #[arg(long, value_name = "URL")]
        to: String,
    },
    /// Print everything as JSON, one object per line: questions, votes, and each entry's totals
    Export,
    /// Delete questions and votes that are at least this old; 0 deletes all
    Purge {
        /// The age in days; for a question, since it was last asked
        #[arg(long, value_name = "DAYS")]
        older_than: u32,
        #[command(flatten)]
        consent: Consent,
    },
    /// Delete one question, wherever it was asked
    ///
    /// Exit code 1: there is no such question.
    Delete {
        /// The question as `journal gaps` shows it, or the name of a group (`group` in JSON)
        #[arg(value_name = "QUESTION", required = true)]
        question: Vec<String>,
        #[command(flatten)]
        consent: Consent,
    },
    /// Delete all votes of a member
    Forget {
        /// The member's Discord id
        #[arg(value_name = "MEMBER_ID", value_parser = snowflake())]
        member: u64,
        #[command(flatten)]
        consent: Consent,
    },
}

#[derive(Debug, Args)]
pub(super) struct SuggestionsArguments {
    /// Print JSON: one object per line for each question with an entry
    #[arg(long)]
    pub(super) json: bool,
    /// Only those of this server
    #[arg(long, value_name = "ID", value_parser = snowflake())]
    pub(super) server: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct StatsArguments {
    /// Print JSON: one object with the weeks and the entries
    #[arg(long)]
    pub(super) json: bool,
    /// Print CSV: a line for each week, or with --entries for each entry
    #[arg(long, conflicts_with = "json")]
    pub(super) csv: bool,
    /// With --csv, the entries instead of the weeks
    #[arg(long, requires = "csv")]
    pub(super) entries: bool,
    /// How many weeks, this one included
    #[arg(long, value_name = "NUMBER", default_value_t = 8,
        value_parser = RangedU64ValueParser::<u32>::new().range(1..=520))]
    pub(super) weeks: u32,
    /// Only this server
    #[arg(long, value_name = "ID", value_parser = snowflake())]
    pub(super) server: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct OverlayArguments {
    #[command(subcommand)]
    pub(super) command: OverlayCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum OverlayCommand {
    /// Write the overlay's entries, sources, synonyms and record into the base, and empty it
    ///
    /// The base is the same before and after. If it stops midway, start it again.
    Merge {
        /// The overlay [default: curation.overlay, or the folder of the base with `.d` at its end]
        #[arg(long, value_name = "DIR")]
        overlay: Option<PathBuf>,
    },
}

/// A share between none and all, in percent or as a fraction: "1%" or "0.01".
fn share(text: &str) -> Result<f64, String> {
    let (number, whole) = text.strip_suffix('%').map_or((text, 1.0), |percent| (percent, 100.0));
    let share = number.trim().parse::<f64>().ok().map(|number| number / whole);
    share.filter(|share| *share > 0.0 && *share < 1.0).ok_or_else(|| "write a share such as 1% or 0.01".to_owned())
}

/// A Discord id: positive, with at most 63 bits.
fn snowflake() -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(1..=i64::MAX.unsigned_abs())
}

//! The forms that can be read.

use std::fmt;

/// A form of questions and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet with commas or semicolons.
    Csv,
    /// A spreadsheet with tabs.
    Tsv,
    /// Records in JSON.
    Json,
    /// Records in YAML.
    Yaml,
    /// A page with a heading for each question.
    Markdown,
    /// Microsoft's `QnA` Maker and its successor: JSON or TSV.
    QnaMaker,
    /// Rasa: intents, responses and rules.
    Rasa,
    /// The tags of discord.js's bot.
    DiscordUtilsBot,
    /// The tags of Python Discord's bot.
    PythonDiscord,
    /// The tags of `GeyserMC`'s bot.
    GeyserDiscordBot,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Yaml,
        Self::Markdown,
        Self::QnaMaker,
        Self::Rasa,
        Self::DiscordUtilsBot,
        Self::PythonDiscord,
        Self::GeyserDiscordBot,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Markdown => "markdown",
            Self::QnaMaker => "qna-maker",
            Self::Rasa => "rasa",
            Self::DiscordUtilsBot => "discord-utils-bot",
            Self::PythonDiscord => "python-discord",
            Self::GeyserDiscordBot => "geyser-discord-bot",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

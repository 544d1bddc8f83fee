//! Runs the built binary as a user would, with its own arguments, files, environment and standard
//! input.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::snapshot::Show;

/// A folder with a configuration and a knowledge base, and a run of the binary in it.
pub struct Test {
    folder: Folder,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    stdin: Vec<u8>,
    wrapper: Vec<String>,
}

enum Folder {
    /// Removed with this value.
    Temporary(TempDir),
    Kept(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }
}

/// The result of a run.
pub struct Run {
    /// The command as it was typed, after a comment if there is one.
    command: String,
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Two sources that the small base cites.
pub const SOURCES: &str = r#"
[[source]]
id = "almanac"
title = "The Harbour Almanac"
kind = "overview"

[[source]]
id = "letters"
title = "Letters from the Pier"
kind = "opinion"
author = "Ada Quill"
publisher = "Pier Press"
published = "2024-05"
url = "https://pier.example"
credit = "By kind permission of Ada Quill"
"#;

/// A topic with one entry for each standing.
pub const HARBOUR: &str = r#"
title = "The harbour"
summary = "The lighthouse, the ferry, the pier."

[[entry]]
id = "lighthouse-built"
question = "When was the lighthouse built?"
phrasings = [
  "year the lighthouse went up",
  "how long has the lighthouse stood there",
  "lighthouse construction date",
  "since when has there been a light tower",
  "age of the lighthouse",
]
keywords = ["beacon"]
answer = "The lighthouse was built in **1884**."
standing = "reported"
pinned = true
related = ["ferry-price"]
citations = [{ source = "almanac", paragraph = 2, evidence = ["built in 1884"] }]

[[entry]]
id = "ferry-price"
question = "How much does the ferry cost?"
phrasings = [
  "ferry fare",
  "price of a ferry ticket",
  "what do they charge for the crossing",
  "how much to go over by boat",
  "ferry tariff",
]
answer = "A crossing costs 3 crowns:\n- children pay 1\n- dogs travel free"
standing = "reported"
as_of = "2024-05"
citations = [
  { source = "almanac", paragraph = 3, evidence = ["3 crowns"] },
  { source = "letters", paragraph = 1, evidence = ["three crowns a head"] },
]

[[entry]]
id = "pier-ugly"
question = "Does Quill find the pier ugly?"
phrasings = [
  "what does quill say about the looks of the pier",
  "ada's opinion on the beauty of the pier",
  "why does quill dislike how the jetty looks",
  "is it a handsome pier in the letters from the pier",
  "ugly jetty, ada quill",
]
answer = "Ada Quill finds the pier ugly."
standing = "claim"
claimed_by = "Ada Quill"
citations = [{ source = "letters", paragraph = 2, evidence = ["an ugly thing"] }]

[[entry]]
id = "pier-length"
question = "How long is the pier?"
phrasings = [
  "length of the pier in metres",
  "how far does the pier reach into the sea",
  "pier metres",
  "extent of the jetty",
  "distance from one end of the pier to the other",
]
answer = "The almanac gives 120 metres, Ada Quill 90."
standing = "disputed"
citations = [
  { source = "almanac", paragraph = 4, evidence = ["120 metres"] },
  { source = "letters", paragraph = 2, evidence = ["barely 90 metres"] },
]
"#;

/// Another topic, with one entry that has a file of its own.
pub const INN: &str = r#"
title = "The inn"

[[entry]]
id = "inn-open"
question = "When does the inn open?"
phrasings = [
  "opening hours of the tavern",
  "inn opens at what time",
  "how early may one drink there",
  "inn hours",
  "breakfast begins when",
]
answer = "The inn opens at noon."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["opens at noon"] }]
"#;

impl Test {
    /// A run in an empty folder.
    pub fn empty() -> Self {
        Self::within(Folder::Temporary(TempDir::new().expect("a temporary folder")))
    }

    /// A run in an existing folder that is kept, for several runs on the same files.
    pub fn at(folder: &Path) -> Self {
        Self::within(Folder::Kept(folder.to_owned()))
    }

    fn within(folder: Folder) -> Self {
        let (arguments, environment) = (Vec::new(), Vec::new());
        Self { folder, arguments, environment, stdin: Vec::new(), wrapper: Vec::new() }
    }

    /// A run in a folder with the small base.
    pub fn new() -> Self {
        Self::empty().with_base()
    }

    /// Writes the small base into the folder.
    pub fn with_base(self) -> Self {
        self.file("knowledge/sources.toml", SOURCES).file("knowledge/harbour.toml", HARBOUR)
    }

    /// Copies the base that ships with the project into the folder: a bot may write beside a base.
    pub fn with_shipped_base(self) -> Self {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        let files = fs::read_dir(shipped).expect("there is a base").map(|file| file.expect("it can be listed"));
        files.fold(self, |test, file| {
            let name = format!("knowledge/{}", file.file_name().to_string_lossy());
            test.file(&name, fs::read(file.path()).expect("it can be read"))
        })
    }

    /// A run in the project's own folder, with the base that ships with it.
    pub fn shipped() -> Self {
        let root = env!("CARGO_MANIFEST_DIR");
        Self::empty().args(["--config", &format!("{root}/config.toml")])
    }

    /// Writes a file inside the folder. One with this content stays as it is: a program that is
    /// already running there must not read half of it.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        if fs::read(&path).is_ok_and(|present| present == content.as_ref()) {
            return self;
        }
        fs::write(path, content).expect("the file can be written");
        self
    }

    /// Removes a file or folder inside the folder.
    pub fn without(self, name: &str) -> Self {
        let path = self.folder.path().join(name);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it was there");
        self
    }

    pub fn args<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        self.arguments.extend(arguments.into_iter().map(str::to_owned));
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts the binary through another program, which replaces itself with it.
    pub fn started_by<'a>(mut self, wrapper: impl IntoIterator<Item = &'a str>) -> Self {
        self.wrapper = wrapper.into_iter().map(str::to_owned).collect();
        self
    }

    pub fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = text.as_ref().to_vec();
        self
    }

    /// Leaves the folder behind, for a program that outlives this value. The system cleans up its
    /// temporary folder.
    pub fn keep(mut self) -> Self {
        if let Folder::Temporary(folder) = self.folder {
            self.folder = Folder::Kept(folder.keep());
        }
        self
    }

    /// The folder in which it runs.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The command, for tests that talk to the running program. `FOOTNOTE_BINARY` names another
    /// build of it, such as that of a release.
    pub fn command(&self) -> Command {
        let binary = std::env::var("FOOTNOTE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_footnote").to_owned());
        let mut words = self.wrapper.iter().chain([&binary]);
        let mut command = Command::new(words.next().expect("the binary at least"));
        command
            .args(words)
            .args(&self.arguments)
            .current_dir(self.folder.path())
            .env_remove("DISCORD_TOKEN")
            .env_remove("DISCORD_TOKEN_FILE")
            .env_remove("FOOTNOTE_JOURNAL_KEY")
            .env_remove("FOOTNOTE_JOURNAL_KEY_FILE")
            .env_remove("FOOTNOTE_CONFIG")
            .env_remove("FOOTNOTE_KNOWLEDGE")
            // The questions of a test are nobody's history.
            .env("FOOTNOTE_HISTORY", "")
            .env_remove("NO_COLOR")
            // Both would set the width of the output.
            .env_remove("COLUMNS")
            .env_remove("LINES")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(self) -> Run {
        let mut child = self.command().spawn().expect("the binary starts");
        let mut input = child.stdin.take().expect("standard input is piped");
        // A program that ends early closes its end of the pipe. That is allowed.
        let _ = input.write_all(&self.stdin);
        drop(input);
        let output = child.wait_with_output().expect("the binary ends");
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Run {
            command: typed(&self.arguments),
            status: output.status.code().expect("an exit code, not a signal"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// The command with its arguments as they are typed in a shell.
fn typed(arguments: &[String]) -> String {
    let quoted = arguments.iter().map(|argument| match argument.as_str() {
        plain if !plain.is_empty() && !plain.contains([' ', '\'', '"', '?', '!', '*', '$']) => plain.to_owned(),
        other => format!("'{}'", other.replace('\'', r"'\''")),
    });
    ["$ footnote".to_owned()].into_iter().chain(quoted).collect::<Vec<_>>().join(" ")
}

/// A run as a terminal shows it: the command, its output, and the exit code unless it is 0.
impl Show for Run {
    fn show(&self) -> String {
        let stderr = if self.stderr.is_empty() { "" } else { "── standard error\n" };
        let status = if self.status == 0 { String::new() } else { format!("── exit code {}\n", self.status) };
        format!("{}\n{}{stderr}{}{status}", self.command, self.stdout, self.stderr)
    }
}

impl Run {
    /// A run of which only a terminal was seen.
    pub fn shown(command: String, status: i32, stdout: String) -> Self {
        Self { command, status, stdout, stderr: String::new() }
    }

    #[track_caller]
    pub fn status(self, expected: i32) -> Self {
        assert_eq!(self.status, expected, "exit code; stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Adds to the snapshot what the command does not show, such as which file it read.
    pub fn with_comment(mut self, comment: &str) -> Self {
        self.command = format!("# {comment}\n{}", self.command);
        self
    }

    /// Standard output as JSON, one object per line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        let mut lines = self.json_lines();
        assert_eq!(lines.len(), 1, "one object:\n{}", self.stdout);
        lines.remove(0)
    }

    /// The same, with its lines of JSON spread out to be readable.
    #[track_caller]
    pub fn spread(mut self) -> Self {
        let objects = self.json_lines();
        let spread = objects.iter().map(|object| serde_json::to_string_pretty(object).expect("JSON is a text"));
        self.stdout = spread.map(|object| object + "\n").collect();
        self
    }
}

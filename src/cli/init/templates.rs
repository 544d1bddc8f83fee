//! The files of a new base.

use footnote_exchange::quoted;
use footnote_knowledge::schema::SchemaOf;
use footnote_knowledge::text::kebab_case;

/// What a curator has said of the base.
pub(super) struct Answers {
    pub(super) title: String,
    /// The title of the document that most answers rest on.
    pub(super) source: String,
    /// Its address; may be empty.
    pub(super) url: String,
}

const SYNONYMS: &str = "\
# Words and phrases that mean the same in every entry. Remove the signs at the beginning of the \
lines to
# use an example.
#
# [[group]]
# words = [\"server\", \"realm\"]
#
# What people here type in haste:
#
# [[shorthand]]
# written = [\"mc\"]
# means = \"minecraft\"
";

const EXAMPLES: &str = "
[[entry]]
id = \"about-this-bot\"
question = \"What can I ask you?\"
phrasings = [
  \"what do you know about this place\",
  \"which topics can you help with\",
  \"who are you and what is your job\",
  \"how does this bot work\",
  \"tell me what you answer\",
]
answer = \"Ask me in your own words. I answer from what our team has written, and I say where \
each answer comes from.\"
pinned = true
citations = [{ source = \"this-bot\" }]

# An entry of your own needs a name, a question and an answer. Five to ten phrasings, in other \
people's
# words, make it easy to find. Without citations, it cites the default source in sources.toml.
#
# [[entry]]
# id = \"opening-hours\"
# question = \"When are you open?\"
# phrasings = [
#   \"opening times\",
#   \"what time do you close\",
# ]
# answer = \"From 9:00 to 18:00, Monday to Friday.\"
#
# What only one side says is a claim, and the answer names who says it:
#
# [[entry]]
# id = \"best-map\"
# question = \"Which map does Ada like best?\"
# answer = \"Ada likes the harbour best.\"
# standing = \"claim\"
# claimed_by = \"Ada\"
";

const QUESTIONS: &str = "\
{\"q\": \"what topics do you know about\", \"entry\": \"about-this-bot\"}
{\"q\": \"how tall is the tallest mountain\", \"entry\": null}
";

const WORKFLOW: &str = "\
# Checks the knowledge base whenever it changes, and marks each problem on its line.
name: knowledge

on:
  pull_request:
  push:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
        with:
          path: ~/.cargo/bin
          key: footnote-${{ runner.os }}
      # Set the variable FOOTNOTE_REPOSITORY to the address of Footnote's source code, in the \
      settings
      # of your repository under Secrets and variables, Actions.
      - name: Install Footnote
        env:
          REPOSITORY: ${{ vars.FOOTNOTE_REPOSITORY }}
        run: command -v footnote || cargo install --locked --git \"${REPOSITORY:?is not set}\" \
        footnote
      - name: Check
        # Warnings only mark their lines; with --fail-on warnings, they fail too.
        run: footnote check --format github --fail-on errors
      - name: Ask the question set
        run: footnote eval questions.jsonl
";

const TAPLO: &str = "\
[[rule]]
include = [\"knowledge/sources.toml\"]
schema.path = \"schemas/sources.schema.json\"

[[rule]]
include = [\"knowledge/synonyms.toml\"]
schema.path = \"schemas/synonyms.schema.json\"

[[rule]]
include = [\"knowledge/*.toml\", \"knowledge/*/*.toml\"]
exclude = [\"knowledge/sources.toml\", \"knowledge/synonyms.toml\", \"knowledge/calibration.toml\"]
schema.path = \"schemas/topic.schema.json\"
";

const SETTINGS: &str = "\
{
  \"evenBetterToml.schema.enabled\": true,
  \"evenBetterToml.taplo.configFile.enabled\": true,
  \"evenBetterToml.taplo.configFile.path\": \".taplo.toml\"
}
";

const EXTENSIONS: &str = "{\n  \"recommendations\": [\"tamasfe.even-better-toml\"]\n}\n";

/// The paths of the files in the new folder, with their texts.
pub(super) fn files(answers: &Answers) -> Vec<(String, String)> {
    let mut files = vec![
        ("knowledge/sources.toml".to_owned(), sources(answers)),
        ("knowledge/synonyms.toml".to_owned(), SYNONYMS.to_owned()),
        ("knowledge/general.toml".to_owned(), format!("title = {}\n{EXAMPLES}", quoted(&answers.title))),
        ("questions.jsonl".to_owned(), QUESTIONS.to_owned()),
        (".github/workflows/knowledge.yml".to_owned(), WORKFLOW.to_owned()),
        (".taplo.toml".to_owned(), TAPLO.to_owned()),
        (".vscode/settings.json".to_owned(), SETTINGS.to_owned()),
        (".vscode/extensions.json".to_owned(), EXTENSIONS.to_owned()),
    ];
    for kind in SchemaOf::ALL {
        files.push((format!("schemas/{}.schema.json", kind.name()), format!("{:#}\n", kind.schema())));
    }
    files
}

/// The source of the entry about the bot itself, which no document of the curator's says.
const THIS_BOT: &str = "this-bot";

fn sources(answers: &Answers) -> String {
    let id = kebab_case(&answers.source);
    let id = if id.is_empty() || id == THIS_BOT { "main".to_owned() } else { id };
    let url = match answers.url.as_str() {
        "" => "# url = \"https://example.org/rules\"".to_owned(),
        url => format!("url = {}", quoted(url)),
    };
    format!(
        "# The documents that the answers rest on. Entries without citations cite the \
            default.\n\n[[source]]\n\
         id = {}\ntitle = {}\nkind = \"rules\"\n{url}\ndefault = true\n\n\
         [[source]]\nid = \"{THIS_BOT}\"\ntitle = \"About this bot\"\nkind = \"documentation\"\n",
        quoted(&id),
        quoted(&answers.source)
    )
}

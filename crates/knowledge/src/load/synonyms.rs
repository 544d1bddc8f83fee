//! Reads the words that mean the same.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Synonyms;
use crate::diagnostic::{Diagnostic, DiagnosticSink, Location, SourceFile};
use crate::format;
use crate::text::comparable;
use crate::toml_file::{Located, read_table};

/// The words of `synonyms.toml` and of the same file in lower layers, each with its place.
#[derive(Default)]
pub(super) struct KnownWords(HashMap<String, Location>);

impl KnownWords {
    /// The word's value. Reports one that is already known.
    fn once(&mut self, word: Located<String>, sink: &DiagnosticSink) -> String {
        let Located { value, at } = word;
        if let Some(first) = self.0.insert(comparable(&value), at.clone()) {
            let line = first.line();
            let file = first.file.path.display();
            let place = if first.file.path == at.file.path { String::new() } else { format!(" of {file}") };
            let help = "a word can be in only one group: join the groups, or remove it from one";
            sink.report(Diagnostic::error(at, format!("`{value}` is already on line {line}{place}")).help(help));
        }
        value
    }
}

/// Reads `synonyms.toml` and adds what is in it to what lower layers say. What they say already
/// may be repeated: so it is while an overlay is merged into its base.
pub(super) fn synonyms(file: &Arc<SourceFile>, synonyms: &mut Synonyms, known: &mut KnownWords, sink: &DiagnosticSink) {
    let lower = synonyms.clone();
    read_table(file, &format::SYNONYMS_FILE.names(), sink, |root| {
        let keep = root.texts("keep", format::KEEP.example).into_iter().map(|word| word.value);
        synonyms.keep.extend(keep.filter(|word| !lower.keep.contains(word)));
        for table in root.tables("group", &format::GROUP.names()) {
            let words = table.texts("words", format::WORDS.example);
            if words.len() < 2 {
                table.report_empty_list("words", &format!("{} (two or more)", format::WORDS.example));
            }
            let is_repeated = lower.groups.iter().any(|group| group.iter().eq(words.iter().map(|word| &word.value)));
            if !is_repeated {
                synonyms.groups.push(words.into_iter().map(|word| known.once(word, sink)).collect());
            }
        }
        for table in root.tables("shorthand", &format::SHORTHAND.names()) {
            let written = table.texts("written", format::WRITTEN.example);
            if written.is_empty() {
                table.report_empty_list("written", format::WRITTEN.example);
            }
            for word in written.iter().filter(|word| !word.value.chars().all(char::is_alphanumeric)) {
                let message = format!("`{}` is not a single word of letters and digits", word.value);
                sink.report(Diagnostic::error(word.at.clone(), message).help("write phrases as a [[group]]"));
            }
            if let Some(means) = table.text("means", format::MEANS.example) {
                let is_new = |word: &Located<String>| {
                    !lower.shorthand.iter().any(|(short, long)| *short == word.value && *long == means.value)
                };
                let new = written.into_iter().filter(is_new);
                let pairs = new.map(|word| (known.once(word, sink), means.value.clone()));
                synonyms.shorthand.extend(pairs);
            }
        }
    });
}

//! What must not be on any line of Rust.

use super::rust_source::{Kind, RustSource, is_of_name};
use super::{Offence, Tree};

const MAX_FILE_LINES: usize = 450;
const MAX_COLUMNS: usize = 100;
/// A longer literal, in characters, that also has enough spaces is prose.
const MAX_LABEL: usize = 60;
const MIN_PROSE_BLANKS: usize = 6;

/// Libraries that talk to Discord, and where they may be used. `*` stands for the rest of a name.
const WINGS: [(&str, &[&str]); 3] = [
    ("serenity", &["src/discord/transport", "src/discord/view"]),
    ("twilight*", &["src/discord/transport"]),
    ("reqwest", &["src/discord/transport", "src/links"]),
];

/// One offence for each file and library.
pub fn foreign_imports(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (file, source) in tree.rust.iter().filter(|(file, _)| file.starts_with("src/")) {
        for (library, wings) in WINGS {
            let is_inside = wings
                .iter()
                .any(|wing| file.strip_prefix(wing).is_some_and(|rest| rest == ".rs" || rest.starts_with('/')));
            let is_named = |name: &str| match library.strip_suffix('*') {
                Some(beginning) => name.starts_with(beginning),
                None => name == library,
            };
            let first = source.paths.iter().find(|path| is_named(&path.names[0]));
            if let Some(path) = first.filter(|_| !is_inside) {
                offences.push(offence(
                    file,
                    source.line(path.at),
                    format!("uses {library} outside of {}", wings.join(", ")),
                ));
            }
        }
    }
    offences
}

pub fn long_files(tree: &Tree) -> Vec<Offence> {
    let lengths = tree.rust.iter().map(|(file, source)| (file, source.text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > MAX_FILE_LINES);
    long.map(|(file, lines)| offence(file, lines, format!("{lines} lines, more than {MAX_FILE_LINES}"))).collect()
}

pub fn wide_lines(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (file, source) in &tree.rust {
        let mut start = 0;
        for (number, line) in (1..).zip(source.text.split('\n')) {
            let columns = line.chars().count();
            if columns > MAX_COLUMNS {
                let what = what_is_wide(source, start, start + line.len());
                let rule = |what| format!("{what} of {columns} columns, more than {MAX_COLUMNS}");
                offences.extend(what.map(|what| offence(file, number, rule(what))));
            }
            start += line.len() + 1;
        }
    }
    offences
}

/// What has to be wrapped on a line, given as a range of bytes.
fn what_is_wide(source: &RustSource, start: usize, end: usize) -> Option<&'static str> {
    let on_the_line = source.spans.iter().filter(|(_, span)| span.start < end && span.end > start);
    let mut parts = on_the_line.map(|(kind, span)| (kind, &source.text[span.start.max(start)..span.end.min(end)]));
    parts.find_map(|(kind, part)| match kind {
        Kind::Comment if has_blanks(part.trim_start_matches(['/', '!', '*', ' ']), 1) => Some("a comment"),
        Kind::Literal if is_prose(part) => Some("prose"),
        _ => None,
    })
}

fn is_prose(literal: &str) -> bool {
    let content = literal.trim_matches(['"', ' ']);
    // An object of JSON lines cannot be wrapped.
    if content.starts_with("{\"") {
        return false;
    }
    content.chars().count() > MAX_LABEL && has_blanks(content, MIN_PROSE_BLANKS)
}

fn has_blanks(text: &str, count: usize) -> bool {
    text.trim().chars().filter(|character| character.is_whitespace()).count() >= count
}

/// What members read comes from `locales/`. Names of commands are the same in all languages.
pub fn fixed_texts(tree: &Tree) -> Vec<Offence> {
    const NOT_FOR_MEMBERS: [&str; 3] = ["src/discord/transport", "src/discord/texts", "src/discord/fixture"];
    const NAMES: [&str; 2] = ["Find an answer", "Teach Footnote"];
    let mut offences = Vec::new();
    let of_members =
        |file: &str| file.starts_with("src/discord/") && !NOT_FOR_MEMBERS.iter().any(|one| file.starts_with(one));
    for (file, source) in tree.rust.iter().filter(|(file, _)| of_members(file)) {
        for (_, span) in
            source.spans.iter().filter(|(kind, span)| *kind == Kind::Literal && !source.is_test(span.start))
        {
            let statement = &source.code[..span.start];
            let statement = &statement[statement.rfind([';', '{', '}']).map_or(0, |end| end + 1)..];
            let is_for_operators = ["tracing::", ".expect(", "reason =", "#[", "debug_struct("]
                .iter()
                .any(|code| statement.contains(code));
            let text = source.text[span.clone()].trim_start_matches(['r', '#']).trim_matches(['#', '"']);
            if !is_for_operators && !NAMES.contains(&text) && is_language(text) {
                offences.push(offence(file, source.line(span.start), "a text for members that is not in locales/"));
            }
        }
    }
    offences
}

/// Whether a literal has two words in a row, or begins like a word of a title.
fn is_language(literal: &str) -> bool {
    let mut depth = 0_u32;
    let mut shown = String::new();
    for character in literal.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => shown.push(character),
            _ => {}
        }
    }
    let shown = shown.replace("\\n", " ");
    let is_word = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = shown.split_whitespace().collect();
    let begins_title =
        shown.chars().next().is_some_and(char::is_uppercase) && words.first().is_some_and(is_word_of_title);
    begins_title || words.windows(2).any(|pair| pair.iter().all(is_word))
}

fn is_word_of_title(word: &&str) -> bool {
    word.chars().count() > 2 && word.chars().skip(1).all(char::is_lowercase)
}

pub fn sleeps(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (file, source) in &tree.rust {
        let is_of_tests =
            file.starts_with("tests/") || file.contains("/tests/") || file.starts_with("crates/discord-double/");
        for name in ["sleep", "sleep_until"] {
            let words = words(&source.code, name).filter(|at| is_of_tests || source.is_test(*at));
            offences
                .extend(words.map(|at| offence(file, source.line(at), "a test must wait for an event, not for time")));
        }
        let is_of_program = file.starts_with("src/") || file.starts_with("crates/") && file.contains("/src/");
        let blocking =
            source.paths.iter().filter(|path| path.names.ends_with(&["thread".to_owned(), "sleep".to_owned()]));
        for path in blocking.filter(|_| is_of_program) {
            offences.push(offence(file, source.line(path.at), "blocks the thread for some time"));
        }
    }
    offences
}

fn words<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = usize> + 'c {
    let whole =
        move |at: &usize| !code[..*at].ends_with(is_of_name) && !code[at + word.len()..].starts_with(is_of_name);
    code.match_indices(word).map(|(at, _)| at).filter(whole)
}

fn offence(file: &str, line: usize, rule: impl Into<String>) -> Offence {
    Offence { file: file.to_owned(), line, rule: rule.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rule: fn(&Tree) -> Vec<Offence>, files: &[(&str, &str)]) -> Vec<String> {
        rule(&Tree::of(files.iter().copied())).iter().map(Offence::to_string).collect()
    }

    #[test]
    fn discords_library_is_used_only_in_its_wings() {
        let uses = "\nuse serenity::all::UserId;\nfn f(_: twilight_http::A) { serenity::x() }";
        let files = ["src/discord/ask.rs", "src/discord/view.rs", "src/discord/transport/rest.rs", "tests/ask.rs"];
        let found = shown(foreign_imports, &files.map(|file| (file, uses)));
        let expected = [
            "src/discord/ask.rs:2: uses serenity outside of \
             src/discord/transport, src/discord/view",
            "src/discord/ask.rs:3: uses twilight* outside of src/discord/transport",
            "src/discord/view.rs:3: uses twilight* outside of src/discord/transport",
        ];
        assert_eq!(found, expected);
        let mention = "// serenity::all\nuse crate::serenity; const A: &str = \"serenity::all\";";
        assert_eq!(shown(foreign_imports, &[("src/discord/ask.rs", mention)]), [""; 0]);
    }

    #[test]
    fn what_members_read_is_in_locales() {
        let literals = [
            ("card(\"Helpful\")", 1),
            ("let a = \"did you mean\";", 1),
            ("f(\"{} · last <t:{}:R>\"); g(\"gaps.toml\"); h(\"**{a}.** {b}\\n{}\")", 0),
            ("tracing::warn!(error, \"cannot store a vote\");", 0),
            ("#[expect(clippy::a, reason = \"it has a reason\")]", 0),
            ("const NAME: &str = \"Find an answer\";", 0),
            ("#[cfg(test)]\nmod tests { const A: &str = \"a test\"; }", 0),
        ];
        for (code, count) in literals {
            assert_eq!(shown(fixed_texts, &[("src/discord/view/a.rs", code)]).len(), count, "{code}");
            assert_eq!(shown(fixed_texts, &[("src/cli/a.rs", code)]), [""; 0]);
        }
    }

    #[test]
    fn a_file_has_at_most_450_lines() {
        assert_eq!(shown(long_files, &[("src/a.rs", &"\n".repeat(450))]), [""; 0]);
        let found = shown(long_files, &[("src/a.rs", &"\n".repeat(451))]);
        assert_eq!(found, ["src/a.rs:451: 451 lines, more than 450"]);
    }

    #[test]
    fn comments_and_prose_have_at_most_100_columns_and_code_may_have_more() {
        let of = |beginning: &str, columns: usize| {
            let (before, last) = beginning.rsplit_once('\n').unwrap_or(("", beginning));
            format!("{before}\n{last:ä<columns$}\n")
        };
        let prose = format!("const A: &str = \"{}", "seven words and a few more of them ".repeat(2));
        let kept = [
            of("/// A comment ", 100),
            of("//! [https://example.org/", 300),
            of("[link]: https://example.org/", 101),
            of(&prose, 100),
            of("const B: &str = \"", 120),
            of("const C: &str = r\"\n            three blanks only ", 120),
            of("a.b(c, d, e, f, g, h, i, j, k, \"two words\")", 120),
        ];
        for text in kept {
            assert_eq!(shown(wide_lines, &[("src/a.rs", &text)]), [""; 0], "{text}");
        }
        let broken = [
            (of("/// A comment ", 101), "a comment"),
            (of("let a = 1; /* b\n * c d", 101), "a comment"),
            (of(&prose, 101), "prose"),
        ];
        for (text, what) in broken {
            let expected = format!("src/a.rs:2: {what} of 101 columns, more than 100");
            assert_eq!(shown(wide_lines, &[("src/a.rs", &text)]), [expected]);
        }
    }

    #[test]
    fn tests_never_wait_for_time_and_the_program_never_blocks_a_thread() {
        let text = "use std::thread;\nfn f() { thread::sleep(A) }\nuse tokio::time::{sleep};";
        let tests = "a!();\n#[cfg(test)]\nmod tests { fn b() {\nsleep_until(C) } }\nfn sleeper();";
        let files = [
            ("benches/a/src/main.rs", text),
            ("crates/a/tests/a.rs", text),
            ("src/a.rs", text),
            ("src/b.rs", tests),
            ("tests/c.rs", "// sleep\nasync fn sleepless() { timeout(D, asleep).await }"),
        ];
        let expected = [
            "crates/a/tests/a.rs:2: a test must wait for an event, not for time",
            "crates/a/tests/a.rs:3: a test must wait for an event, not for time",
            "src/a.rs:2: blocks the thread for some time",
            "src/b.rs:4: a test must wait for an event, not for time",
        ];
        assert_eq!(shown(sleeps, &files), expected);
    }
}

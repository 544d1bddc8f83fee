//! What the rules need to know about a Rust file: where its comments, literals and tests are, and
//! which paths (`crate::journal::Gap`) its code names. This only lexes and does not parse: it
//! knows nothing of types, and treats a macro's input as code.

use std::ops::Range;

/// What the compiler does not read as code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Comment,
    /// A literal of characters, with its quotes.
    Literal,
}

#[derive(Debug)]
pub struct RustSource {
    pub text: String,
    /// In order, as ranges of bytes.
    pub spans: Vec<(Kind, Range<usize>)>,
    /// The text with spaces instead of comments and literals, byte for byte.
    pub code: String,
    /// The parts that are compiled only for tests, as ranges of bytes.
    pub tests: Vec<Range<usize>>,
    /// The modules that are compiled only for tests and have their own files.
    pub test_modules: Vec<String>,
    /// All paths of two or more names, and everything that `use` names.
    pub paths: Vec<NamedPath>,
}

/// How a path is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Within other code.
    Inline,
    Use,
    /// `pub use`, with any visibility.
    ReExport,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    /// Without `self` at the end of a `use`.
    pub names: Vec<String>,
    /// Its name here: its last name, the name after `as`, or `*`.
    pub called: String,
    pub naming: Naming,
    /// The byte where it begins; for a name in braces, the byte where that name begins.
    pub at: usize,
}

impl RustSource {
    pub fn parse(text: String) -> Self {
        let spans = spans(&text);
        let mut code = text.clone().into_bytes();
        for (_, span) in &spans {
            code[span.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        let code = String::from_utf8(code).expect("whole characters were replaced");
        let (tests, test_modules) = tests(&code);
        let paths = Paths { tokens: tokens(&code), found: Vec::new() }.find();
        Self { text, spans, code, tests, test_modules, paths }
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// Whether a type, function, constant or the like has this name here, at any level.
    pub fn defines(&self, name: &str) -> bool {
        const KEYWORDS: [&str; 8] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];
        let tokens = tokens(&self.code);
        tokens.windows(2).any(|pair| KEYWORDS.contains(&pair[0].1) && pair[1].1 == name)
    }

    pub fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|test| test.contains(&at))
    }
}

fn spans(text: &str) -> Vec<(Kind, Range<usize>)> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = match rest.as_bytes()[0] {
            b'/' => comment(rest).map(|length| (Kind::Comment, length)),
            b'"' => Some((Kind::Literal, string(rest))),
            b'r' if !continues_a_name(&text[..at]) => raw_string(rest).map(|length| (Kind::Literal, length)),
            b'\'' => character(rest).map(|length| (Kind::Literal, length)),
            _ => None,
        };
        let step = length.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |(_, length)| length);
        spans.extend(length.map(|(kind, length)| (kind, at..at + length)));
        at += step;
    }
    spans
}

/// Whether an `r` after this text continues a name. Otherwise it is the prefix of a raw string,
/// which may have a `b` or `c` before it.
fn continues_a_name(before: &str) -> bool {
    let before = before.strip_suffix(['b', 'c']).unwrap_or(before);
    before.ends_with(is_of_name)
}

pub fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (1, 2);
    while depth > 0 && at < rest.len() {
        let step = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth += step.0;
        at += step.1;
    }
    Some(at)
}

fn string(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let content = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = content.find(&end).map_or(content.len(), |at| at + end.len());
    Some(1 + hashes + 1 + length)
}

/// A character literal, as opposed to a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    match characters.next()?.1 {
        '\\' => {
            characters.next()?;
            characters.find(|(_, character)| *character == '\'').map(|(at, _)| at + 1)
        }
        _ => characters.next().filter(|(_, character)| *character == '\'').map(|(at, _)| at + 1),
    }
}

/// The items under `#[cfg(test)]`: up to a semicolon, or the end of the first braces.
fn tests(code: &str) -> (Vec<Range<usize>>, Vec<String>) {
    const ATTRIBUTE: &str = "#[cfg(test)]";
    let (mut ranges, mut modules) = (Vec::new(), Vec::new());
    for (start, _) in code.match_indices(ATTRIBUTE) {
        let item = start + ATTRIBUTE.len();
        let mut depth = 0;
        let end = code[item..].char_indices().find(|(_, character)| {
            depth += i32::from(*character == '{') - i32::from(*character == '}');
            depth == 0 && matches!(character, '}' | ';')
        });
        let end = end.map_or(code.len(), |(at, _)| item + at + 1);
        let mut words = code[item..end].split(|character| !is_of_name(character)).filter(|word| !word.is_empty());
        if code[item..end].ends_with(';') && words.any(|word| word == "mod") {
            modules.extend(words.next().map(str::to_owned));
        }
        ranges.push(start..end);
    }
    (ranges, modules)
}

/// A name, `::`, or any other character except white space.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let length = match first {
            _ if is_of_name(first) => rest.find(|character| !is_of_name(character)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        if !first.is_whitespace() {
            tokens.push((at, &rest[..length]));
        }
        at += length;
    }
    tokens
}

struct Paths<'c> {
    tokens: Vec<(usize, &'c str)>,
    found: Vec<NamedPath>,
}

impl<'c> Paths<'c> {
    fn find(mut self) -> Vec<NamedPath> {
        let mut at = 0;
        while at < self.tokens.len() {
            at = if self.token(at) == "use" && !self.is_capture(at) {
                let naming = self.naming(at);
                self.use_tree(at + 1, &[], naming)
            } else if self.begins_a_path(at) {
                self.inline(at)
            } else {
                at + 1
            };
        }
        self.found
    }

    fn token(&self, at: usize) -> &'c str {
        self.tokens.get(at).map_or("", |(_, token)| token)
    }

    fn is_name(&self, at: usize) -> bool {
        self.token(at).starts_with(|first: char| first.is_alphabetic() || first == '_')
    }

    /// `use<'a>` in a type lists the lifetimes that it captures.
    fn is_capture(&self, at: usize) -> bool {
        self.token(at + 1) == "<"
    }

    fn naming(&self, at: usize) -> Naming {
        match at.checked_sub(1).map(|before| self.token(before)) {
            Some("pub" | ")") => Naming::ReExport,
            _ => Naming::Use,
        }
    }

    /// Whether a path begins here: not in the middle of a path, and not in `pub(in
    /// crate::search)`.
    fn begins_a_path(&self, at: usize) -> bool {
        let before = |count: usize| at.checked_sub(count).map_or("", |before| self.token(before));
        self.is_name(at) && self.token(at + 1) == "::" && before(1) != "::" && !(before(1) == "in" && before(2) == "(")
    }

    fn inline(&mut self, start: usize) -> usize {
        let mut at = start;
        let mut names = vec![self.token(at).to_owned()];
        while self.token(at + 1) == "::" && self.is_name(at + 2) {
            at += 2;
            names.push(self.token(at).to_owned());
        }
        if names.len() > 1 {
            self.add(names, None, Naming::Inline, start);
        }
        at + 1
    }

    /// Reads what follows `prefix::` and returns the position of the next token.
    fn use_tree(&mut self, start: usize, prefix: &[String], naming: Naming) -> usize {
        let mut names = prefix.to_vec();
        let mut at = start;
        loop {
            match self.token(at) {
                "::" => at += 1,
                "{" => return self.use_group(at + 1, &names, naming),
                "*" => {
                    self.add(names, Some("*"), naming, start);
                    return at + 1;
                }
                "as" => {
                    self.add(names, Some(self.token(at + 1)), naming, start);
                    return at + 2;
                }
                _ if self.is_name(at) => {
                    names.push(self.token(at).to_owned());
                    at += 1;
                }
                _ => {
                    self.add(names, None, naming, start);
                    return at;
                }
            }
        }
    }

    fn use_group(&mut self, mut at: usize, prefix: &[String], naming: Naming) -> usize {
        while !matches!(self.token(at), "}" | "") {
            at = if self.token(at) == "," { at + 1 } else { self.use_tree(at, prefix, naming) };
        }
        at + 1
    }

    fn add(&mut self, mut names: Vec<String>, called: Option<&str>, naming: Naming, at: usize) {
        if names.len() > 1 && names.last().is_some_and(|last| last == "self") {
            names.pop();
        }
        let Some(last) = names.last() else { return };
        let called = called.unwrap_or(last).to_owned();
        self.found.push(NamedPath { names, called, naming, at: self.tokens[at].0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let source = RustSource::parse(text.to_owned());
        let show = |path: &NamedPath| format!("{:?} {} {}", path.naming, path.names.join("::"), path.called);
        source.paths.iter().map(show).collect()
    }

    #[test]
    fn comments_and_literals_are_not_code() {
        let text = "a /* b /* c */ d */ e // f\n\"g \\\" h\" i r#\"j \" k\"# l \
             'm' '\\'' '\\u{6e}' &'o p br\"q\" for\"r\"";
        let source = RustSource::parse(text.to_owned());
        let words: Vec<&str> = source.code.split_whitespace().collect();
        assert_eq!(words, ["a", "e", "i", "l", "&'o", "p", "b", "for"]);
        assert_eq!(source.code.len(), text.len());
        let comments = source.spans.iter().filter(|(kind, _)| *kind == Kind::Comment);
        assert_eq!(comments.map(|(_, span)| &text[span.clone()]).collect::<Vec<_>>(), ["/* b /* c */ d */", "// f"]);
    }

    #[test]
    fn a_use_names_each_path_in_its_braces() {
        let found = paths("use a::{self, b, c::{d as e, *}};\npub(crate) use super::f;\nuse g;");
        let expected = ["Use a a", "Use a::b b", "Use a::c::d e", "Use a::c *", "ReExport super::f f", "Use g g"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_path_in_code_is_found_and_a_visibility_is_not_a_path() {
        let code = "pub(in crate::a) fn b(c: super::D) -> impl E + use<'_> \
                    { x.y::<Z>(); crate::f::<G>() }";
        let found = paths(code);
        assert_eq!(found, ["Inline super::D D", "Inline crate::f f"]);
    }

    #[test]
    fn code_that_is_only_for_tests_is_recognized() {
        let text = "a;\n#[cfg(test)]\nmod tests { fn b() {} }\nc;\n\
             #[cfg(test)]\nmod d;\n#[cfg(test)]\nuse e::{f, g};\nh;";
        let source = RustSource::parse(text.to_owned());
        let is_test = |word: &str| source.is_test(text.find(word).unwrap());
        assert_eq!(["a;", "b()", "c;", "mod d", "f,", "h;"].map(is_test), [false, true, false, true, true, false]);
        assert_eq!(source.test_modules, ["d"]);
        assert_eq!(source.line(text.find("c;").unwrap()), 4);
    }
}

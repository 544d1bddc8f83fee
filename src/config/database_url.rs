//! The address of a database, and how its password stays out of everything that is shown.
//!
//! An error shows the line that it is about. So before anything reads a file, passwords in it are
//! replaced by as many asterisks, and only this key looks into the original.

use std::fmt;
use std::sync::Arc;

use footnote_knowledge::diagnostic::SourceFile;
use footnote_knowledge::toml_file::Located;
use url::Url;

use super::key::{Field, Value, quoted};

const SCHEMES: [&str; 2] = ["postgres", "postgresql"];
/// What sqlx understands. It would log the others, with their values.
const PARAMETERS: [&str; 11] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
];

/// The address of a PostgreSQL database. As text and in its `Debug` form, it has no password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Arc<Url>);

/// A text is not the address of a PostgreSQL database. The text is not shown: it may have a
/// password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is not the address of a PostgreSQL database: write \
     postgres://USER:PASSWORD@HOST/DATABASE, with reserved characters of the password as %XX"
)]
pub struct DatabaseUrlError;

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`DatabaseUrlError`] if it is none, or has a parameter that is not known.
    pub fn parse(text: &str) -> Result<Self, DatabaseUrlError> {
        let url = Url::parse(text).map_err(|_| DatabaseUrlError)?;
        let is_known = url.query_pairs().all(|(name, _)| PARAMETERS.contains(&&*name));
        let is_usable = SCHEMES.contains(&url.scheme()) && !url.cannot_be_a_base() && url.fragment().is_none();
        if is_usable && is_known { Ok(Self(Arc::new(url))) } else { Err(DatabaseUrlError) }
    }

    /// The address with its password, for the connection alone.
    pub(crate) fn reveal(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = Url::clone(&self.0);
        if shown.password().is_some() && shown.set_password(Some("***")).is_err() {
            return f.write_str("postgres://…");
        }
        shown.fmt(f)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

impl Value for DatabaseUrl {
    const VALUES: &str = "address of a PostgreSQL database";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let text = field.text()?;
        let original = field.original.get(text.at.span.clone()).and_then(string).unwrap_or(text.value);
        if let Ok(value) = Self::parse(&original) {
            return Some(Located { value, at: text.at });
        }
        let message = format!("`{}` is not the address of a PostgreSQL database", field.name);
        let help = "write postgres://USER:PASSWORD@HOST/DATABASE, with reserved characters of the \
                    password as %XX; docs/OPERATIONS.md lists the parameters";
        field.reject(text.at, message, help);
        None
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

/// The value of a string as TOML writes it.
fn string(written: &str) -> Option<String> {
    let mut table: toml::Table = format!("key = {written}").parse().ok()?;
    match table.remove("key") {
        Some(toml::Value::String(text)) => Some(text),
        _ => None,
    }
}

/// The file with an asterisk for each byte of a database's password, so that every place in it
/// stays the same.
pub(super) fn hide_passwords(file: Arc<SourceFile>) -> Arc<SourceFile> {
    match masked(&file.text) {
        Some(text) => Arc::new(SourceFile { path: file.path.clone(), text }),
        None => file,
    }
}

fn masked(text: &str) -> Option<String> {
    let mut passwords = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        passwords.extend(password_in(line).map(|span| start + span.start..start + span.end));
        start += line.len();
    }
    let mut masked = text.to_owned();
    for password in &passwords {
        masked.replace_range(password.clone(), &"*".repeat(password.len()));
    }
    (!passwords.is_empty()).then_some(masked)
}

/// The password on a line with `url = "…://USER:PASSWORD@…"`, or with a scheme that begins like
/// PostgreSQL's: from the colon to the last @ of the string.
fn password_in(line: &str) -> Option<std::ops::Range<usize>> {
    let scheme = line.find("://")?;
    let names_url = line[..scheme].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let names_url = names_url.trim_end_matches(['"', '\'', ' ', '\t']).ends_with('=');
    let is_url = names_url && line[..scheme].contains("url") || line[..scheme].contains("postgre");
    let rest = scheme + "://".len();
    let end = line[rest..].find(['"', '\'', '\r', '\n']).map_or(line.len(), |length| rest + length);
    let at = line[rest..end].rfind('@').map(|at| rest + at)?;
    let colon = line[rest..at].find(':').map(|colon| rest + colon + 1)?;
    is_url.then_some(colon..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_shows_its_password() {
        let url = DatabaseUrl::parse("postgres://footnote:s3cret@db.example/journal?sslmode=require").unwrap();
        let shown = "postgres://footnote:***@db.example/journal?sslmode=require";
        assert_eq!((url.to_string().as_str(), format!("{url:?}")), (shown, format!("DatabaseUrl({shown})")));
        assert!(url.reveal().contains("s3cret"));
        for text in ["", "db", "mysql://a:s3cret@b/c", "postgres:s3cret", "postgres://a@b/c?password=s3cret"] {
            let error = DatabaseUrl::parse(text).unwrap_err();
            assert!(!error.to_string().contains("s3cret"), "{text}");
        }
    }

    #[test]
    fn a_password_is_masked_byte_for_byte_wherever_it_stands() {
        for (text, expected) in [
            ("[journal]\nurl = \"postgres://a:b@c/d\"\n", "[journal]\nurl = \"postgres://a:*@c/d\"\n"),
            ("journal = { url = 'postgre://a:ä@@c', x = 1 }", "journal = { url = 'postgre://a:***@c', x = 1 }"),
            ("url=\"pg://a:b", "url=\"pg://a:b"),
            ("url = postgres://a:b@c", "url = postgres://a:*@c"),
            ("api_proxy = \"http://a:b@host\"", "api_proxy = \"http://a:b@host\""),
        ] {
            assert_eq!(masked(text).unwrap_or_else(|| text.to_owned()), expected);
        }
    }
}

//! What a key of the configuration is, and which types of values keys take.
//!
//! A key is declared once, in [`super::keys`]. The parser, `config.toml` and
//! `docs/CONFIGURATION.md` are all derived from that declaration.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, Location};
use footnote_knowledge::staleness::Age;
use footnote_knowledge::toml_file::{Located, TableReader};
use url::Url;

/// The longest web address that is shown to members, in bytes.
const MAX_ADDRESS: usize = 500;

/// A key of `config.toml` with values of type `T`.
pub(super) struct Key<T> {
    /// Its tables and its name, joined by dots, such as `log.level`.
    pub(super) path: &'static str,
    /// The value if the key is left out.
    pub(super) default: fn() -> T,
    /// A value in TOML, for messages and for the documentation.
    pub(super) example: &'static str,
    /// What the key does, in Markdown.
    pub(super) meaning: &'static str,
}

impl<T> Key<T> {
    /// The path of its table (empty for the root), and its name in that table.
    pub(super) fn place(&self) -> (&'static str, &'static str) {
        self.path.rsplit_once('.').unwrap_or(("", self.path))
    }
}

/// The declaration of a key, with its values as text.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Its tables and its name with dots between them, such as `log.level`.
    pub path: &'static str,
    /// Which values it takes, in words.
    pub values: &'static str,
    /// Its default in TOML; `None` if the key is off unless it is set.
    pub default: Option<String>,
    /// An example value in TOML.
    pub example: &'static str,
    /// What it does, in Markdown.
    pub meaning: &'static str,
}

impl<T: Value> Key<T> {
    pub(super) fn declaration(&self) -> Declaration {
        let Self { path, example, meaning, .. } = *self;
        Declaration { path, values: T::VALUES, default: (self.default)().to_toml(), example, meaning }
    }
}

/// Something that is done with every key.
pub(super) trait Visitor {
    /// Does it with this one.
    fn visit<T: Value>(&mut self, key: &Key<T>);
}

/// A key in the table that is being read.
pub(super) struct Field<'f, 'a> {
    pub(super) table: &'f TableReader<'a>,
    pub(super) name: &'static str,
    pub(super) example: &'static str,
    pub(super) is_required: bool,
    /// The text of the table's file with the passwords that are hidden in it.
    pub(super) original: &'f str,
    pub(super) sink: &'f DiagnosticSink,
}

impl Field<'_, '_> {
    /// The value as a string that is not empty, if the key is there.
    pub(super) fn text(&self) -> Option<Located<String>> {
        if self.is_required {
            self.table.text(self.name, self.example)
        } else {
            self.table.optional_text(self.name, self.example)
        }
    }

    /// The value as a string that `parse` accepts. Reports an error if it does not.
    pub(super) fn parsed<T>(
        &self,
        parse: impl FnOnce(&str) -> Option<T>,
        message: impl FnOnce(&str) -> String,
        help: impl FnOnce() -> String,
    ) -> Option<Located<T>> {
        let text = self.text()?;
        let Some(value) = parse(&text.value) else {
            self.reject(text.at, message(&text.value), help());
            return None;
        };
        Some(Located { value, at: text.at })
    }

    /// Reports a value that the key cannot take.
    pub(super) fn reject(&self, at: Location, message: impl Into<String>, help: impl Into<String>) {
        self.sink.report(Diagnostic::error(at, message).help(help));
    }
}

/// A type of values that a key can take.
pub(super) trait Value: Sized {
    /// Which values these are, in words.
    const VALUES: &'static str;
    /// Whether a value is a string of TOML, which needs no quotation marks in the environment.
    const IS_TEXT: bool = true;
    /// Reads the key. `None` if it is left out, or if its value is unusable, which is reported.
    fn read(field: &Field<'_, '_>) -> Option<Located<Self>>;
    /// The value as a default in TOML; `None` for a type whose keys are off unless they are set.
    fn to_toml(&self) -> Option<String> {
        None
    }
}

impl<T: Value> Value for Option<T> {
    const VALUES: &str = T::VALUES;
    const IS_TEXT: bool = T::IS_TEXT;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        T::read(field).map(|value| value.map(Some))
    }

    fn to_toml(&self) -> Option<String> {
        self.as_ref().and_then(T::to_toml)
    }
}

impl Value for bool {
    const VALUES: &str = "true or false";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.table.flag(field.name).map(|value| Located { value, at: field.table.at().clone() })
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

/// A confidence.
impl Value for f32 {
    const VALUES: &str = "number from 0 to 1";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let number = field.table.number(field.name, field.example)?;
        let (name, value) = (field.name, number.value);
        if !(0.0..=1.0).contains(&value) {
            let message = format!("`{name}` is {value}, outside 0 to 1");
            field.reject(number.at, message, format!("write a confidence such as {name} = {}", field.example));
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits than f32 has")]
        Some(number.map(|value| value as Self))
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

/// A share that is not the whole: 0 to below 1.
pub(super) struct Share(pub(super) f32);

impl Value for Share {
    const VALUES: &str = "number from 0 to below 1";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let number = field.table.number(field.name, field.example)?;
        let (name, value) = (field.name, number.value);
        #[expect(clippy::cast_possible_truncation, reason = "an expected share needs no more digits than f32 has")]
        let share = value as f32;
        if !(0.0..1.0).contains(&share) {
            let message = format!("`{name}` is {value}, outside 0 to below 1");
            field.reject(number.at, message, format!("write a share such as {name} = {}", field.example));
            return None;
        }
        Some(number.map(|_| Self(share)))
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

impl Value for NonZeroU32 {
    const VALUES: &str = "whole number from 1";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let number = field.table.optional_ordinal(field.name, field.example)?;
        Some(Located { value: Self::new(number.value)?, at: number.at })
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Value for PathBuf {
    const VALUES: &str = "path";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.text().map(|text| text.map(Self::from))
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.display()))
    }
}

impl Value for SocketAddr {
    const VALUES: &str = "IP address and port";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| text.parse().ok(),
            |text| format!("`{text}` is not an address to listen on"),
            || format!("write an IP address and a port, such as {} = {}", field.name, field.example),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl Value for Age {
    const VALUES: &str = "number of days, weeks, months or years";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| text.parse().ok(),
            |text| format!("`{text}` is not a time after which something is old"),
            || format!("write a number and days, weeks, months or years: {} = {}", field.name, field.example),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

/// Folders.
impl Value for Vec<PathBuf> {
    const VALUES: &'static str = "list of paths";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let paths = field.table.texts(field.name, field.example);
        let at = paths.first()?.at.clone();
        Some(Located { value: paths.into_iter().map(|path| PathBuf::from(path.value)).collect(), at })
    }

    fn to_toml(&self) -> Option<String> {
        let paths: Vec<String> = self.iter().map(|path| quoted(&path.display())).collect();
        Some(format!("[{}]", paths.join(", "))).filter(|_| !self.is_empty())
    }
}

/// Discord ids.
impl Value for Vec<u64> {
    const VALUES: &str = "list of ids";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let ids = field.table.ids(field.name, field.example);
        let at = ids.first()?.at.clone();
        Some(Located { value: ids.into_iter().map(|id| id.value).collect(), at })
    }

    fn to_toml(&self) -> Option<String> {
        Some(format!("{self:?}"))
    }
}

/// A proxy's address: scheme, host and port, without a slash at the end.
pub(super) struct ProxyAddress(pub(super) String);

impl Value for ProxyAddress {
    const VALUES: &str = "http or https address without a path";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| Some(text.trim_end_matches('/')).filter(|text| is_origin(text)).map(|text| Self(text.to_owned())),
            |text| format!("`{text}` is not the address of a proxy"),
            || format!("write {} = \"http://HOST:PORT\", without a path", field.name),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

fn is_origin(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        let has_user = !url.username().is_empty() || url.password().is_some();
        let has_more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
        matches!(url.scheme(), "http" | "https") && url.has_host() && !has_user && !has_more
    })
}

/// A web address that members can open: https, at most [`MAX_ADDRESS`] long.
pub(super) struct WebAddress(pub(super) String);

impl Value for WebAddress {
    const VALUES: &str = "https address";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let is_shown =
            |text: &&str| Url::parse(text).is_ok_and(|url| url.scheme() == "https") && text.len() <= MAX_ADDRESS;
        field.parsed(
            |text| Some(text).filter(is_shown).map(|text| Self(text.to_owned())),
            |text| format!("`{text}` is not a web address"),
            || format!("write {} = \"https://…\", at most {MAX_ADDRESS} characters", field.name),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

/// One of a few values that have names.
pub(super) trait Choice: Copy + PartialEq + 'static {
    /// The values by their names, in the order in which the operator sees them.
    const NAMES: &'static [(&'static str, Self)];
    /// The names in words.
    const VALUES: &'static str;
}

impl<T: Choice> Value for T {
    const VALUES: &str = <T as Choice>::VALUES;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, value)| *value),
            |text| format!("`{text}` is not a value of `{}`", field.name),
            || {
                let names: Vec<&str> = Self::NAMES.iter().map(|(name, _)| *name).collect();
                format!("write one of {}", names.join(", "))
            },
        )
    }

    fn to_toml(&self) -> Option<String> {
        Self::NAMES.iter().find(|(_, value)| value == self).map(|(name, _)| quoted(name))
    }
}

/// A basic string of TOML.
pub(super) fn quoted(text: &impl ToString) -> String {
    toml::Value::String(text.to_string()).to_string()
}

//! The types of values in `[web]`: addresses of websites, and a title.

use footnote_knowledge::toml_file::Located;
use url::Url;

use super::key::{Field, Value, quoted};

/// The longest address of the pages, in bytes. It leaves room for an entry's id in the address of
/// a card on Discord.
const MAX_ADDRESS: usize = 500;

/// The longest title of the pages, in characters: what search engines and tabs show of one.
const MAX_TITLE: usize = 60;

/// The origin that stands for all of them.
pub(crate) const ANY_ORIGIN: &str = "*";

/// The address of the pages: http or https, without query and fragment, and without a slash at the
/// end.
pub(super) struct PublicAddress(pub(super) String);

impl Value for PublicAddress {
    const VALUES: &str = "http or https address";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| Some(text.trim_end_matches('/')).filter(|text| is_page(text)).map(|text| Self(text.to_owned())),
            |text| format!("`{text}` is not the address of a website"),
            || format!("write {} = \"https://HOST\", with a path if there is one", field.name),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

fn is_page(address: &str) -> bool {
    address.len() <= MAX_ADDRESS
        && Url::parse(address).is_ok_and(|url| {
            let has_user = !url.username().is_empty() || url.password().is_some();
            let has_more = url.query().is_some() || url.fragment().is_some();
            matches!(url.scheme(), "http" | "https") && url.has_host() && !has_user && !has_more
        })
}

/// What the pages are called.
pub(super) struct SiteTitle(pub(super) String);

impl Default for SiteTitle {
    fn default() -> Self {
        Self("Questions and answers".to_owned())
    }
}

impl Value for SiteTitle {
    const VALUES: &str = "text";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| Some(text).filter(|text| text.chars().count() <= MAX_TITLE).map(|text| Self(text.to_owned())),
            |text| format!("`{}` has {} characters, more than {MAX_TITLE}", field.name, text.chars().count()),
            || "write a short name".to_owned(),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

/// An origin as browsers send it, such as `https://example.org`, or [`ANY_ORIGIN`].
pub(super) struct AllowedOrigin(pub(super) String);

/// Origins.
impl Value for Vec<AllowedOrigin> {
    const VALUES: &str = "list of origins";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let origins = field.table.texts(field.name, field.example);
        let at = origins.first()?.at.clone();
        let mut read = Vec::new();
        for origin in origins {
            let value = origin.value.trim_end_matches('/');
            if value == ANY_ORIGIN || Url::parse(value).is_ok_and(|url| url.origin().ascii_serialization() == value) {
                read.push(AllowedOrigin(value.to_owned()));
            } else {
                let help = "write a scheme and a host, such as \"https://example.org\", or \"*\"";
                field.reject(origin.at, format!("`{}` is not an origin", origin.value), help.to_owned());
            }
        }
        Some(Located { value: read, at })
    }

    fn to_toml(&self) -> Option<String> {
        let origins: Vec<String> = self.iter().map(|origin| quoted(&origin.0)).collect();
        Some(format!("[{}]", origins.join(", ")))
    }
}

//! The addresses of pages, and what all pages of a site share.
//!
//! Pages link to each other relatively, so they work below any path, behind any proxy, and as
//! files.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::config::WebConfig;

/// What stands for itself in an address; all else is encoded.
pub(super) const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// What all pages of a site share.
#[derive(Debug, Clone)]
pub struct Site {
    /// What it is called.
    pub(super) title: String,
    /// Where everyone finds it, without a slash at the end.
    pub(super) public_url: Option<String>,
    pub(super) form: Form,
}

/// How pages reach their readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// This program answers each request.
    Served,
    /// Any web server sends files: each page is a folder with an `index.html`.
    Files,
}

/// A page, or what else can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Home,
    Topics,
    Topic(&'a str),
    Sources,
    Source(&'a str),
    Entry(&'a str),
    /// A file, by its path from the root.
    File(&'a str),
}

/// The links of one page.
#[derive(Debug, Clone)]
pub(super) struct Links<'a> {
    pub(super) site: &'a Site,
    /// Leads from the page to the root.
    root: String,
}

impl Site {
    /// The site that is configured.
    #[must_use]
    pub fn new(config: &WebConfig, form: Form) -> Self {
        Self { title: config.title.clone(), public_url: config.public_url.clone(), form }
    }

    /// The links of this page.
    pub(super) fn links_at(&self, page: Address<'_>) -> Links<'_> {
        self.links_of(&page.path(self.form))
    }

    /// The links of a page at this path, which begins below the root.
    pub(super) fn links_of(&self, path: &str) -> Links<'_> {
        let root = "../".repeat(path.matches('/').count());
        Links { site: self, root: if root.is_empty() { "./".to_owned() } else { root } }
    }

    /// The links of a page that may be shown anywhere.
    pub(super) fn links_anywhere(&self) -> Links<'_> {
        let after_scheme = self.public_url.as_deref().and_then(|url| url.split_once("://"));
        let path = after_scheme.and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
        Links { site: self, root: path.map_or_else(|| "/".to_owned(), |path| format!("/{path}/")) }
    }

    /// The whole address of an entry's page, if the site knows where it is.
    #[must_use]
    pub fn page_of(&self, entry: &str) -> Option<String> {
        self.absolute(Address::Entry(entry))
    }

    /// The whole address of a page, if the site knows where it is.
    pub(super) fn absolute(&self, page: Address<'_>) -> Option<String> {
        self.public_url.as_ref().map(|url| format!("{url}/{}", page.path(self.form)))
    }
}

impl Links<'_> {
    pub(super) fn to(&self, page: Address<'_>) -> String {
        format!("{}{}", self.root, page.path(self.site.form))
    }
}

impl Address<'_> {
    /// Its path below the root, encoded.
    pub(super) fn path(self, form: Form) -> String {
        let path = match self {
            Self::Home => return String::new(),
            Self::File(path) => return path.to_owned(),
            Self::Topics => "topics".to_owned(),
            Self::Sources => "sources".to_owned(),
            Self::Topic(id) => format!("t/{}", encoded(id)),
            Self::Source(id) => format!("s/{}", encoded(id)),
            Self::Entry(id) => format!("e/{}", encoded(id)),
        };
        match form {
            Form::Served => path,
            Form::Files => path + "/",
        }
    }
}

fn encoded(id: &str) -> String {
    utf8_percent_encode(id, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_any_page_to_any_other() {
        let site = |form| Site { title: String::new(), public_url: Some("https://a.example/faq".to_owned()), form };
        let (served, files) = (site(Form::Served), site(Form::Files));
        let entry = Address::Entry("a-b");
        assert_eq!(served.links_at(Address::Home).to(entry), "./e/a-b");
        assert_eq!(served.links_at(entry).to(Address::Topic("x/ü ?")), "../t/x/%C3%BC%20%3F");
        assert_eq!(served.links_at(Address::Topic("x/y")).to(Address::Home), "../../");
        assert_eq!(files.links_at(entry).to(Address::Home), "../../");
        assert_eq!(files.links_at(Address::Topics).to(entry), "../e/a-b/");
        assert_eq!(files.links_anywhere().to(Address::File("style.css")), "/faq/style.css");
        assert_eq!(served.absolute(entry).as_deref(), Some("https://a.example/faq/e/a-b"));
        assert_eq!(files.absolute(entry).as_deref(), Some("https://a.example/faq/e/a-b/"));
    }
}

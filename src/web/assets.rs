//! The style, the scripts and the icon of the pages. They are compiled in, and each address names
//! the content, so that a browser keeps it as long as it likes.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file that pages load.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) name: &'static str,
    pub(super) content_type: &'static str,
    pub(super) content: &'static str,
}

pub(super) static STYLE: Asset =
    Asset { name: "style.css", content_type: "text/css; charset=utf-8", content: include_str!("assets/style.css") };
/// Asks the bot while a question is typed.
pub(super) static SEARCH: Asset = Asset {
    name: "search.js",
    content_type: "text/javascript; charset=utf-8",
    content: include_str!("assets/search.js"),
};
/// Compares words in the browser, where no bot can be asked.
pub(super) static WORD_SEARCH: Asset = Asset {
    name: "word-search.js",
    content_type: "text/javascript; charset=utf-8",
    content: include_str!("assets/word-search.js"),
};
pub(super) static ICON: Asset =
    Asset { name: "icon.svg", content_type: "image/svg+xml", content: include_str!("assets/icon.svg") };

/// Everything that pages load.
pub(super) static ALL: [&Asset; 4] = [&STYLE, &SEARCH, &WORD_SEARCH, &ICON];

/// How many bytes of a hash tell one content from another.
const VERSION: usize = 6;

impl Asset {
    /// Its address below the root, which changes with its content.
    pub(super) fn path(&self) -> String {
        static VERSIONS: LazyLock<[String; 4]> =
            LazyLock::new(|| ALL.map(|asset| hex::encode(&Sha256::digest(asset.content.as_bytes())[..VERSION])));
        let version = ALL.iter().position(|asset| asset.name == self.name).map(|index| VERSIONS[index].as_str());
        format!("{}?v={}", self.name, version.unwrap_or_default())
    }
}

//! What a test looks for in a page.

use std::collections::BTreeSet;

use url::Url;

/// The values of an attribute in a page, each once.
fn attributes(page: &str, name: &str) -> BTreeSet<String> {
    let begin = format!(" {name}=\"");
    let values = page.split(&begin).skip(1).filter_map(|rest| rest.split_once('"'));
    values.map(|(value, _)| value.replace("&amp;", "&")).collect()
}

/// Where the links of a page at this address lead, and what it loads: the addresses on its own
/// site, without their fragments.
pub fn links(page: &str, at: &Url) -> BTreeSet<Url> {
    let values = ["href", "src", "data-index", "data-root", "action"].map(|name| attributes(page, name));
    let targets = values.iter().flatten().map(|target| at.join(target).expect("a link is an address"));
    let own = targets.filter(|target| target.origin() == at.origin());
    own.map(|mut target| {
        target.set_fragment(None);
        target
    })
    .collect()
}

//! Snapshots: what the program shows, as text that a reviewer reads in `tests/snapshots`.
//!
//! A test's snapshot is `tests/snapshots/MODULE/TEST.snap`. A test that runs over both transports
//! has one snapshot, and both have to match it.

use std::path::{Path, PathBuf};

use insta::Settings;

/// What can be in a snapshot.
pub trait Show {
    fn show(&self) -> String;
}

/// A remark between two things that are shown, such as that the bot was restarted.
impl Show for &str {
    fn show(&self) -> String {
        format!("{}\n", self.trim_end())
    }
}

/// Compares what is shown, in this order, with the test's snapshot.
macro_rules! assert_snapshot {
    ($($shown:expr),+ $(,)?) => {{
        let shown = [$($crate::support::snapshot::Show::show(&$shown)),+].join("\n");
        let shown = $crate::support::snapshot::visible(&shown);
        $crate::support::snapshot::settings(module_path!())
            .bind(|| insta::allow_duplicates! { insta::assert_snapshot!(shown) });
    }};
}
pub(crate) use assert_snapshot;

/// Sets where the snapshots of a module are, and replaces what differs from run to run.
pub fn settings(module: &str) -> Settings {
    let folder = module.split("::").skip(1).collect::<Vec<_>>().join("/");
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let temporary = std::env::temp_dir().display().to_string();
    settings.add_filter(&format!(r"{}/\.tmp\w+", fancy_regex::escape(temporary.trim_end_matches('/'))), "[folder]");
    settings.add_filter(&fancy_regex::escape(env!("CARGO_MANIFEST_DIR")), "[project]");
    settings.add_filter(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[time]");
    settings.add_filter(r"\?v=[0-9a-f]{12}", "?v=[hash]");
    settings.add_filter(r"<t:\d+:", "<t:[time]:");
    // Inside a custom id that says where a page of gaps begins.
    settings.add_filter(r"((?:after|before):\d+):\d+:", "${1}:[time]:");
    // Drafts have random ids, and seals depend on the folder.
    settings.add_filter(r"(draft:[a-z]+):[0-9a-f]{16}(:[0-9a-f]{32})?", "${1}:[draft]");
    settings.add_filter(r"(Look at a draft… ▾\] )[0-9a-f]{16}", "${1}[draft]");
    settings.add_filter(r"(• 1\. [\w ?]+ = )[0-9a-f]{16}", "${1}[draft]");
    settings.add_filter(r"took \d+ ms", "took [n] ms");
    settings.add_filter(r"again in \d+ s", "again in [n] s");
    settings.add_filter(&fancy_regex::escape(env!("CARGO_PKG_VERSION")), "[version]");
    // Weights and thresholds change what a confidence is, but not that there is one.
    settings.add_filter(r#"("confidence": ?)\d+(\.\d+)?(e-\d+)?"#, "$1[0 to 1]");
    settings.add_filter(r"(calibrated on the base.*) ms=\d+", "$1 ms=[n]");
    settings.add_filter(r#"("member": ?")[0-9a-f]{32}"#, "$1[hash]");
    // The last digits of a logarithm depend on the machine.
    settings.add_filter(r"\b(\d\.\d{3})\d+", "$1");
    settings.add_filter(r"(?m) +$", "");
    settings
}

/// The text with invisible characters, such as direction marks, shown as escapes.
pub fn visible(text: &str) -> String {
    let is_invisible = |character: char| match character {
        '\n' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        other => other.is_control(),
    };
    let mut visible = String::new();
    for character in text.chars() {
        if is_invisible(character) { visible.extend(character.escape_unicode()) } else { visible.push(character) }
    }
    visible
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut folders = vec![root.join("snapshots")];
    let mut orphans = Vec::new();
    while let Some(folder) = folders.pop() {
        let module = folder.strip_prefix(root.join("snapshots")).expect("it is below");
        let source = std::fs::read_to_string(root.join(module).with_extension("rs")).unwrap_or_default();
        for entry in std::fs::read_dir(&folder).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            let test = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "snap")
                && !source.contains(&format!("fn {test}("))
            {
                orphans.push(path);
            }
        }
    }
    assert_eq!(orphans, Vec::<PathBuf>::new(), "snapshots of tests that are gone: remove them");
}

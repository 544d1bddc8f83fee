//! What stands above a page between two lines of hyphens, and says something about it.

/// The lines between the hyphens, and what follows them. A text that only begins with a rule has
/// none: the first line below the hyphens has to name something.
pub(crate) fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let (name, _) = rest.lines().next()?.split_once(':')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | '\'');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..end], &rest[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

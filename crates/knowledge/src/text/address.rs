//! What a base takes for the address of a page.

/// Whether a text is a web address as browsers show it: http or https, a host, and no blank,
/// name or password.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_out_of_place = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    matches!(scheme, "https" | "http") && !host.is_empty() && !host.contains('@') && !text.chars().any(is_out_of_place)
}

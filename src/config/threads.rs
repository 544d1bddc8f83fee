//! What the bot does in threads: whom it calls, and what it sets on a forum's posts.

use footnote_knowledge::toml_file::Located;

use super::key::{Field, Value, quoted};

/// The most characters in the name of a forum's tag ([forum tag
/// object](https://discord.com/developers/docs/resources/channel#forum-tag-object)).
const MAX_TAG: usize = 20;

/// What the bot does in the threads of watched channels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadConfig {
    /// The role of the people who help members, if there is one.
    pub helper_role: Option<u64>,
    /// The name of the tag that a forum's solved posts get.
    pub solved_tag: Option<String>,
    /// Whether solved threads are closed.
    pub closes_solved: bool,
}

/// One of Discord's ids.
pub(super) struct Id(pub(super) u64);

impl Value for Id {
    const VALUES: &'static str = "id";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let is_id = |id: &u64| (1..=i64::MAX.unsigned_abs()).contains(id);
        let is_digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        field.parsed(
            |text| Some(text).filter(is_digits)?.parse().ok().filter(is_id).map(Self),
            |text| format!("`{text}` is not an id"),
            || format!("write {} = {}, with the digits that Discord copies", field.name, field.example),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

/// The name of a forum's tag.
pub(super) struct TagName(pub(super) String);

impl Value for TagName {
    const VALUES: &'static str = "name of a tag";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            |text| Some(text.trim()).filter(|text| text.chars().count() <= MAX_TAG).map(|text| Self(text.to_owned())),
            |text| format!("`{text}` is too long for the name of a tag"),
            || format!("write the tag's name as the forum shows it, at most {MAX_TAG} characters"),
        )
    }
    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

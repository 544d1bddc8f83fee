//! A new topic for an entry: its name in a form, before that of the entry, which has no row left.

use footnote_curation::{Change, topic_named};
use footnote_knowledge::Topic;
use footnote_knowledge::text::kebab_case;
use footnote_knowledge::text::plain::on_one_line;

use super::compose::begun;
use super::curator::{Curator, EDITABLE, read};
use crate::discord::incoming::Form;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::{draft, form};

/// Asks for the name.
pub(super) async fn ask(curator: &Curator<'_>, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    let (topic, title) = match read(&draft) {
        Some(Change::AddEntry { topic, title: Some(title), .. }) => (topic, title),
        _ => (String::new(), String::new()),
    };
    Ok(Response::form(form::topic(curator.context.texts, id, &topic, &title)))
}

/// Takes the name in a form. A topic that the base has already is as good.
pub(super) async fn begin(curator: &Curator<'_>, form: &Form, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    let (texts, base) = (curator.context.texts, curator.context.base());
    let written = on_one_line(form.text(form::TOPIC));
    let name = name_of(&written);
    let (topic, title) = match topic_named(base, &name) {
        Ok(Some(known)) => (known.id.clone(), None),
        Ok(None) => (name, Some(title_of(&written, form.text(form::TITLE)))),
        Err(error) => {
            let card = draft::odd_topic(texts, id, &error.to_string());
            return Ok(Response::message(card, Outcome::NotChanged));
        }
    };
    let known = base.topics.iter().find(|known| known.id == topic).map(|known| known.title.as_str());
    let new = begun(read(&draft), base);
    let is_written = !new.answer.is_empty();
    let card = draft::topic_chosen(texts, id, known, title.as_deref().unwrap_or_default());
    let changed = curator.edit(draft, &Change::AddEntry { topic, title, new }).await?;
    if is_written {
        return curator.show(&changed, Response::message).await;
    }
    Ok(Response::message(card, Outcome::Draft))
}

/// The name of the file, and of the group before it, in the letters that they may have. More than
/// one slash stays, so that it is refused.
fn name_of(written: &str) -> String {
    written.split('/').map(kebab_case).collect::<Vec<_>>().join("/")
}

/// What members call the topic: what was written for it, or the name with spaces.
fn title_of(name: &str, title: &str) -> String {
    let title = on_one_line(title);
    if title.is_empty() { Topic::title_for(name) } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_named_as_people_write() {
        let named = |written: &str| (name_of(written), title_of(written, ""));
        let both = |name: &str, title: &str| (name.to_owned(), title.to_owned());
        assert_eq!(named("Tea"), both("tea", "Tea"));
        assert_eq!(named("rooms/tea-time"), both("rooms/tea-time", "Tea time"));
        assert_eq!(named("House Rules / the Café"), both("house-rules/the-cafe", "The Café"));
        assert_eq!(named("../x"), both("/x", "X"));
        assert_eq!(title_of("tea", " All about\ntea "), "All about tea");
    }
}

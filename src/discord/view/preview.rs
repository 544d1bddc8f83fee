//! An entry that is not in the base yet, as members would see it.

use super::message::Card;
use super::{entry, report};
use crate::discord::texts::Texts;
use footnote_knowledge::Draft;

/// The most that the texts of a message's embeds may have together, and the most that is shown of
/// a report, in UTF-16 code units. If that is not all of it, a file has all.
const MAX_TEXTS: usize = 5_900;
const MAX_REPORT: usize = 1_800;

/// The first entry of a draft, and below it what is wrong.
pub(in crate::discord) fn card(texts: &Texts, draft: &Draft) -> Card {
    let Some(first) = draft.entries.first() else {
        return report::card(
            &report::totals(texts, &draft.diagnostics),
            &texts.no_entry_in_draft(),
            &draft.diagnostics,
        );
    };
    let card = entry::answer(texts, first).private(true);
    if draft.diagnostics.is_empty() {
        return card.above(&texts.preview_is_sound());
    }
    let card = card.above(&texts.preview_has_problems(&report::totals(texts, &draft.diagnostics)));
    let room = MAX_TEXTS.saturating_sub(card.text_length()).min(MAX_REPORT);
    card.with(report::sized("", "", &draft.diagnostics, room))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::message::tests::json;
    use super::super::message::texts;
    use super::*;
    use crate::discord::fixture::base;
    use crate::discord::texts::english;

    #[test]
    fn a_long_entry_with_many_problems_stays_within_a_message() {
        let citation = "{ source = \"letters\", paragraph = 1, evidence = [\"green ropes\"] },";
        let entry = format!(
            "[[entry]]\nid = \"long\"\nquestion = \"{}\"\nanswer = \"{}\"\n\
             standing = \"reported\"\nrelated = [{}]\ncitations = [{}]\n",
            "q".repeat(100),
            "a".repeat(1_500),
            (0..60).map(|number| format!("\"none-{number}\"")).collect::<Vec<_>>().join(","),
            citation.repeat(40),
        );
        let draft = footnote_knowledge::draft(base(), Path::new("draft.toml"), &entry);
        let card = card(english(), &draft);
        let texts: usize = json(&card)["embeds"].as_array().expect("it has embeds").iter().map(texts).sum();
        assert!(texts <= 6_000, "{texts}");
        assert!(card.file().is_some_and(|file| file.text().contains("none-59")));
    }
}

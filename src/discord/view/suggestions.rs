//! Questions of a server with the entries that members chose for them.

use super::address::{Address, Key, SuggestionList};
use super::listing::Page;
use super::markdown::line;
use super::message::{BLUE, Card, menu_option};
use crate::discord::texts::Texts;
use crate::journal::Suggestion;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::drafts::{ChosenFor, phrasings_file};
use footnote_knowledge::text::plain::on_one_line;

/// The file with the phrasings.
pub(in crate::discord) const FILE: &str = "phrasings.toml";

/// How many are on a page. Each takes at most 450 characters, even if every character is escaped.
pub(in crate::discord) const A_PAGE: usize = 5;

const MAX_TEXT: usize = 100;

/// The card if there are none.
pub(in crate::discord) fn none(texts: &Texts) -> Card {
    Card::new(&texts.no_suggestions_title(), &texts.no_suggestions(), BLUE).private(true)
}

/// A page of suggestions, and a menu that marks one as dealt with. If the base can be changed, two
/// more begin a draft: one for the entry that members chose, and one for another.
pub(in crate::discord) fn list(
    texts: &Texts,
    base: &KnowledgeBase,
    shown: &[Suggestion],
    page: Page,
    can_teach: bool,
) -> Card {
    let numbered = || (page.offset() + 1..).zip(shown);
    let mut paragraphs: Vec<String> =
        numbered().map(|(number, suggestion)| paragraph(texts, base, number, suggestion)).collect();
    paragraphs.push(format!("{} · {}", page.name(texts), texts.suggestions_file(FILE)));
    let options = |is_wanted: fn(&KnowledgeBase, &Suggestion) -> bool| {
        numbered().filter(move |(_, suggestion)| is_wanted(base, suggestion)).map(|(number, suggestion)| {
            let label = format!("{number}. {}", on_one_line(&suggestion.question));
            menu_option(&label, &Key::of(&suggestion.name), &on_one_line(title(base, suggestion)))
        })
    };
    let to = |to: fn(usize) -> SuggestionList| Address::Suggestions(to(page.number));
    let mut card = Card::new(&texts.suggestions_title(), &paragraphs.join("\n\n"), BLUE);
    if can_teach {
        card = card.menu(&to(SuggestionList::Accept), &texts.accept_suggestion(), options(is_acceptable)).menu(
            &to(SuggestionList::OtherEntry),
            &texts.suggestion_for_another(),
            options(|_, _| true),
        );
    }
    card.menu(&to(SuggestionList::Reject), &texts.reject(), options(|_, _| true))
        .buttons(page.turns(texts, |to| Address::Suggestions(SuggestionList::Page(to))))
        .private(true)
}

/// Whether the question may become a phrasing of the entry.
fn is_acceptable(base: &KnowledgeBase, suggestion: &Suggestion) -> bool {
    suggestion.is_phrasing() && base.entry(&suggestion.entry).is_some()
}

/// The question, the entry, and what members said of the two.
fn paragraph(texts: &Texts, base: &KnowledgeBase, number: usize, suggestion: &Suggestion) -> String {
    let text = |text: &str| line(&on_one_line(text), MAX_TEXT);
    let last = texts.last_asked(&format!("<t:{}:R>", suggestion.last_seen.0));
    let said = [
        (suggestion.chosen > 0).then(|| texts.chosen(suggestion.chosen)),
        (suggestion.narrow > 0).then(|| texts.narrowly_answered(suggestion.narrow)),
        (suggestion.unhelpful > 0).then(|| texts.did_not_help(suggestion.unhelpful)),
        Some(last),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let (question, entry) = (text(&suggestion.question), text(title(base, suggestion)));
    format!("**{number}.** {question}\n→ {entry}\n{}", said.join(" · "))
}

/// The question of the entry, or its id if the base no longer has it.
fn title<'a>(base: &'a KnowledgeBase, suggestion: &'a Suggestion) -> &'a str {
    base.entry(&suggestion.entry).map_or(&suggestion.entry, |entry| &entry.question)
}

/// The questions that are probably phrasings of entries of the base, by entry, in TOML.
pub(in crate::discord) fn file(base: &KnowledgeBase, suggestions: &[Suggestion]) -> String {
    let chosen = suggestions.iter().filter(|suggestion| suggestion.is_phrasing()).map(|suggestion| ChosenFor {
        question: &suggestion.question,
        entry: &suggestion.entry,
        chosen: suggestion.chosen,
        narrow: suggestion.narrow,
    });
    phrasings_file(chosen, base)
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::fixture::base;
    use crate::discord::texts::english;
    use crate::journal::Timestamp;

    fn suggestion(question: &str, entry: &str, [chosen, narrow, unhelpful]: [u64; 3]) -> Suggestion {
        let (name, question, entry) = ("00ff".to_owned(), question.to_owned(), entry.to_owned());
        let (first_seen, last_seen) = (Timestamp(0), Timestamp(0));
        Suggestion { name, question, entry, chosen, narrow, unhelpful, first_seen, last_seen }
    }

    #[test]
    fn a_page_says_what_members_said_and_the_file_has_what_may_be_a_phrasing() {
        let all = [
            suggestion("how \"high\" is *it*", "crane-height", [2, 1, 0]),
            suggestion("ring ring", "bell-rings", [0, 0, 3]),
            suggestion("old", "gone", [1, 0, 0]),
        ];
        let card = list(english(), base(), &all, Page::of(12, A_PAGE, 1), false);
        assert_eq!(
            json(&card)["embeds"][0]["description"],
            "**6.** how \"high\" is \\*it\\*\n→ How tall is the crane?\nchosen 2 times · only just \
             answered once · last <t:0:R>\n\n**7.** ring ring\n→ When does the bell ring?\ndid not \
             help 3 times · last <t:0:R>\n\n**8.** old\n→ gone\nchosen once · last <t:0:R>\n\n\
             Page 2 of 3 · phrasings.toml has them as phrasings for your topic files"
        );
        assert_eq!(labels(&card)[1], ["Previous page", "Next page"]);
        assert_eq!(json(&card)["components"][0]["components"][0]["custom_id"], "suggestions:reject:1");
        let numbers = |menu: &[String]| menu.iter().map(|label| label[..2].to_owned()).collect::<Vec<_>>();
        let with_drafts = labels(&list(english(), base(), &all, Page::of(12, A_PAGE, 1), true));
        let menus: Vec<_> = with_drafts[..3].iter().map(|menu| numbers(menu)).collect();
        assert_eq!(menus, [vec!["6."], vec!["6.", "7.", "8."], vec!["6.", "7.", "8."]]);
        let file: toml::Table = file(base(), &all).parse().expect("it is TOML");
        assert_eq!(file.keys().collect::<Vec<_>>(), ["crane-height"]);
        assert_eq!(file["crane-height"]["phrasings"][0].as_str(), Some("how \"high\" is *it*"));
    }
}

//! The unanswered questions of a server.

use super::address::{Address, GapList, GapPage, Key};
use super::listing::Page;
use super::markdown::line;
use super::message::{BLUE, Card, menu_option};
use crate::discord::texts::Texts;
use crate::journal::GapGroup;
use footnote_knowledge::text::plain::on_one_line;

/// The file with the draft entries.
pub(in crate::discord) const FILE: &str = "gaps.toml";

/// How many groups are on a page. Each takes at most 600 characters, even if every character of a
/// question is escaped.
pub(in crate::discord) const GROUPS_A_PAGE: u32 = 5;

const MAX_QUESTION: usize = 100;
/// How many other wordings of a group are shown.
const MAX_OTHERS: usize = 2;
const MAX_OTHER: usize = 40;

/// The card if there are none.
pub(in crate::discord) fn none(texts: &Texts) -> Card {
    Card::new(&texts.no_gaps_title(), &texts.no_gaps(), BLUE).private(true)
}

/// A page of groups, a menu that marks one as done, and one that deletes one. `here` is where the
/// page is. If the base can be changed, another menu begins a draft.
pub(in crate::discord) fn list(texts: &Texts, shown: &[GapGroup], page: Page, here: &GapPage, can_teach: bool) -> Card {
    let numbered = || (page.offset() + 1..).zip(shown);
    let mut paragraphs: Vec<String> = numbered().map(|(number, group)| paragraph(texts, number, group)).collect();
    paragraphs.push(format!("{} · {}", page.name(texts), texts.gaps_file(FILE)));
    let options = || {
        numbered().map(|(number, group)| {
            let label = format!("{number}. {}", on_one_line(wording(group)));
            menu_option(&label, &Key::of(&group.group), &texts.asked(group.asked))
        })
    };
    let card = Card::tall(&texts.gaps_title(), &paragraphs.join("\n\n"), BLUE);
    let teach = || Address::Gaps(GapList::Teach(here.clone()));
    let card = if can_teach { card.menu(&teach(), &texts.teach_gap(), options()) } else { card };
    card.menu(&Address::Gaps(GapList::MarkDone(here.clone())), &texts.mark_as_done(), options())
        .menu(&Address::Gaps(GapList::Delete(here.clone())), &texts.delete_for_good(), options())
        .buttons(page.turns(texts, |to| Address::Gaps(GapList::Page(neighbour(shown, page, to)))))
        .private(true)
}

/// The page before or after this one, by the group that it ends before or begins after.
fn neighbour(shown: &[GapGroup], page: Page, to: usize) -> GapPage {
    let key = if to > page.number { shown.last().map(GapGroup::key).map(GapPage::After) } else { None };
    let before = || shown.first().map(GapGroup::key).map(GapPage::Before);
    key.or_else(before).unwrap_or(GapPage::Number(to))
}

/// The most frequent wording, how often and when it was last asked, and some other wordings.
fn paragraph(texts: &Texts, number: usize, group: &GapGroup) -> String {
    let question = line(&on_one_line(wording(group)), MAX_QUESTION);
    let last = texts.last_asked(&format!("<t:{}:R>", group.last_seen.0));
    let mut lines = vec![format!("**{number}.** {question}"), format!("{} · {last}", texts.asked(group.asked))];
    let others = group.wordings.iter().skip(1).take(MAX_OTHERS);
    let others: Vec<String> = others.map(|other| texts.quoted(&line(&on_one_line(other), MAX_OTHER))).collect();
    if !others.is_empty() {
        lines.push(texts.also_asked_as(&others.join(", ")));
    }
    if let Some(link) = group.links.first() {
        lines.push(format!("[{}]({})", texts.where_it_was_asked(), link.url()));
    }
    lines.join("\n")
}

fn wording(group: &GapGroup) -> &str {
    group.wordings.first().map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::texts::english;
    use crate::journal::{Link, Timestamp};

    fn group(number: u64) -> GapGroup {
        GapGroup {
            group: format!("{number:016x}"),
            wordings: vec![format!("who *rings* {number}?"), "the bell?".to_owned()],
            asked: number,
            first_seen: Timestamp(0),
            last_seen: Timestamp(0),
            links: vec![Link { server: Some(1), channel: 2, message: number }],
        }
    }

    #[test]
    fn a_page_has_its_groups_numbered_through_and_can_be_turned() {
        let groups: Vec<GapGroup> = (1..=2).map(group).collect();
        let card = list(english(), &groups, Page::of(12, GROUPS_A_PAGE as usize, 1), &GapPage::Number(1), false);
        assert_eq!(
            json(&card)["embeds"][0]["description"],
            "**6.** who \\*rings\\* 1?\nasked once · last <t:0:R>\nalso “the bell?”\n\
             [Go to where it was asked](https://discord.com/channels/1/2/1)\n\n\
             **7.** who \\*rings\\* 2?\nasked 2 times · last <t:0:R>\nalso “the bell?”\n\
             [Go to where it was asked](https://discord.com/channels/1/2/2)\n\n\
             Page 2 of 3 · gaps.toml has an entry to fill in for each question"
        );
        let menu = vec!["6. who *rings* 1?", "7. who *rings* 2?"];
        assert_eq!(labels(&card), [menu.clone(), menu, vec!["Previous page", "Next page"]]);
        assert_eq!(json(&card)["components"][0]["components"][0]["custom_id"], "gaps:done:1");
        assert_eq!(json(&card)["components"][1]["components"][0]["custom_id"], "gaps:delete:1");
        let turns = &json(&card)["components"][2]["components"];
        assert_eq!(turns[0]["custom_id"], "gaps:page:before:1:0:0000000000000001");
        assert_eq!(turns[1]["custom_id"], "gaps:page:after:2:0:0000000000000002");
    }
}

//! The weekly digest, for the moderators' channel.

use super::draft;
use super::markdown::line;
use super::message::{BLUE, Card};
use super::stats::{helpful, stale_line};
use crate::discord::texts::Texts;
use crate::journal::{BadlyVoted, GapGroup, Timestamp};
use footnote_curation::Change;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::staleness::Stale;
use footnote_knowledge::text::plain::on_one_line;

/// How many of a kind are named, and the longest text of each before escaping. So all of it fits
/// even if every character is escaped.
const SHOWN: usize = 5;
const MAX_TEXT: usize = 80;
const MAX_DRAFT: usize = 120;

/// What there is to say.
#[derive(Debug)]
pub(in crate::discord) struct Digest<'a> {
    /// The unanswered questions that are new, the most asked first.
    pub(in crate::discord) gaps: Vec<GapGroup>,
    /// The entries that did not help, the worst first.
    pub(in crate::discord) votes: Vec<BadlyVoted>,
    /// The drafts that wait for approval, the oldest first.
    pub(in crate::discord) drafts: Vec<Change>,
    /// What is due for review in the base.
    pub(in crate::discord) stale: Vec<Stale<'a>>,
}

impl Digest<'_> {
    /// Whether there is nothing to say.
    pub(in crate::discord) fn is_empty(&self) -> bool {
        self.gaps.is_empty() && self.votes.is_empty() && self.drafts.is_empty() && self.stale.is_empty()
    }
}

/// The card of a digest.
pub(in crate::discord) fn card(texts: &Texts, base: &KnowledgeBase, digest: &Digest<'_>, since: Timestamp) -> Card {
    let Digest { gaps, votes, drafts, stale } = digest;
    let title = |entry: &str| base.entry(entry).map_or_else(|| entry.to_owned(), |entry| entry.question.clone());
    let gap = |group: &GapGroup| format!("{} — {}", text(first(group)), texts.asked(group.asked));
    let vote = |bad: &BadlyVoted| {
        format!("{} — {}", text(&title(&bad.entry)), helpful(texts, bad.helpful, bad.votes, bad.rate))
    };
    let paragraphs = [
        Some(texts.digest_since(&format!("<t:{}:D>", since.0))),
        section(texts, &texts.digest_gaps(gaps.len()), gaps, gap),
        section(texts, &texts.digest_votes(votes.len()), votes, vote),
        section(texts, &texts.digest_drafts(drafts.len()), drafts, |change| {
            line(&draft::title(texts, base, change), MAX_DRAFT)
        }),
        (!stale.is_empty()).then(|| stale_line(texts, stale)),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    Card::tall(&texts.digest_title(), &paragraphs.join("\n\n"), BLUE)
}

/// A headline with the first of its items; `None` if there are none.
fn section<T>(texts: &Texts, head: &str, items: &[T], describe: impl Fn(&T) -> String) -> Option<String> {
    let rest = items.len().saturating_sub(SHOWN);
    let shown = items.iter().take(SHOWN).map(|item| format!("• {}", describe(item)));
    let rest = (rest > 0).then(|| texts.and_more(rest));
    let lines: Vec<String> = [format!("**{head}**")].into_iter().chain(shown).chain(rest).collect();
    (!items.is_empty()).then(|| lines.join("\n"))
}

fn text(text: &str) -> String {
    line(&on_one_line(text), MAX_TEXT)
}

fn first(group: &GapGroup) -> &str {
    group.wordings.first().map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use footnote_evaluation::proportion::Proportion;
    use footnote_knowledge::staleness::stale;

    use super::super::message::tests::json;
    use super::*;
    use crate::discord::fixture::base;
    use crate::discord::texts::english;

    #[test]
    fn a_digest_fits_however_much_there_is_to_say() {
        let hostile = "*".repeat(500);
        let gap = |_| GapGroup {
            group: "00ff".to_owned(),
            wordings: vec![hostile.clone()],
            links: Vec::new(),
            asked: u64::MAX,
            first_seen: Timestamp(0),
            last_seen: Timestamp(0),
        };
        let rate = Proportion::new(1, 9);
        let vote = |_| BadlyVoted { entry: hostile.clone(), helpful: u64::MAX, votes: u64::MAX, rate };
        let full = Digest {
            gaps: (0..99).map(gap).collect(),
            votes: (0..99).map(vote).collect(),
            drafts: (0..99).map(|_| Change::add_phrasing(&hostile, &hostile)).collect(),
            stale: stale(base(), None, "2020".parse().expect("it is a date")),
        };
        let card = json(&card(english(), base(), &full, Timestamp(0)));
        let text = card["embeds"][0]["description"].as_str().expect("it has a text");
        assert!(text.encode_utf16().count() < 4_096 && text.matches("… and 94 more").count() == 3, "{text}");
        assert!(!text.contains("***"), "{text}");
    }
}

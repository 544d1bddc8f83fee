//! How the bot was used in a server: a picture of the weeks, and the figures.

use super::chart;
use super::markdown::line;
use super::message::{BLUE, Card};
use crate::discord::texts::Texts;
use crate::journal::{EntryFigures, Statistics, WeekFigures};
use footnote_evaluation::proportion::Proportion;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::staleness::Stale;

/// How many weeks are spelled out, entries listed, and stale ones named.
const SPELLED_OUT: usize = 2;
const ENTRIES: usize = 5;
const NAMES: usize = 5;
const MAX_QUESTION: usize = 80;
const MAX_NAME: usize = 40;

/// The card of these figures, and of what is due for review.
pub(in crate::discord) fn card(
    texts: &Texts,
    base: &KnowledgeBase,
    statistics: &Statistics,
    stale: &[Stale<'_>],
) -> Card {
    let Statistics { weeks, entries } = statistics;
    let is_empty = weeks.iter().all(|week| week.asked == 0);
    let mut paragraphs = if is_empty {
        vec![texts.nothing_counted(weeks.len())]
    } else {
        let recent = weeks.iter().rev().take(SPELLED_OUT).map(|week| spelled_out(texts, week));
        let recent = recent.chain([texts.stats_legend()]).collect::<Vec<_>>().join("\n");
        let sum = |figure: fn(&WeekFigures) -> u64| weeks.iter().map(figure).sum();
        vec![recent, texts.stats_again(sum(|week| week.asked_again), sum(|week| week.gaps_closed))]
    };
    let most: Vec<String> = entries.iter().take(ENTRIES).map(|entry| about_entry(texts, base, entry)).collect();
    if !most.is_empty() {
        paragraphs.push(format!("**{}**\n{}", texts.stats_entries(), most.join("\n")));
    }
    if !stale.is_empty() {
        paragraphs.push(stale_line(texts, stale));
    }
    let card = Card::new(&texts.stats_title(), &paragraphs.join("\n\n"), BLUE).private(true);
    match chart::weeks(weeks).filter(|_| !is_empty) {
        Some(picture) => card.picture(picture),
        None => card,
    }
}

fn spelled_out(texts: &Texts, week: &WeekFigures) -> String {
    let WeekFigures { begins_at, asked, answered, closest, suggested, unknown, .. } = week;
    let monday = format!("<t:{}:d>", begins_at.0);
    texts.stats_week(&monday, *asked, *answered, *closest, *suggested, *unknown)
}

/// The entry's question, how often it was shown, and how many it helped.
fn about_entry(texts: &Texts, base: &KnowledgeBase, figures: &EntryFigures) -> String {
    let title = base.entry(&figures.entry).map_or(&figures.entry, |entry| &entry.question);
    let shown = texts.stats_shown(figures.shown);
    let votes = figures.helpful + figures.unhelpful;
    let helpful = figures.helpful_rate.map(|rate| helpful(texts, figures.helpful, votes, rate));
    let said: Vec<String> = [shown].into_iter().chain(helpful).collect();
    format!("• {} — {}", line(title, MAX_QUESTION), said.join(", "))
}

/// How many of the votes found an entry helpful, with the interval of that share.
pub(super) fn helpful(texts: &Texts, helpful: u64, votes: u64, rate: Proportion) -> String {
    texts.stats_helpful(helpful, votes, per_cent(rate.low), per_cent(rate.high))
}

/// How much is due for review, with the first names.
pub(super) fn stale_line(texts: &Texts, stale: &[Stale<'_>]) -> String {
    let names = stale.iter().take(NAMES).map(|stale| line(stale.id, MAX_NAME));
    let rest = (stale.len() > NAMES).then(|| texts.and_more(stale.len() - NAMES));
    let names: Vec<String> = names.chain(rest).collect();
    texts.stats_stale(stale.len(), &names.join(", "))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
fn per_cent(share: f64) -> u64 {
    (share * 100.0).round() as u64
}

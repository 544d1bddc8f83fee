//! `stats`: how the bot was used, by week and by entry.

use std::io::{self, Write};

use super::arguments::StatsArguments;
use super::journal::with_store;
use super::outcome::{CommandError, Verdict};
use super::terminal::write_json;
use crate::config::Config;
use crate::journal::{EntryFigures, Statistics, Timestamp, WeekFigures};
use footnote_knowledge::text::plain::on_one_line;

/// How many entries a terminal shows.
const ENTRIES: usize = 20;

const WEEK_COLUMNS: [&str; 8] =
    ["week", "asked", "answered", "closest", "suggested", "unknown", "asked_again", "gaps_closed"];
const ENTRY_COLUMNS: [&str; 8] =
    ["entry", "shown", "asked_again", "helpful", "unhelpful", "helpful_rate", "rate_low", "rate_high"];

pub(super) fn run(arguments: &StatsArguments, config: &Config) -> Result<Verdict, CommandError> {
    let StatsArguments { weeks, server, .. } = *arguments;
    let read = async |store: &crate::journal::Store| Ok(store.statistics(server, weeks, Timestamp::now()).await?);
    let statistics = with_store(config, read)?;
    let mut out = anstream::stdout().lock();
    let written = match arguments {
        StatsArguments { json: true, .. } => write_json(&mut out, &statistics),
        StatsArguments { csv: true, entries: true, .. } => {
            write_csv(&mut out, &ENTRY_COLUMNS, statistics.entries.iter().map(entry_fields))
        }
        StatsArguments { csv: true, .. } => {
            write_csv(&mut out, &WEEK_COLUMNS, statistics.weeks.iter().map(week_fields))
        }
        _ => write_tables(&mut out, &statistics),
    };
    written.and_then(|()| out.flush()).map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

fn week_fields(week: &WeekFigures) -> [String; 8] {
    let WeekFigures { week, asked, answered, closest, suggested, unknown, asked_again, gaps_closed, .. } = week;
    let [asked, answered, closest, suggested, unknown, again, closed] =
        [asked, answered, closest, suggested, unknown, asked_again, gaps_closed].map(u64::to_string);
    [week.clone(), asked, answered, closest, suggested, unknown, again, closed]
}

fn entry_fields(entry: &EntryFigures) -> [String; 8] {
    let EntryFigures { entry, shown, asked_again, helpful, unhelpful, helpful_rate } = entry;
    let [shown, again, helpful, unhelpful] = [shown, asked_again, helpful, unhelpful].map(u64::to_string);
    let rate = helpful_rate.map(|rate| [rate.share, rate.low, rate.high].map(|share| format!("{share:.3}")));
    let [rate, low, high] = rate.unwrap_or_default();
    [entry.clone(), shown, again, helpful, unhelpful, rate, low, high]
}

/// Lines as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) has them, but for their ends.
fn write_csv<const COLUMNS: usize>(
    out: &mut impl Write,
    head: &[&str; COLUMNS],
    lines: impl Iterator<Item = [String; COLUMNS]>,
) -> io::Result<()> {
    writeln!(out, "{}", head.join(","))?;
    for fields in lines {
        writeln!(out, "{}", fields.map(|field| csv_field(&on_one_line(&field))).join(","))?;
    }
    Ok(())
}

fn csv_field(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn write_tables(out: &mut impl Write, statistics: &Statistics) -> io::Result<()> {
    let Statistics { weeks, entries } = statistics;
    writeln!(out, "week        asked  answered  closest  suggested  unknown  again  closed")?;
    for week in weeks {
        let [week, asked, answered, closest, suggested, unknown, again, closed] = week_fields(week);
        writeln!(
            out,
            "{week:<10} {asked:>6} {answered:>9} {closest:>8} {suggested:>10} {unknown:>8} \
             {again:>6} {closed:>7}"
        )?;
    }
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n shown  again  helpful                 entry")?;
    for entry in entries.iter().take(ENTRIES) {
        let EntryFigures { entry: id, shown, asked_again, .. } = entry;
        writeln!(out, "{shown:>6} {asked_again:>6}  {:<22}  {}", helpful(entry), on_one_line(id))?;
    }
    if entries.len() > ENTRIES {
        writeln!(out, "{} more; --csv --entries shows them", entries.len() - ENTRIES)?;
    }
    Ok(())
}

/// How many found it helpful, and the interval of that share.
fn helpful(entry: &EntryFigures) -> String {
    entry.helpful_rate.map_or_else(String::new, |rate| {
        let votes = entry.helpful + entry.unhelpful;
        format!("{} of {votes} ({:.0} to {:.0}%)", entry.helpful, rate.low * 100.0, rate.high * 100.0)
    })
}

//! `import`: questions and answers that exist already become a knowledge base, or a part of one.

use std::io::Write;

use anstyle::Style;

use super::arguments::base::ImportArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_exchange::{Notice, Plan, PlanError, Reading, read};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::without_controls;

const HEADING: Style = Style::new().bold();

pub(super) fn run(arguments: &ImportArguments, config: &Config) -> Result<Verdict, CommandError> {
    let reading = read(&arguments.files, arguments.form)?;
    let mut page = Page(anstream::stdout().lock());
    page.understood(&reading).map_err(CommandError::Io)?;
    let folder = arguments.into.as_deref().unwrap_or(&config.knowledge);
    let plan = match Plan::new(reading, folder, arguments.source.as_deref()) {
        Err(PlanError::Nothing { read, notices }) => {
            page.notices(&notices).map_err(CommandError::Io)?;
            return Err(PlanError::Nothing { read, notices }.into());
        }
        plan => plan?,
    };
    page.notices(&plan.notices).map_err(CommandError::Io)?;
    page.plan(&plan).map_err(CommandError::Io)?;
    if !arguments.consent.given("Write this?")? {
        page.say("nothing is written").map_err(CommandError::Io)?;
        return Ok(if arguments.consent.dry_run { Verdict::Positive } else { Verdict::Negative });
    }
    plan.write()?;
    let folder = folder.display();
    page.say(&format!("\nwritten; next: footnote --knowledge {folder} check")).map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

struct Page<W>(W);

impl<W: Write> Page<W> {
    fn say(&mut self, text: &str) -> std::io::Result<()> {
        let lines: Vec<String> = text.split('\n').map(without_controls).collect();
        writeln!(self.0, "{}", lines.join("\n"))
    }

    fn understood(&mut self, reading: &Reading) -> std::io::Result<()> {
        for part in &reading.parts {
            let questions = counted(part.items.len(), "question");
            self.say(&format!("{}: {}, {questions}; {}", part.files, part.format, part.understood))?;
        }
        Ok(())
    }

    fn notices(&mut self, notices: &[Notice]) -> std::io::Result<()> {
        for (title, is_left_out) in [("Left out", true), ("Not the same as it was", false)] {
            let mut chosen = notices.iter().filter(|notice| notice.is_left_out == is_left_out).peekable();
            if chosen.peek().is_some() {
                writeln!(self.0, "\n{HEADING}{title}{HEADING:#}")?;
            }
            for notice in chosen {
                self.say(&format!("  {}: {}", notice.place, notice.text))?;
            }
        }
        Ok(())
    }

    fn plan(&mut self, plan: &Plan) -> std::io::Result<()> {
        let (entries, read) = (plan.entries, counted(plan.read, "question"));
        let folder = without_controls(&plan.folder().display().to_string());
        writeln!(self.0, "\n{HEADING}To be written into {folder}{HEADING:#}")?;
        let ids: Vec<String> = plan.sources.iter().map(|id| format!("`{id}`")).collect();
        let ids = ids.join(", ");
        let sources = if plan.sources.len() == 1 { "source" } else { "sources" };
        if plan.adds_source() {
            self.say(&format!("  sources.toml: at its end, the {sources} {ids}"))?;
        }
        for file in &plan.files {
            let what = match file.entries {
                0 => format!("the {sources} {ids}"),
                entries => counted(entries, "entry"),
            };
            self.say(&format!("  {} (new): {what}", file.name))?;
        }
        let cited = if plan.are_sources_new { String::new() } else { format!(", which cite {ids}") };
        self.say(&format!("{} from {read}{cited}", counted(entries, "entry")))?;
        if plan.are_sources_new {
            let file = if plan.sources.len() == 1 { "source is only the file" } else { "sources are only the files" };
            self.say(&format!("the new {file}: write in sources.toml what the answers rest on"))?;
        }
        Ok(())
    }
}

//! Spreadsheets: a row for each question.

use csv::{ReaderBuilder, StringRecord};

use crate::columns::{Role, several};
use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError};

/// Which column has which role.
pub(crate) struct Columns {
    roles: Vec<Option<Role>>,
    names: Vec<String>,
    pub(crate) has_header: bool,
}

impl Columns {
    /// By the names in the first row, or, if these say nothing, the first two columns.
    fn of(first: &StringRecord) -> Option<Self> {
        let names: Vec<String> = first.iter().map(|name| name.trim().to_owned()).collect();
        let mut roles: Vec<Option<Role>> = names.iter().map(|name| Role::of(name)).collect();
        for place in 1..roles.len() {
            // A second column of the same kind is not the question or the answer.
            if let Some(role) = roles[place].filter(|role| roles[..place].contains(&Some(*role))) {
                roles[place] = (role == Role::Question).then_some(Role::Phrasings);
            }
        }
        let has = |role| roles.contains(&Some(role));
        if has(Role::Question) && has(Role::Answer) {
            return Some(Self { roles, names, has_header: true });
        }
        (names.len() >= 2 && roles.iter().all(Option::is_none)).then(|| {
            let by_place = [Some(Role::Question), Some(Role::Answer)];
            let roles = (0..names.len()).map(|place| by_place.get(place).copied().flatten()).collect();
            Self { roles, names, has_header: false }
        })
    }

    fn cells<'r>(&'r self, row: &'r StringRecord, role: Role) -> impl Iterator<Item = &'r str> {
        let cells = self.roles.iter().zip(row).filter(move |(own, _)| **own == Some(role));
        cells.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn cell<'r>(&'r self, row: &'r StringRecord, role: Role) -> Option<&'r str> {
        self.cells(row, role).next()
    }

    fn described(&self) -> String {
        if !self.has_header {
            return "no row of names that are known: the first column is the question, the second \
                the answer"
                .to_owned();
        }
        let all = self.roles.iter().zip(&self.names);
        let (used, unused): (Vec<_>, Vec<_>) = all.partition(|(role, _)| role.is_some());
        let used = used.iter().filter_map(|(role, name)| role.map(|role| format!("{} = “{name}”", role.name())));
        let mut described = used.collect::<Vec<_>>().join(", ");
        if !unused.is_empty() {
            let names: Vec<String> = unused.iter().map(|(_, name)| format!("“{name}”")).collect();
            described = format!("{described}; not used: {}", names.join(", "));
        }
        described
    }
}

pub(crate) fn read(input: &Input, format: Format) -> Result<Part, ReadError> {
    let (columns, rows) = rows(input, format)?;
    let mut part = Part::of(input, format, columns.described());
    for (line, row) in rows {
        let question = columns.cell(&row, Role::Question).unwrap_or_default().to_owned();
        let place = Place { file: input.path.clone(), line: Some(line), what: question.clone() };
        let mut item = Item::new(place.clone(), question, String::new());
        item.id = columns.cell(&row, Role::Id).map(str::to_owned);
        item.url = columns.cell(&row, Role::Url).map(str::to_owned);
        item.image = columns.cell(&row, Role::Image).map(str::to_owned);
        item.topic = columns.cell(&row, Role::Topic).map(str::to_owned);
        item.phrasings = columns.cells(&row, Role::Phrasings).flat_map(several).collect();
        item.keywords =
            columns.cells(&row, Role::Keywords).flat_map(|cell| several(&cell.replace([',', ';'], "|"))).collect();
        let answer = columns.cell(&row, Role::Answer).unwrap_or_default();
        adapted(answer, Flow::Lines).put_into(&mut item, &mut part.notices);
        // What is beside the columns has no name, and so no meaning.
        for cell in row.iter().skip(columns.roles.len()).filter(|cell| !cell.trim().is_empty()) {
            let text = format!("there is a cell beyond the last column, which is left out: {cell}");
            part.notices.push(Notice::changed(&place, text));
        }
        part.items.push(item);
    }
    Ok(part)
}

/// The columns, and the rows with their lines, without those that are empty.
fn rows(input: &Input, format: Format) -> Result<(Columns, Vec<(usize, StringRecord)>), ReadError> {
    let malformed = |reason: String| ReadError::Malformed { path: input.path.clone(), format, reason };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&input.text, format))
        .from_reader(input.text.as_bytes());
    let mut rows = Vec::new();
    let mut columns = None;
    for row in reader.records() {
        let row = row.map_err(|error| malformed(error.to_string()))?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        if columns.is_none() {
            let found = Columns::of(&row).ok_or_else(|| {
                let names: Vec<String> = row.iter().map(|name| format!("“{}”", name.trim())).collect();
                let needed = "it needs a column `question` and a column `answer`";
                let help = format!("{needed}, and has {}", names.join(", "));
                ReadError::NoQuestions { path: input.path.clone(), help }
            })?;
            if !found.has_header {
                rows.push((line, row));
            }
            columns = Some(found);
            continue;
        }
        rows.push((line, row));
    }
    let help = || "the file is empty".to_owned();
    let columns = columns.ok_or_else(|| ReadError::NoQuestions { path: input.path.clone(), help: help() })?;
    Ok((columns, rows))
}

/// Commas, unless the first line has more semicolons or tabs, as spreadsheets write where the comma
/// is the decimal sign.
fn delimiter(text: &str, format: Format) -> u8 {
    if format == Format::Tsv {
        return b'\t';
    }
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

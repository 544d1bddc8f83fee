//! `eval --curve`: a picture of right answers against wrong ones as `answer_at` changes.
//!
//! A lower threshold gives more answers and more mistakes. The curve shows a curator the point
//! beyond which more answers cost too many mistakes.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use time::OffsetDateTime;

use super::report::Partial;
use footnote_evaluation::Judged;
use footnote_evaluation::threshold::{Point, confidences};
use footnote_knowledge::text::plain::on_one_line;
use footnote_search::reply::Thresholds;

const SIZE: (u32, u32) = (900, 600);
const FONT: (&str, u32) = ("sans-serif", 16);
const HEADING: (&str, u32) = ("sans-serif", 20);
/// A label at every tenth of confidence.
const LABELS: u8 = 10;
/// Labels closer than this share of an axis would cover each other.
const CLOSEST_LABELS: f64 = 0.035;

/// What the picture is of.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) set: String,
    pub(super) base: String,
    pub(super) partial: Option<Partial>,
}

/// The picture cannot be made or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CurveError {
    #[error("cannot write the curve to `{}`", path.display())]
    Unwritable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("cannot draw the curve: {0}")]
    Drawing(String),
}

/// Finds out whether the picture can be written, before the work that it shows is done.
///
/// # Errors
///
/// [`CurveError`] if it cannot.
pub(super) fn check_writable(path: &Path) -> Result<(), CurveError> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened.map_err(|source| CurveError::Unwritable { path: path.to_owned(), source })?;
    Ok(())
}

/// Draws the curve as an SVG file.
///
/// # Errors
///
/// [`CurveError`] if the file cannot be written.
pub(super) fn draw(path: &Path, judged: &[Judged], thresholds: Thresholds, title: &Title) -> Result<(), CurveError> {
    let mut picture = String::new();
    plot(&mut picture, judged, thresholds, title).map_err(|error| CurveError::Drawing(error.to_string()))?;
    fs::write(path, picture).map_err(|source| CurveError::Unwritable { path: path.to_owned(), source })
}

/// The corners of the staircase, from answering nothing to answering all: at each confidence first
/// to the right by what is wrong, then up by what is right.
fn staircase(judged: &[Judged]) -> Vec<(usize, usize)> {
    let mut corners = vec![(0, 0)];
    let mut right = 0;
    for answer_at in confidences(judged) {
        let point = Point::new(judged, answer_at);
        corners.extend([(point.wrong, right), (point.wrong, point.right)]);
        right = point.right;
    }
    corners
}

fn plot(
    picture: &mut String,
    judged: &[Judged],
    thresholds: Thresholds,
    title: &Title,
) -> Result<(), Box<dyn std::error::Error>> {
    let corners = staircase(judged);
    let most_wrong = corners.iter().map(|(wrong, _)| *wrong).max().unwrap_or(0) + 1;
    let answerable = judged.iter().filter(|one| one.has_answer).count();
    let root = SVGBackend::with_string(picture, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let root = root.titled("Right and wrong answers as answer_at changes", HEADING)?;
    let root = root.titled(&caption(title), FONT)?;
    let mut chart = ChartBuilder::on(&root)
        .margin(20)
        .x_label_area_size(45)
        .y_label_area_size(65)
        .build_cartesian_2d(0..most_wrong, 0..answerable + 1)?;
    chart
        .configure_mesh()
        .x_desc(format!("wrong answers, to {} questions", judged.len()))
        .y_desc(format!("right answers, of {answerable} questions that have one"))
        .axis_desc_style(FONT)
        .label_style(FONT)
        .draw()?;
    chart.draw_series(LineSeries::new(corners, &BLUE))?;
    // A label lies below its point, on the side where there is room.
    let side = |point: &Point| if 2 * point.wrong > most_wrong { (HPos::Right, -6) } else { (HPos::Left, 8) };
    for (point, label) in labels(judged, most_wrong, answerable + 1) {
        let (side, offset) = side(&point);
        let style = FONT.into_font().color(&BLUE).pos(Pos::new(side, VPos::Center));
        let text = Text::new(label, (offset, 10), style);
        let place = (point.wrong, point.right);
        chart.draw_series([EmptyElement::at(place) + Circle::new((0, 0), 3, BLUE.filled()) + text])?;
    }
    let current = Point::new(judged, thresholds.answer_at);
    let label = format!(
        "answer_at = {}: {} right, {} wrong, {} refused rightly",
        current.answer_at, current.right, current.wrong, current.refused
    );
    let (side, offset) = side(&current);
    let text = Text::new(label, (offset, 30), FONT.into_font().color(&RED).pos(Pos::new(side, VPos::Center)));
    let place = (current.wrong, current.right);
    chart.draw_series([EmptyElement::at(place) + Circle::new((0, 0), 6, RED) + text])?;
    root.present()?;
    Ok(())
}

fn caption(title: &Title) -> String {
    let Title { set, base, partial } = title;
    let partial = partial.map_or_else(String::new, |part| format!(" (only {} of {})", part.asked, part.of));
    let date = OffsetDateTime::now_utc().date();
    format!("{}{partial} · base: {} · {date}", on_one_line(set), on_one_line(base))
}

/// The points at tenths of confidence, each with its label; those that would lie on one another
/// have one label.
fn labels(judged: &[Judged], width: usize, height: usize) -> Vec<(Point, String)> {
    let mut labels: Vec<(Point, String, String)> = Vec::new();
    for tenth in (0..=LABELS).rev() {
        let at = f32::from(tenth) / f32::from(LABELS);
        let point = Point::new(judged, at);
        match labels.last_mut() {
            Some((last, _, lowest)) if is_close(last, &point, width, height) => *lowest = format!("{at:.1}"),
            _ => labels.push((point, format!("{at:.1}"), format!("{at:.1}"))),
        }
    }
    let text = |highest: String, lowest: String| {
        if highest == lowest { highest } else { format!("{highest} to {lowest}") }
    };
    labels.into_iter().map(|(point, highest, lowest)| (point, text(highest, lowest))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "question sets are far smaller than 2^52")]
fn is_close(one: &Point, other: &Point, width: usize, height: usize) -> bool {
    let apart = |a: usize, b: usize, whole: usize| a.abs_diff(b) as f64 / whole as f64;
    apart(one.wrong, other.wrong, width) < CLOSEST_LABELS && apart(one.right, other.right, height) < CLOSEST_LABELS
}

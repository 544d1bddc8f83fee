//! `eval --curve`: a picture of right answers against wrong ones as `answer_at` changes.
//!
//! A lower threshold gives more answers and more mistakes. The curve shows a curator the point
//! beyond which more answers cost too many mistakes.

use std::path::{Path, PathBuf};

use plotters::prelude::*;

use footnote_evaluation::Judged;
use footnote_evaluation::threshold::Point;
use footnote_search::reply::Thresholds;

const SIZE: (u32, u32) = (900, 600);
/// The number of steps of the curve: a point at every hundredth of confidence, a label at every
/// tenth.
const STEPS: u16 = 100;
const LABEL_EVERY: u16 = 10;
const FONT: (&str, u32) = ("sans-serif", 16);

/// The picture cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the curve to `{}`: {reason}", path.display())]
pub(crate) struct CurveError {
    path: PathBuf,
    reason: String,
}

/// Draws the curve as an SVG file.
///
/// # Errors
///
/// [`CurveError`] if the file cannot be written.
pub(super) fn draw(path: &Path, judged: &[Judged], thresholds: Thresholds) -> Result<(), CurveError> {
    let drawn = plot(path, judged, thresholds);
    drawn.map_err(|error| CurveError { path: path.to_owned(), reason: error.to_string() })
}

fn plot(path: &Path, judged: &[Judged], thresholds: Thresholds) -> Result<(), Box<dyn std::error::Error>> {
    let points: Vec<Point> = (0..=STEPS).map(|step| Point::new(judged, f32::from(step) / f32::from(STEPS))).collect();
    let current = Point::new(judged, thresholds.answer_at);
    let most_wrong = points.iter().map(|point| point.wrong).max().unwrap_or(0) + 1;
    let asked = judged.iter().filter(|one| one.has_answer).count();
    let root = SVGBackend::new(path, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption("Right and wrong answers as answer_at changes", FONT)
        .margin(20)
        .x_label_area_size(45)
        .y_label_area_size(55)
        .build_cartesian_2d(0..most_wrong, 0..asked + 1)?;
    chart.configure_mesh().x_desc("wrong answers").y_desc("right answers").draw()?;
    chart.draw_series(LineSeries::new(points.iter().map(|point| (point.wrong, point.right)), &BLUE))?;
    for (step, point) in points.iter().enumerate().filter(|(step, _)| step % usize::from(LABEL_EVERY) == 0) {
        let shown = f32::from(u16::try_from(step)?) / f32::from(STEPS);
        let place = (point.wrong, point.right);
        chart.draw_series([Circle::new(place, 3, BLUE.filled())])?;
        chart.draw_series([EmptyElement::at(place) + Text::new(format!("{shown:.1}"), (6, 2), FONT)])?;
    }
    let place = (current.wrong, current.right);
    let label = format!("answer_at = {}", current.answer_at);
    chart.draw_series([EmptyElement::at(place) + Circle::new((0, 0), 6, RED) + Text::new(label, (10, -18), FONT)])?;
    root.present()?;
    Ok(())
}

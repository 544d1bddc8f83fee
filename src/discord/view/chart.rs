//! A picture of the weeks as Discord shows it: a bar for each week, with a part for each outcome.
//!
//! Discord shows no SVG, and a host may have no fonts. So the picture is a PNG, and the few
//! characters in it are drawn here: numbers need no language either.

use std::error::Error;

use plotters::coord::Shift;
use plotters::prelude::*;

use super::file::File;
use crate::journal::WeekFigures;

const NAME: &str = "weeks.png";
const WIDTH: u32 = 720;
const HEIGHT: u32 = 300;

/// The edges of the area of the bars, in pixels.
const LEFT: i32 = 64;
const RIGHT: i32 = 708;
const TOP: i32 = 20;
const BOTTOM: i32 = 260;

/// Readable on Discord's dark and light backgrounds.
const BACKGROUND: RGBColor = RGBColor(0x2B, 0x2D, 0x31);
const LINE: RGBColor = RGBColor(0x4E, 0x50, 0x58);
const TEXT: RGBColor = RGBColor(0xDB, 0xDE, 0xE1);
/// The colours of the squares in the legend: answered, nearest entry, choices offered, no answer.
const PARTS: [RGBColor; 4] =
    [RGBColor(0x78, 0xB1, 0x59), RGBColor(0x55, 0xAC, 0xEE), RGBColor(0xFD, 0xCB, 0x58), RGBColor(0xDD, 0x2E, 0x44)];

/// How many pixels a dot of a character is wide and high.
const DOT: i32 = 2;
/// How many dots a character takes, with the space behind it.
const ADVANCE: i32 = 6;
const GLYPH_HEIGHT: i32 = 7;

/// The digits, the stop and the minus sign, in rows of five dots.
const GLYPHS: [(char, [u8; 7]); 12] = [
    ('0', [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110]),
    ('1', [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('2', [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111]),
    ('3', [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110]),
    ('4', [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010]),
    ('5', [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110]),
    ('6', [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110]),
    ('7', [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000]),
    ('8', [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110]),
    ('9', [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100]),
    ('.', [0, 0, 0, 0, 0, 0b01100, 0b01100]),
    ('-', [0, 0, 0, 0b11111, 0, 0, 0]),
];

type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

/// The picture; `None` if it cannot be drawn, and then the text has all that is in it.
pub(super) fn weeks(weeks: &[WeekFigures]) -> Option<File> {
    match draw(weeks) {
        Ok(png) => Some(File::picture(NAME, png)),
        Err(error) => {
            tracing::warn!(error, "cannot draw a picture");
            None
        }
    }
}

fn draw(weeks: &[WeekFigures]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut pixels = vec![0; (WIDTH * HEIGHT * 3) as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (WIDTH, HEIGHT)).into_drawing_area();
        area.fill(&BACKGROUND)?;
        let top = round_up(weeks.iter().map(|week| week.asked).max().unwrap_or_default());
        for value in [0, top / 2, top] {
            let y = height_of(value, top);
            area.draw(&PathElement::new([(LEFT, y), (RIGHT, y)], LINE))?;
            let label = value.to_string();
            write(&area, &label, LEFT - 8 - width_of(&label), y - GLYPH_HEIGHT * DOT / 2)?;
        }
        let step = (RIGHT - LEFT) / i32::try_from(weeks.len().max(1))?;
        for (number, week) in (0..).zip(weeks) {
            let left = LEFT + number * step;
            bar(&area, week, (left + step / 6, left + step - step / 6), top)?;
            let label = week_label(&week.week);
            write(&area, &label, left + (step - width_of(&label)) / 2, BOTTOM + 12)?;
        }
        area.present()?;
    }
    encode(&pixels)
}

/// The parts of a week, one on the other.
fn bar(area: &Area<'_>, week: &WeekFigures, (left, right): (i32, i32), top: u64) -> Result<(), Box<dyn Error>> {
    let parts = [week.answered, week.closest, week.suggested, week.unknown];
    let mut below = 0;
    for (part, colour) in parts.into_iter().zip(PARTS) {
        if part > 0 {
            let corners = [(left, height_of(below + part, top)), (right, height_of(below, top))];
            area.draw(&Rectangle::new(corners, colour.filled()))?;
        }
        below += part;
    }
    Ok(())
}

/// Where a value is, from the top of the picture.
fn height_of(value: u64, top: u64) -> i32 {
    let height = (BOTTOM - TOP).unsigned_abs();
    let above = u64::from(height) * value / top.max(1);
    BOTTOM - i32::try_from(above).unwrap_or(BOTTOM - TOP)
}

/// The next even number of one leading digit, so that half of it is a whole number too.
fn round_up(value: u64) -> u64 {
    let magnitude = 10_u64.pow(value.max(1).ilog10());
    (value.div_ceil(magnitude) * magnitude).next_multiple_of(2).max(2)
}

/// The day and the month of a date, `23.11` for `2026-11-23`.
fn week_label(date: &str) -> String {
    let mut parts = date.rsplit('-');
    let (day, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{day}.{month}")
}

fn width_of(text: &str) -> i32 {
    i32::try_from(text.len()).unwrap_or_default() * ADVANCE * DOT - DOT
}

fn write(area: &Area<'_>, text: &str, left: i32, top: i32) -> Result<(), Box<dyn Error>> {
    for (place, character) in (0..).zip(text.chars()) {
        let Some((_, rows)) = GLYPHS.iter().find(|(known, _)| *known == character) else { continue };
        for (row, dots) in (0..).zip(rows) {
            for column in (0..5).filter(|column| dots >> (4 - column) & 1 == 1) {
                let (x, y) = (left + (place * ADVANCE + column) * DOT, top + row * DOT);
                area.draw(&Rectangle::new([(x, y), (x + DOT, y + DOT)], TEXT.filled()))?;
            }
        }
    }
    Ok(())
}

fn encode(pixels: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_even_number() {
        assert_eq!([0, 1, 7, 10, 11, 99, 101, 2_345].map(round_up), [2, 2, 8, 10, 20, 100, 200, 3_000]);
    }

    #[test]
    fn a_bar_is_as_high_as_its_share_of_the_scale() {
        assert_eq!([height_of(0, 20), height_of(10, 20), height_of(20, 20)], [BOTTOM, i32::midpoint(TOP, BOTTOM), TOP]);
    }
}

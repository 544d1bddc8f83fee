//! Which tags in a text are markup, and what stands there instead.
//!
//! A program that shows HTML has shown each tag as markup. In a cell or a record, only a tag whose
//! element has an end is: “use `<div>` here” speaks of the tag. On Discord none is.

use std::ops::Range;

use super::flow::Flow;
use super::html::{self, Named, Tag};
use super::splice::{Instead, Splice, is_absolute};

/// A known tag in a text.
struct Mark {
    at: Range<usize>,
    named: Named,
}

/// The tags of a text, in their order.
pub(super) struct Elements<'t> {
    text: &'t str,
    flow: Flow,
    marks: Vec<Mark>,
}

impl<'t> Elements<'t> {
    pub(super) fn new(text: &'t str, flow: Flow) -> Self {
        Self { text, flow, marks: Vec::new() }
    }

    /// Looks at a piece of HTML that is at a place of the text.
    pub(super) fn look(&mut self, html: &str, at: &Range<usize>) {
        for range in html::tags(html) {
            let place = at.start + range.start..at.start + range.end;
            let Some(raw) = self.text.get(place.clone()) else { continue };
            if let Some(named) = html::tag(raw) {
                self.marks.push(Mark { at: place, named });
            }
        }
    }

    /// What is replaced.
    pub(super) fn splices(self) -> Vec<Splice> {
        if self.flow == Flow::Discord {
            return self.lone_breaks();
        }
        let ends = self.ends();
        let mut starts = vec![None; self.marks.len()];
        for (start, end) in ends.iter().enumerate().filter_map(|(start, end)| Some((start, (*end)?))) {
            starts[end] = Some(start);
        }
        let mut splices = Vec::new();
        let mut link_end = 0;
        for (place, mark) in self.marks.iter().enumerate() {
            let is_paired = ends[place].or(starts[place]).is_some();
            let is_void = matches!(mark.named.tag, Tag::Break | Tag::Comment | Tag::Image(..));
            if self.flow == Flow::Lines && !is_paired && !is_void {
                continue;
            }
            // Of an element that has both tags, the first is named.
            let is_named = starts[place].is_none();
            let start = starts[place].map(|start| &self.marks[start].named.tag);
            let raw = &self.text[mark.at.clone()];
            if let (Tag::Link(_), Some(end)) = (&mark.named.tag, ends[place]) {
                link_end = end;
            }
            let instead = match &mark.named.tag {
                Tag::Image(alt, url) if place < link_end => Instead::picture_within_link(alt, url),
                _ => instead(raw, &mark.named, start, ends[place].is_some(), is_named),
            };
            splices.push(Splice { at: mark.at.clone(), instead });
        }
        splices
    }

    /// Which tag ends which: the place of the end, for each tag that has one.
    fn ends(&self) -> Vec<Option<usize>> {
        let mut ends = vec![None; self.marks.len()];
        let mut open: Vec<usize> = Vec::new();
        for (place, Mark { named, .. }) in self.marks.iter().enumerate() {
            if !named.is_end {
                open.push(place);
            } else if let Some(at) = open.iter().rposition(|start| self.marks[*start].named.name == named.name) {
                ends[open[at]] = Some(place);
                open.truncate(at);
            }
        }
        ends
    }

    /// Those who write for Discord mean nothing but a line break by `<br>` alone on a line.
    fn lone_breaks(&self) -> Vec<Splice> {
        let is_alone = |mark: &&Mark| {
            let before = self.text[..mark.at.start].rsplit('\n').next().unwrap_or_default();
            let after = self.text[mark.at.end..].split('\n').next().unwrap_or_default();
            mark.named.tag == Tag::Break && before.trim().is_empty() && after.trim().is_empty()
        };
        let lost = || Some("`<br>` becomes a line break".to_owned());
        let lone = self.marks.iter().filter(is_alone);
        lone.map(|mark| Splice { at: mark.at.clone(), instead: Instead::lost(String::new(), lost()) }).collect()
    }
}

/// What stands instead of a tag. `start` is the one that began the element which it ends.
fn instead(raw: &str, named: &Named, start: Option<&Tag>, has_end: bool, is_named: bool) -> Instead {
    let lost = || is_named.then(|| format!("the HTML `<{}>` is left out", named.name));
    match (&named.tag, start) {
        (Tag::Break, _) => Instead::Text("\n".to_owned()),
        (Tag::Marks(marks), _) => Instead::Text((*marks).to_owned()),
        (Tag::Item, _) if named.is_end => Instead::Text(String::new()),
        (Tag::Item, _) => Instead::Line { ends: 1, text: "- ", lost: None },
        (Tag::Block(ends), _) if named.name == "ul" => Instead::Line { ends: *ends, text: "", lost: None },
        (Tag::Block(ends), _) => Instead::Line { ends: *ends, text: "", lost: lost() },
        (Tag::Inline, _) => Instead::lost(String::new(), lost()),
        (Tag::Comment, _) => {
            let comment = raw.trim_start_matches("<!--").trim_end_matches("-->").trim();
            Instead::lost(String::new(), Some(format!("a comment is left out: {comment}")))
        }
        (Tag::Image(alt, url), _) => Instead::Image(alt.clone(), url.clone()),
        (Tag::Link(_), Some(Tag::Link(url))) if is_absolute(url) => Instead::Text(format!("]({url})")),
        (Tag::Link(_), Some(Tag::Link(url))) if url.is_empty() => Instead::Text(String::new()),
        (Tag::Link(_), Some(Tag::Link(url))) => match url.strip_prefix('#') {
            Some(anchor) => Instead::Anchor(anchor.to_owned()),
            None => Instead::Relative(url.clone()),
        },
        (Tag::Link(url), _) if has_end && is_absolute(url) => Instead::Text("[".to_owned()),
        (Tag::Link(url), _) if has_end && !url.is_empty() => Instead::Text(String::new()),
        (Tag::Link(url), _) if url.is_empty() => Instead::lost(String::new(), lost()),
        (Tag::Link(url), _) => Instead::lost(String::new(), Some(format!("a link without an end is left out: {url}"))),
    }
}

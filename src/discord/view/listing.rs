//! Lists that are too long for one card: pages, and the buttons that turn them.

use serenity::all::CreateButton;

use super::address::Address;
use super::message::{button, primary_button};
use crate::discord::texts::Texts;

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) struct Page {
    /// The page number, counted from 0.
    pub(super) number: usize,
    /// How many pages there are, at least 1.
    pub(super) count: usize,
    size: usize,
    offset: usize,
}

impl Page {
    /// A page of a list of `items`. After the end it is the last page.
    pub(in crate::discord) fn of(items: usize, size: usize, wanted: usize) -> Self {
        let count = items.div_ceil(size).max(1);
        let number = wanted.min(count - 1);
        Self { number, count, size, offset: number * size }
    }

    /// The page of a list of `items` that begins after `before` of them, at most all. If the list
    /// has changed while it was read, the page before may be shorter.
    pub(in crate::discord) fn after(before: usize, items: usize, size: usize) -> Self {
        let number = before.div_ceil(size);
        Self { number, count: number + (items - before).div_ceil(size).max(1), size, offset: before }
    }

    /// How many items come before it.
    pub(in crate::discord) fn offset(self) -> usize {
        self.offset
    }

    /// Those of all items that are on it.
    pub(in crate::discord) fn items<T>(self, all: &[T]) -> &[T] {
        &all[self.offset().min(all.len())..(self.offset() + self.size).min(all.len())]
    }

    /// The page number as members read it.
    pub(super) fn name(self, texts: &Texts) -> String {
        texts.page(self.number + 1, self.count)
    }

    /// The buttons that turn to the previous and next pages. `address` gives their addresses.
    pub(super) fn turns(self, texts: &Texts, address: impl Fn(usize) -> Address) -> Vec<CreateButton> {
        let mut buttons = Vec::with_capacity(2);
        if self.number > 0 {
            buttons.push(button(&address(self.number - 1), &texts.previous_page()));
        }
        if self.number + 1 < self.count {
            buttons.push(primary_button(&address(self.number + 1), &texts.next_page()));
        }
        buttons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::texts::english;

    #[test]
    fn a_list_has_at_least_one_page_and_none_after_its_end() {
        let page = |items, wanted| Page::of(items, 10, wanted).name(english());
        assert_eq!([page(0, 0), page(10, 0), page(10, 7)], ["Page 1 of 1"; 3].map(str::to_owned));
        assert_eq!(page(11, usize::MAX), "Page 2 of 2");
        let all: Vec<usize> = (0..11).collect();
        assert_eq!(Page::of(11, 10, 1).items(&all), [10]);
        let after = Page::after(3, 14, 10);
        assert_eq!((after.name(english()), after.offset()), ("Page 2 of 3".to_owned(), 3));
        assert_eq!(Page::after(10, 10, 10).name(english()), "Page 2 of 2");
        assert_eq!(Page::of(0, 10, 1).items(&all[..0]), [0_usize; 0]);
    }
}

//! How much memory a value takes beside its own fields: what a process with many bases goes by.
//!
//! It is counted from the collections themselves, so it does not matter which thread has built
//! them. What is shared by several values is counted where one of them says so, and never twice.

use std::collections::{HashMap, HashSet};
use std::mem::size_of;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Location;
use crate::partial_date::PartialDate;
use crate::toml_file::Located;

/// The head of a block, and the unit of its size, as in most allocators for 64 bits.
const HEAD: usize = 8;
const UNIT: usize = 16;
const SMALLEST: usize = 32;

/// A value that may hold memory elsewhere.
pub trait HeapBytes {
    /// The bytes that it holds elsewhere, with what the allocator needs for them.
    fn heap_bytes(&self) -> usize;
}

/// What a block of this size takes; nothing if it is empty.
#[must_use]
pub fn block(size: usize) -> usize {
    if size == 0 { 0 } else { (size + HEAD).next_multiple_of(UNIT).max(SMALLEST) }
}

/// Says of a type which of its fields hold memory. All have to be named: those behind `but` hold
/// none, or share it with others that are counted.
#[macro_export]
macro_rules! heap_bytes {
    ($type:ty { $($field:ident),* } $(but $($other:ident),+)?) => {
        impl $crate::memory::HeapBytes for $type {
            fn heap_bytes(&self) -> usize {
                let Self { $($field,)* $($($other: _,)+)? } = self;
                0 $(+ $crate::memory::HeapBytes::heap_bytes($field))*
            }
        }
    };
}

/// Says of types that their values hold no memory elsewhere.
#[macro_export]
macro_rules! no_heap_bytes {
    ($($type:ty),+) => {
        $(impl $crate::memory::HeapBytes for $type {
            fn heap_bytes(&self) -> usize {
                0
            }
        })+
    };
}

no_heap_bytes!(bool, char, u8, u16, u32, u64, usize, i16, i64, f32, f64, PartialDate);

fn inside<'a, T: HeapBytes + 'a>(items: impl IntoIterator<Item = &'a T>) -> usize {
    items.into_iter().map(HeapBytes::heap_bytes).sum()
}

/// What a table of the standard library takes with this capacity: a power of two of places, of
/// which an eighth stays free, and a byte for each.
fn table(capacity: usize, item: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    let places = if capacity < 8 { (capacity + 1).next_power_of_two() } else { (capacity * 8 / 7).next_power_of_two() };
    block(places * (item + 1) + UNIT)
}

impl HeapBytes for String {
    fn heap_bytes(&self) -> usize {
        block(self.capacity())
    }
}

impl HeapBytes for PathBuf {
    fn heap_bytes(&self) -> usize {
        block(self.capacity())
    }
}

impl HeapBytes for Box<str> {
    fn heap_bytes(&self) -> usize {
        block(self.len())
    }
}

/// One that is shared is counted by whoever asks.
impl HeapBytes for Arc<str> {
    fn heap_bytes(&self) -> usize {
        block(self.len() + 2 * size_of::<usize>())
    }
}

impl<T: HeapBytes> HeapBytes for Arc<T> {
    fn heap_bytes(&self) -> usize {
        block(size_of::<T>() + 2 * size_of::<usize>()) + (**self).heap_bytes()
    }
}

impl<T: HeapBytes> HeapBytes for Option<T> {
    fn heap_bytes(&self) -> usize {
        self.as_ref().map_or(0, HeapBytes::heap_bytes)
    }
}

impl<T: HeapBytes> HeapBytes for Vec<T> {
    fn heap_bytes(&self) -> usize {
        block(self.capacity() * size_of::<T>()) + inside(self)
    }
}

impl<T: HeapBytes> HeapBytes for Box<[T]> {
    fn heap_bytes(&self) -> usize {
        block(self.len() * size_of::<T>()) + inside(&**self)
    }
}

impl<T: HeapBytes, const N: usize> HeapBytes for [T; N] {
    fn heap_bytes(&self) -> usize {
        inside(self)
    }
}

impl<A: HeapBytes, B: HeapBytes> HeapBytes for (A, B) {
    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes() + self.1.heap_bytes()
    }
}

impl<A: HeapBytes, B: HeapBytes, C: HeapBytes> HeapBytes for (A, B, C) {
    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes() + self.1.heap_bytes() + self.2.heap_bytes()
    }
}

impl<K: HeapBytes, V: HeapBytes, S> HeapBytes for HashMap<K, V, S> {
    fn heap_bytes(&self) -> usize {
        table(self.capacity(), size_of::<(K, V)>()) + inside(self.keys()) + inside(self.values())
    }
}

impl<T: HeapBytes, S> HeapBytes for HashSet<T, S> {
    fn heap_bytes(&self) -> usize {
        table(self.capacity(), size_of::<T>()) + inside(self)
    }
}

/// Without its place: the file belongs to the whole base.
impl<T: HeapBytes> HeapBytes for Located<T> {
    fn heap_bytes(&self) -> usize {
        self.value.heap_bytes()
    }
}

/// The files that these places are in, each once.
#[must_use]
pub fn files<'a>(places: impl Iterator<Item = &'a Location>) -> usize {
    let mut seen = HashSet::new();
    let new = places.filter(|place| seen.insert(Arc::as_ptr(&place.file)));
    new.map(|place| place.file.text.heap_bytes() + place.file.path.heap_bytes() + block(size_of::<[usize; 8]>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_holds_is_counted_to_its_end() {
        let texts = vec!["pier".to_owned(), String::new()];
        assert_eq!(texts.heap_bytes(), block(2 * size_of::<String>()) + block(4));
        assert_eq!((block(0), block(1), block(24), block(25)), (0, 32, 32, 48));
        let numbers: HashMap<u64, u32> = (0..1_000).map(|number| (number, 0)).collect();
        assert_eq!(numbers.heap_bytes(), block(2_048 * 17 + 16));
        assert_eq!(HashMap::<u64, u32>::new().heap_bytes(), 0);
    }
}

//! Ordered maps and sets on a sorted list: a twentieth of the code of a B-tree for each pair of types, and a browser has to fetch that code.
//!
//! Looking up takes as many steps as a tree does; putting in or taking out moves what lies behind it. Made for some thousands of entries.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

mod map;
mod set;

pub use map::{Entry, Iter, IterMut, Keys, Map, Values};
pub use set::Set;

use core::cmp::Ordering;
use core::ops::{Bound, Range, RangeBounds};

/// Where a thing lies among `len` sorted ones, or where it belongs. `compare` holds the thing at a place against the one that is looked for.
fn search(len: usize, compare: &mut dyn FnMut(usize) -> Ordering) -> Result<usize, usize> {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => high = middle,
        }
    }
    Err(low)
}

/// The places that `range` covers; `find` tells where a key lies or belongs.
fn places<K>(
    len: usize,
    range: &impl RangeBounds<K>,
    find: impl Fn(&K) -> Result<usize, usize>,
) -> Range<usize> {
    let before = |key| find(key).unwrap_or_else(|place| place);
    let after = |key| find(key).map_or_else(|place| place, |place| place + 1);
    let start = match range.start_bound() {
        Bound::Included(key) => before(key),
        Bound::Excluded(key) => after(key),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(key) => after(key),
        Bound::Excluded(key) => before(key),
        Bound::Unbounded => len,
    };
    start..end.max(start)
}

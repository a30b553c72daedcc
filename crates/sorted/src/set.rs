//! The set.

use alloc::vec::{self, Vec};
use core::ops::RangeBounds;
use core::slice;

use crate::{places, search};

/// A set in ascending order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set<T> {
    members: Vec<T>,
}

impl<T> Set<T> {
    /// An empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            members: Vec::new(),
        }
    }

    /// How many members there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.members.clear();
    }

    /// All members, ascending.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.members.iter()
    }

    /// The lowest member.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.members.first()
    }

    /// The highest member.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.members.last()
    }

    /// Takes out the lowest member.
    pub fn pop_first(&mut self) -> Option<T> {
        (!self.is_empty()).then(|| self.members.remove(0))
    }

    /// Keeps the members for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.members.retain(keep);
    }
}

impl<T: Ord> Set<T> {
    fn find(&self, member: &T) -> Result<usize, usize> {
        let members = self.members.as_slice();
        search(members.len(), &mut |place| {
            members
                .get(place)
                .map_or(core::cmp::Ordering::Greater, |other| other.cmp(member))
        })
    }

    /// Whether `member` is in it.
    #[must_use]
    pub fn contains(&self, member: &T) -> bool {
        self.find(member).is_ok()
    }

    /// Puts a member in. Whether it is new here.
    pub fn insert(&mut self, member: T) -> bool {
        let place = self.find(&member);
        if let Err(place) = place {
            self.members.insert(place, member);
        }
        place.is_err()
    }

    /// Takes a member out. Whether it was there.
    pub fn remove(&mut self, member: &T) -> bool {
        let place = self.find(member);
        if let Ok(place) = place {
            self.members.remove(place);
        }
        place.is_ok()
    }

    /// The members in `range`, ascending.
    pub fn range(&self, range: impl RangeBounds<T>) -> slice::Iter<'_, T> {
        let places = places(self.len(), &range, |member| self.find(member));
        self.members.get(places).unwrap_or_default().iter()
    }

    /// The members that are not in `other`, ascending.
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.iter().filter(|member| !other.contains(member))
    }

    /// Whether all members are in `other` too.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|member| other.contains(member))
    }

    /// Whether no member is in `other` too.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        !self.iter().any(|member| other.contains(member))
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut set = Self::new();
        set.extend(members);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(members: [T; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

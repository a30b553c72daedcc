//! Maps and sets hold what the B-trees of the standard library hold after the same steps.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use proptest::collection::vec;
use proptest::prelude::*;
use sluis_sorted::{Map, Set};

proptest! {
    #[test]
    fn a_map_holds_what_a_tree_holds(steps in vec((0_u8..3, 0_u16..40, any::<u32>()), 0..120), low in 0_u16..40, high in 0_u16..40) {
        let (mut map, mut tree) = (Map::new(), BTreeMap::new());
        for (step, key, value) in steps {
            match step {
                0 => prop_assert_eq!(map.insert(key, value), tree.insert(key, value)),
                1 => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                _ => prop_assert_eq!(map.entry(key).or_insert(value), tree.entry(key).or_insert(value)),
            }
            prop_assert_eq!(map.get(&key), tree.get(&key));
            prop_assert_eq!(map.contains_key(&key), tree.contains_key(&key));
        }
        prop_assert!(map.iter().eq(&tree));
        prop_assert_eq!(map.len(), tree.len());
        prop_assert_eq!(map.first_key_value(), tree.first_key_value());
        prop_assert_eq!(map.last_key_value(), tree.last_key_value());
        if low <= high {
            prop_assert!(map.range(low..high).eq(tree.range(low..high)));
            prop_assert!(map.range(low..=high).rev().eq(tree.range(low..=high).rev()));
        }
        let bytes = postcard::to_allocvec(&map).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&bytes, &postcard::to_allocvec(&tree).map_err(|error| TestCaseError::fail(error.to_string()))?);
        prop_assert_eq!(postcard::from_bytes(&bytes), Ok(map));
    }

    #[test]
    fn a_set_holds_what_a_tree_holds(steps in vec((any::<bool>(), 0_u16..40), 0..120), others in vec(0_u16..40, 0..40), low in 0_u16..40) {
        let (mut set, mut tree) = (Set::new(), BTreeSet::new());
        for (put, member) in steps {
            if put {
                prop_assert_eq!(set.insert(member), tree.insert(member));
            } else {
                prop_assert_eq!(set.remove(&member), tree.remove(&member));
            }
            prop_assert_eq!(set.contains(&member), tree.contains(&member));
        }
        prop_assert!(set.iter().eq(&tree));
        prop_assert_eq!((set.len(), set.first(), set.last()), (tree.len(), tree.first(), tree.last()));
        prop_assert!(set.range(low..).eq(tree.range(low..)));
        let (other, other_tree): (Set<_>, BTreeSet<_>) = (others.iter().copied().collect(), others.into_iter().collect());
        prop_assert!(set.difference(&other).eq(tree.difference(&other_tree)));
        prop_assert_eq!(set.is_subset(&other), tree.is_subset(&other_tree));
        prop_assert_eq!(set.is_disjoint(&other), tree.is_disjoint(&other_tree));
        prop_assert_eq!(set.pop_first(), tree.pop_first());
        prop_assert!(set.into_iter().eq(tree));
    }
}

#[test]
fn a_range_that_runs_backwards_is_empty() {
    let map = Map::from([(1, 'a'), (2, 'b'), (3, 'c')]);
    assert_eq!(
        map.range((Bound::Included(3), Bound::Excluded(1))).count(),
        0
    );
    assert_eq!(map.range((Bound::Excluded(1), Bound::Unbounded)).count(), 2);
}

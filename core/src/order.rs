//! Stable sorting. One merge sort over positions serves every type: each use of the standard
//! library's would add about four kilobytes to the WebAssembly.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts `items` by a key, stably.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts `items` by a comparison, stably.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let of = |a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    if (1..items.len()).all(|at| of(at - 1, at).is_le()) {
        return;
    }
    let order = permutation(items.len(), &of);
    let mut taken: Vec<Option<T>> = core::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| taken.get_mut(at)?.take()));
}

fn permutation(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut to = Vec::with_capacity(len);
        for run in from.chunks(width * 2) {
            merge(run, width.min(run.len()), compare, &mut to);
        }
        from = to;
        width *= 2;
    }
    from
}

fn merge(
    run: &[usize],
    middle: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
    to: &mut Vec<usize>,
) {
    let (mut left, mut right) = run.split_at(middle);
    while let (Some((&a, rest_left)), Some((&b, rest_right))) =
        (left.split_first(), right.split_first())
    {
        if compare(a, b).is_le() {
            to.push(a);
            left = rest_left;
        } else {
            to.push(b);
            right = rest_right;
        }
    }
    to.extend_from_slice(left);
    to.extend_from_slice(right);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        for len in [0usize, 1, 2, 3, 7, 64, 1000] {
            let items: Vec<(usize, usize)> = (0..len).map(|n| ((n * 7919) % 13, n)).collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
        }
    }
}

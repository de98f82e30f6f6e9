//! Finds the nearest of several names, for "did you mean".

use alloc::vec::Vec;

/// The candidate that is close enough to be the intended name: one edit for names of up to five
/// characters, two up to ten, three above; names of a hundred are too long to compare. Among
/// equally close candidates, the first wins; an exact match is not a candidate.
///
/// ```
/// use rolewright_core::spelling::nearest;
///
/// assert_eq!(nearest("Raed", ["Write", "Read"]), Some("Read"));
/// ```
pub fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    nearest_that(name, candidates, |_| true)
}

/// The same among those candidates that `fits`, which is asked only about those that may be near.
fn nearest_that<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
    fits: impl Fn(&str) -> bool,
) -> Option<&'n str> {
    let length = name.chars().count();
    let most = match length {
        0..=2 | 100.. => return None,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    let own = letters(name);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= most)
        .filter(|candidate| may_be_within(own, letters(candidate), most) && fits(candidate))
        .filter_map(|candidate| Some((within(name, candidate, most)?, candidate)))
        .filter(|(distance, _)| *distance > 0)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate that is similar in each of its words.
pub(crate) fn nearest_in_words<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    nearest_that(name, candidates, |candidate| is_slip(name, candidate))
}

/// Whether one name may be a misspelling of the other, word by word: `api-reviewer` is not one of
/// `app-reviewer`, nor `vite-expert` of `data-expert`, nor `project-manager` of `product-manager`.
pub(crate) fn is_slip(name: &str, other: &str) -> bool {
    let separators = ['-', '_', ' '];
    let (name, other) = (&*name.to_lowercase(), &*other.to_lowercase());
    let count = |name: &str| name.matches(separators).count();
    if count(name) != count(other) {
        let joined = |name: &str| name.replace(separators, "");
        return within(&joined(name), &joined(other), 1).is_some();
    }
    let mut words = name.split(separators).zip(other.split(separators));
    words.all(|(a, b)| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        // Two other letters in their middle make two words of the same length different.
        let most = if same >= 5 || a.len().abs_diff(b.len()) == 2 { 2 } else { 1 };
        a == b || a.len() > 3 && within(a, b, most).is_some()
    })
}

/// The number of insertions, deletions, replacements and swaps of neighbors that turn `a` into `b`.
/// Names are short; the cost is the product of their lengths.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    within(a, b, usize::MAX).unwrap_or(usize::MAX)
}

/// The distance, or `None` if it exceeds `most`: the bound saves most of the work.
fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    if !may_be_within(letters(a), letters(b), most) {
        return None;
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (at(&last, j) + usize::from(from != to))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        // A swap reaches back by two rows.
        if row.iter().chain(&last).all(|cost| *cost > most) {
            return None;
        }
        before = core::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// Whether names with these letters may be at most `most` edits apart: an edit adds a letter, removes one,
/// or does both.
fn may_be_within(a: u64, b: u64, most: usize) -> bool {
    (a ^ b).count_ones() as usize <= most.saturating_mul(2)
}

/// A bit for each letter that occurs; letters of other scripts are folded onto the same bits.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |seen, c| seen | 1 << (u32::from(c) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_and_swaps_count_one_each() {
        assert_eq!(distance("tools", "tolos"), 1);
        assert_eq!(distance("tools", "tool"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("läuft", "lauft"), 1);
        assert_eq!(within("abcdef", "ba", 3), None);
        assert_eq!(within("xxba", "xxab", 1), Some(1));
    }

    #[test]
    fn only_what_is_near_is_offered() {
        assert_eq!(nearest("Grpe", ["Glob", "Grep"]), Some("Grep"));
        assert_eq!(nearest("Docker", ["Read", "Write", "Bash"]), None);
        assert_eq!(nearest("ab", ["ac"]), None);
        assert_eq!(nearest("Read", ["Read"]), None);
    }

    #[test]
    fn a_name_of_words_is_near_in_each_of_them() {
        for (name, other) in [
            ("filling", "filing"),
            ("code-reviewr", "code-reviewer"),
            ("code-review", "codereview"),
        ] {
            assert_eq!(nearest_in_words(name, [other]), Some(other));
        }
        for (name, other) in [
            ("rust-patterns", "nuxt4-patterns"),
            ("tdd-workflow", "git-workflow"),
            ("ceo-advisor", "cfo-advisor"),
            ("copywriting", "copy-editing"),
            ("vite-specialist", "data-specialist"),
            ("manager-project", "manager-product"),
        ] {
            assert_eq!(nearest_in_words(name, [other]), None, "{name}");
        }
    }
}

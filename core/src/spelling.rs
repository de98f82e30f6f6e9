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
    nearest_of(name, shaped(candidates))
}

/// The same among many candidates whose shapes are known.
pub(crate) fn nearest_of<'n>(
    name: &str,
    candidates: impl Iterator<Item = (&'n str, Shape)>,
) -> Option<&'n str> {
    nearest_that(name, candidates, |_| true)
}

/// What rules out most candidates without a comparison of their letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    letters: u64,
    length: usize,
}

impl Shape {
    /// The shape of a name.
    pub(crate) fn of(name: &str) -> Self {
        Self { letters: letters(name), length: name.chars().count() }
    }

    fn may_be_within(self, other: Self, most: usize) -> bool {
        self.length.abs_diff(other.length) <= most
            && may_be_within(self.letters, other.letters, most)
    }
}

fn shaped<'n>(names: impl IntoIterator<Item = &'n str>) -> impl Iterator<Item = (&'n str, Shape)> {
    names.into_iter().map(|name| (name, Shape::of(name)))
}

/// The same among those candidates that `fits`, which is asked only about those that may be near.
fn nearest_that<'n>(
    name: &str,
    candidates: impl Iterator<Item = (&'n str, Shape)>,
    fits: impl Fn(&str) -> bool,
) -> Option<&'n str> {
    let own = Shape::of(name);
    let most = match own.length {
        0..=2 | 100.. => return None,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    candidates
        .filter(|(_, shape)| own.may_be_within(*shape, most))
        .map(|(candidate, _)| candidate)
        .filter(|candidate| fits(candidate))
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
    nearest_that(name, shaped(candidates), |candidate| is_slip(name, candidate))
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

/// Whether a single insertion, deletion, replacement or swap of neighbors turns one name into the other.
pub(crate) fn is_one_edit_away(a: &str, b: &str) -> bool {
    within(a, b, 1) == Some(1)
}

/// Whether a name is one edit away from any of many candidates.
pub(crate) fn is_one_edit_from<'n>(
    name: &str,
    mut candidates: impl Iterator<Item = (&'n str, Shape)>,
) -> bool {
    let own = Shape::of(name);
    candidates
        .any(|(candidate, shape)| own.may_be_within(shape, 1) && is_one_edit_away(name, candidate))
}

/// The number of insertions, deletions, replacements and swaps of neighbors that turn `a` into `b`,
/// or `None` if it exceeds `most`: the bound saves most of the work. Names are short; the cost is the
/// product of their lengths.
fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = without_common_ends(a, b);
    if !may_be_within(letters(a), letters(b), most) {
        return None;
    }
    let letters_of = |name: &str| {
        let mut letters = Vec::with_capacity(name.len());
        letters.extend(name.chars());
        letters
    };
    let (a, b): (Vec<char>, Vec<char>) = (letters_of(a), letters_of(b));
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let far = most + 1;
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let (mut before, mut row) = (last.clone(), last.clone());
    let mut least_before = 0;
    for (i, from) in a.iter().enumerate() {
        row.fill(far);
        row[0] = i + 1;
        let mut least = row[0];
        // What is farther from the diagonal than `most` costs more than that.
        for j in i.saturating_sub(most)..b.len().min(i + far) {
            let mut cost =
                (last[j] + usize::from(*from != b[j])).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == b[j] && b[j - 1] == *from {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        // A swap reaches back by two rows.
        if least.min(least_before) > most {
            return None;
        }
        least_before = least;
        core::mem::swap(&mut before, &mut last);
        core::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// Both names without what they have in common at the start and at the end, which no edit concerns.
fn without_common_ends<'n>(a: &'n str, b: &'n str) -> (&'n str, &'n str) {
    let same = |(one, other): &(char, char)| one == other;
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let ends = a.chars().rev().zip(b.chars().rev());
    let end: usize = ends.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Whether names with these letters may be at most `most` edits apart: an edit adds a letter, removes one,
/// or does both.
fn may_be_within(a: u64, b: u64, most: usize) -> bool {
    (a ^ b).count_ones() as usize <= most.saturating_mul(2)
}

/// A bit for each letter that occurs; all letters outside ASCII share one.
fn letters(name: &str) -> u64 {
    name.bytes().fold(0, |seen, byte| seen | 1 << (byte.min(127) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_and_swaps_count_one_each() {
        for (one, other, edits) in [
            ("tools", "tolos", 1),
            ("tools", "tool", 1),
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("läuft", "lauft", 1),
            ("xxba", "xxab", 1),
            ("aaaa", "aa", 2),
            ("reviewer", "rveiewre", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(within(one, other, 3), Some(edits), "{one} {other}");
            assert_eq!(within(other, one, edits), Some(edits), "{other} {one}");
            let fewer = edits.checked_sub(1).and_then(|most| within(one, other, most));
            assert_eq!(fewer, None, "{one} {other}");
        }
        assert_eq!(within("abcdef", "ba", 3), None);
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

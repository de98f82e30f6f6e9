//! Compares two texts line by line for display.

/// The number of unchanged lines shown around a change.
const CONTEXT: usize = 2;
/// A change with more lines is shown as one removed block and one added block.
const MOST_CHANGES: usize = 800;

/// A row of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line in both texts.
    Same(String),
    /// A line only in the new text.
    Added(String),
    /// A line only in the old text.
    Removed(String),
    /// The number of unchanged lines omitted here.
    Skipped(usize),
}

/// A comparison of two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The rows to show; empty if the texts are equal.
    pub rows: Vec<Row>,
    /// Lines added.
    pub added: usize,
    /// Lines removed.
    pub removed: usize,
}

/// Compares two texts line by line.
pub fn lines(old: &str, new: &str) -> Diff {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail =
        old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_mid, new_mid) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut rows: Vec<Row> = old[..head].iter().map(|l| Row::Same((*l).into())).collect();
    rows.extend(middle(old_mid, new_mid));
    rows.extend(old[old.len() - tail..].iter().map(|l| Row::Same((*l).into())));
    let added = rows.iter().filter(|r| matches!(r, Row::Added(_))).count();
    let removed = rows.iter().filter(|r| matches!(r, Row::Removed(_))).count();
    let rows = if added + removed == 0 { Vec::new() } else { fold(rows) };
    Diff { rows, added, removed }
}

/// The shortest edit script between two lists of lines (Myers' greedy algorithm).
fn middle(old: &[&str], new: &[&str]) -> Vec<Row> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let most = (n + m).min(MOST_CHANGES as isize);
    let center = most + 1;
    let mut reach = vec![0isize; 2 * center as usize + 1];
    let mut trace = Vec::new();
    for d in 0..=most {
        trace.push(reach.clone());
        for k in (-d..=d).step_by(2) {
            let at = |k: isize| reach[(center + k) as usize];
            let down = k == -d || (k != d && at(k - 1) < at(k + 1));
            let mut x = if down { at(k + 1) } else { at(k - 1) + 1 };
            while x < n && x - k < m && old[x as usize] == new[(x - k) as usize] {
                x += 1;
            }
            reach[(center + k) as usize] = x;
            if x >= n && x - k >= m {
                return walk_back(old, new, &trace, center);
            }
        }
    }
    let removed = old.iter().map(|l| Row::Removed((*l).into()));
    removed.chain(new.iter().map(|l| Row::Added((*l).into()))).collect()
}

fn walk_back(old: &[&str], new: &[&str], trace: &[Vec<isize>], center: isize) -> Vec<Row> {
    let (mut x, mut y) = (old.len() as isize, new.len() as isize);
    let mut rows = Vec::new();
    for (d, reach) in trace.iter().enumerate().rev() {
        let (d, k) = (d as isize, x - y);
        let at = |k: isize| reach[(center + k) as usize];
        let down = k == -d || (k != d && at(k - 1) < at(k + 1));
        let (from_x, from_y) = if d == 0 {
            (0, 0)
        } else if down {
            (at(k + 1), at(k + 1) - (k + 1))
        } else {
            (at(k - 1), at(k - 1) - (k - 1))
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            rows.push(Row::Same(old[x as usize].into()));
        }
        if d > 0 && down {
            y -= 1;
            rows.push(Row::Added(new[y as usize].into()));
        } else if d > 0 {
            x -= 1;
            rows.push(Row::Removed(old[x as usize].into()));
        }
    }
    rows.reverse();
    rows
}

/// Omits unchanged lines that are not near a change.
fn fold(rows: Vec<Row>) -> Vec<Row> {
    let changed: Vec<bool> = rows.iter().map(|r| !matches!(r, Row::Same(_))).collect();
    let near = |i: usize| {
        let from = i.saturating_sub(CONTEXT);
        changed[from..(i + CONTEXT + 1).min(changed.len())].contains(&true)
    };
    let keep: Vec<bool> = (0..rows.len()).map(near).collect();
    let mut folded: Vec<Row> = Vec::new();
    for (row, keep) in rows.into_iter().zip(keep) {
        match (keep, folded.last_mut()) {
            (true, _) => folded.push(row),
            (false, Some(Row::Skipped(n))) => *n += 1,
            (false, _) => folded.push(Row::Skipped(1)),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        lines(old, new)
            .rows
            .iter()
            .map(|row| match row {
                Row::Same(l) => format!(" {l}\n"),
                Row::Added(l) => format!("+{l}\n"),
                Row::Removed(l) => format!("-{l}\n"),
                Row::Skipped(n) => format!("…{n}\n"),
            })
            .collect()
    }

    #[test]
    fn equal_texts_show_nothing() {
        assert_eq!(lines("a\nb", "a\nb"), Diff::default());
    }

    #[test]
    fn a_changed_line_is_removed_and_added() {
        assert_eq!(shown("a\nb\nc", "a\nB\nc"), " a\n-b\n+B\n c\n");
    }

    #[test]
    fn changes_apart_stay_apart() {
        assert_eq!(shown("a\nb\nc\nd", "b\nc\nx\nd"), "-a\n b\n c\n+x\n d\n");
    }

    #[test]
    fn lines_far_from_a_change_are_left_out() {
        assert_eq!(
            shown("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nX\n5\n6\n7"),
            "…1\n 2\n 3\n-4\n+X\n 5\n 6\n…1\n"
        );
    }

    #[test]
    fn from_nothing_everything_is_added() {
        assert_eq!(shown("", "a\nb"), "+a\n+b\n");
        assert_eq!(shown("a", ""), "-a\n");
    }

    #[test]
    fn a_text_rewritten_whole_is_shown_whole() {
        let old: String = (0..900).map(|i| format!("old {i}\n")).collect();
        let new: String = (0..900).map(|i| format!("new {i}\n")).collect();
        let diff = lines(&old, &new);
        assert_eq!((diff.added, diff.removed), (900, 900));
    }

    #[test]
    fn the_rows_rebuild_both_texts() {
        let (old, new) = ("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc");
        let rows = middle(&old.lines().collect::<Vec<_>>(), &new.lines().collect::<Vec<_>>());
        let side = |keep: fn(&Row) -> Option<&String>| {
            rows.iter().filter_map(keep).cloned().collect::<Vec<_>>().join("\n")
        };
        assert_eq!(
            side(|r| if let Row::Same(l) | Row::Removed(l) = r { Some(l) } else { None }),
            old
        );
        assert_eq!(
            side(|r| if let Row::Same(l) | Row::Added(l) = r { Some(l) } else { None }),
            new
        );
    }
}

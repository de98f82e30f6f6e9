//! Creates edits that rename and remove entries of a tool list and leave everything else unchanged.

use super::ToolList;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The change to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It stays.
    Keep,
    /// Its name is replaced; a specifier stays.
    Rename(String),
    /// The entry is removed, with its separator.
    Remove,
}

impl ToolList<'_> {
    /// The edits that carry out one change for each entry, in order. `None` if a place is not
    /// exact, if a comment would be lost, or if no entry would remain: an empty list has a
    /// different meaning.
    pub(crate) fn edits(&self, text: &str, changes: &[Change]) -> Option<Vec<(Span, String)>> {
        let kept = |at: &usize| changes.get(*at) != Some(&Change::Remove);
        let first_kept = (0..self.entries.len()).find(kept)?;
        let mut edits = Vec::new();
        for (at, (entry, change)) in self.entries.iter().zip(changes).enumerate() {
            if *change != Change::Keep && !entry.exact {
                return None;
            }
            match change {
                Change::Keep => {}
                Change::Rename(name) => edits.push((entry.span, name.clone())),
                Change::Remove if at < first_kept => {
                    let next = self.entries.get(at + 1)?;
                    edits.push((Span::new(entry.whole.start, next.whole.start), String::new()));
                }
                Change::Remove => {
                    let before = self.entries.get(at.checked_sub(1)?)?;
                    edits.push((Span::new(before.whole.end, entry.whole.end), String::new()));
                }
            }
        }
        let loses_comment =
            |(span, new): &(Span, String)| new.is_empty() && span.of(text).contains('#');
        let in_order = edits.iter().all(|(span, _)| span.start <= span.end);
        (in_order && !edits.iter().any(loses_comment)).then_some(edits)
    }

    /// The edits that rename the entries for which `successor` returns a new name, and that remove
    /// entries without a successor or whose new name is already in the list.
    pub(crate) fn replace(
        &self,
        text: &str,
        successor: impl Fn(usize) -> Option<Option<String>>,
    ) -> Option<Vec<(Span, String)>> {
        let answers: Vec<_> = (0..self.entries.len()).map(successor).collect();
        let mut seen: Vec<(&str, Option<&str>)> = Vec::new();
        for (entry, answer) in self.entries.iter().zip(&answers) {
            if answer.is_none() {
                seen.push((entry.name(), entry.specifier()));
            }
        }
        let mut changes = Vec::with_capacity(answers.len());
        for (entry, answer) in self.entries.iter().zip(&answers) {
            changes.push(match answer {
                None => Change::Keep,
                Some(None) => Change::Remove,
                Some(Some(name)) => {
                    let new = (name.as_str(), entry.specifier());
                    if seen.contains(&new) || seen.contains(&(name, None)) {
                        Change::Remove
                    } else {
                        seen.push(new);
                        Change::Rename(name.clone())
                    }
                }
            });
        }
        self.edits(text, &changes)
    }
}

//! How the list of problems is displayed: hidden severities, a filter, and groups of equal problems.

use super::problems;
use rolewright_wire::{Diagnostic, Severity};

/// From this many problems of one rule and severity on, they are shown as a group.
const GROUP: usize = 5;

/// What the user does with the list.
#[derive(Clone, Debug)]
pub enum Event {
    /// Show or hide the problems of a severity.
    Toggle(Severity),
    /// Show only problems that contain these words.
    Filter(String),
    /// Show or hide the problems of a group, by its rule.
    Unfold(String),
    /// Show what the fix of a problem changes, or nothing.
    Preview(Option<usize>),
    /// Create the missing files of includes.
    CreateAll(Vec<String>),
    /// Turn off the rule of a problem.
    TurnOff(usize, Scope),
    /// Apply the fix under review.
    Apply,
    /// Do not apply the fix under review.
    Cancel,
    /// Undo the last change of each of these files.
    Undo(Vec<String>),
}

/// Where a rule is turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// At one place.
    Here,
    /// In one file.
    File,
    /// In the whole project.
    Project,
}

/// The settings of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListView {
    /// Severities that are hidden.
    pub hidden: Vec<Severity>,
    /// Words that a problem must contain.
    pub filter: String,
    /// Rules whose groups are open.
    pub unfolded: Vec<String>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A problem, by its index.
    Problem(usize),
    /// The heading of a group: its problems by their indices, and whether they follow.
    Group(Vec<usize>, bool),
}

impl Entry {
    /// The index of the problem.
    pub fn index(&self) -> Option<usize> {
        match self {
            Entry::Problem(index) => Some(*index),
            Entry::Group(..) => None,
        }
    }
}

impl ListView {
    /// Whether a problem is shown.
    pub fn shows(&self, problem: &Diagnostic) -> bool {
        let text = || {
            let fields = [&problem.message, &problem.rule, &problem.path];
            fields.map(|text| text.to_lowercase()).join(" ")
        };
        !self.hidden.contains(&problem.severity)
            && (self.filter.is_empty() || {
                let (text, filter) = (text(), self.filter.to_lowercase());
                filter.split_whitespace().all(|word| text.contains(word))
            })
    }

    /// The rows of the list.
    pub fn entries(&self, problems: &[Diagnostic]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut grouped: Vec<(&str, Severity)> = Vec::new();
        for (index, problem) in problems.iter().enumerate().filter(|(_, p)| self.shows(p)) {
            let key = (problem.rule.as_str(), problem.severity);
            if grouped.contains(&key) {
                continue;
            }
            let equal = problems.iter().enumerate().skip(index);
            let equal = equal.filter(|(_, p)| problems::alike(p, problem) && self.shows(p));
            let equal: Vec<usize> = equal.map(|(at, _)| at).collect();
            if equal.len() < GROUP {
                entries.push(Entry::Problem(index));
                continue;
            }
            grouped.push(key);
            let open = self.unfolded.contains(&problem.rule);
            entries.push(Entry::Group(equal.clone(), open));
            if open {
                entries.extend(equal.into_iter().map(Entry::Problem));
            }
        }
        entries
    }

    /// Shows or hides a severity; the last one that is shown stays.
    pub fn toggle(&mut self, severity: Severity) {
        if let Some(at) = self.hidden.iter().position(|hidden| *hidden == severity) {
            self.hidden.remove(at);
        } else if self.hidden.len() < 2 {
            self.hidden.push(severity);
        }
    }

    /// Opens or closes the group of a rule.
    pub fn unfold(&mut self, rule: &str) {
        match self.unfolded.iter().position(|open| open == rule) {
            Some(at) => drop(self.unfolded.remove(at)),
            None => self.unfolded.push(rule.into()),
        }
    }

    /// Makes sure that a problem has a row.
    pub fn reveal(&mut self, problem: &Diagnostic) {
        self.hidden.retain(|hidden| *hidden != problem.severity);
        if !self.shows(problem) {
            self.filter.clear();
        }
        if !self.unfolded.contains(&problem.rule) {
            self.unfolded.push(problem.rule.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::problems::tests::problem;
    use super::*;

    fn includes(count: u32) -> Vec<Diagnostic> {
        (0..count).map(|line| problem("missing-include", line, "m")).collect()
    }

    #[test]
    fn many_equal_problems_fold_into_one_row_that_opens() {
        let mut found = includes(5);
        found.insert(1, problem("tool-case", 9, "n"));
        let mut view = ListView::default();
        let group = Entry::Group(vec![0, 2, 3, 4, 5], false);
        assert_eq!(view.entries(&found), [group, Entry::Problem(1)]);
        view.unfold("missing-include");
        assert_eq!(view.entries(&found).len(), 7);
        assert_eq!(view.entries(&includes(4)).len(), 4);
    }

    #[test]
    fn a_filter_looks_at_message_rule_and_file() {
        let found = [problem("tool-case", 1, "Tool `bash`"), problem("empty-body", 2, "No prompt")];
        let view = ListView { filter: "case BASH a.md".into(), ..ListView::default() };
        assert_eq!(view.entries(&found), [Entry::Problem(0)]);
    }

    #[test]
    fn the_last_severity_cannot_be_hidden() {
        let mut view = ListView::default();
        for severity in [Severity::Info, Severity::Warning, Severity::Error] {
            view.toggle(severity);
        }
        assert_eq!(view.hidden, [Severity::Info, Severity::Warning]);
        view.toggle(Severity::Info);
        assert_eq!(view.hidden, [Severity::Warning]);
    }

    #[test]
    fn a_problem_that_is_jumped_to_has_a_row() {
        let found = includes(6);
        let mut view = ListView { filter: "zzz".into(), ..ListView::default() };
        view.reveal(&found[3]);
        assert!(view.entries(&found).contains(&Entry::Problem(3)));
    }
}

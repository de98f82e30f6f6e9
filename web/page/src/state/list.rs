//! Controls the display of the list of problems: hidden severities, a filter, and groups of equal
//! problems.

use super::problems;
use rolewright_wire::{Diagnostic, Severity};

/// The number of problems with the same rule and severity from which they are shown as a group.
const GROUP: usize = 5;

/// The user's actions in the list.
#[derive(Clone, Debug)]
pub enum Event {
    /// Show or hide the problems of a severity.
    Toggle(Severity),
    /// Show only problems that contain these words.
    Filter(String),
    /// Group the problems.
    Group(Grouping),
    /// Show or hide the problems of a group, by its file or rule.
    Unfold(String),
    /// Show the changes of a problem's fix, or nothing.
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

/// The scope in which a rule is turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// At one place.
    Here,
    /// In a single file.
    File,
    /// In the whole project.
    Project,
}

/// The grouping of the problems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Many equal problems form a group, which is closed; others are not grouped.
    #[default]
    Equal,
    /// Their files.
    File,
    /// Their rules.
    Rule,
}

/// The settings of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListView {
    /// Severities that are hidden.
    pub hidden: Vec<Severity>,
    /// Words that a problem must contain.
    pub filter: String,
    /// The grouping of the problems.
    pub grouping: Grouping,
    /// Groups that were opened or closed, by file or rule.
    pub turned: Vec<String>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A problem, by its index.
    Problem(usize),
    /// The heading of a group: the indices of its problems, and whether they are listed below it.
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
        let mut grouped: Vec<&Diagnostic> = Vec::new();
        for (index, problem) in problems.iter().enumerate().filter(|(_, p)| self.shows(p)) {
            if grouped.iter().any(|other| self.together(other, problem)) {
                continue;
            }
            let equal = problems.iter().enumerate().skip(index);
            let equal = equal.filter(|(_, p)| self.together(p, problem) && self.shows(p));
            let equal: Vec<usize> = equal.map(|(at, _)| at).collect();
            if self.grouping == Grouping::Equal && equal.len() < GROUP {
                entries.push(Entry::Problem(index));
                continue;
            }
            grouped.push(problem);
            let open = self.is_open(self.group_of(problem));
            entries.push(Entry::Group(equal.clone(), open));
            if open {
                entries.extend(equal.into_iter().map(Entry::Problem));
            }
        }
        entries
    }

    /// Whether two problems belong to one group.
    fn together(&self, a: &Diagnostic, b: &Diagnostic) -> bool {
        match self.grouping {
            Grouping::Equal => problems::alike(a, b),
            Grouping::File => a.path == b.path,
            Grouping::Rule => a.rule == b.rule,
        }
    }

    /// The file or rule that names a problem's group.
    pub fn group_of<'p>(&self, problem: &'p Diagnostic) -> &'p str {
        if self.grouping == Grouping::File { &problem.path } else { &problem.rule }
    }

    fn is_open(&self, group: &str) -> bool {
        self.turned.iter().any(|turned| turned == group) != (self.grouping != Grouping::Equal)
    }

    /// Groups the problems; every group is initially in its default state.
    pub fn group(&mut self, grouping: Grouping) {
        (self.grouping, self.turned) = (grouping, Vec::new());
    }

    /// Shows or hides a severity; the last visible severity cannot be hidden.
    pub fn toggle(&mut self, severity: Severity) {
        if let Some(at) = self.hidden.iter().position(|hidden| *hidden == severity) {
            self.hidden.remove(at);
        } else if self.hidden.len() < 2 {
            self.hidden.push(severity);
        }
    }

    /// Opens or closes a group.
    pub fn unfold(&mut self, group: &str) {
        match self.turned.iter().position(|turned| turned == group) {
            Some(at) => drop(self.turned.remove(at)),
            None => self.turned.push(group.into()),
        }
    }

    /// Ensures that a problem has a row.
    pub fn reveal(&mut self, problem: &Diagnostic) {
        self.hidden.retain(|hidden| *hidden != problem.severity);
        if !self.shows(problem) {
            self.filter.clear();
        }
        let group = self.group_of(problem);
        if !self.is_open(group) {
            self.unfold(group);
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
    fn groups_by_file_and_by_rule_are_open_until_they_are_closed() {
        let mut found = includes(2);
        found.push(problem("tool-case", 9, "n"));
        found[1].path = "b.md".into();
        let mut view = ListView::default();
        view.group(Grouping::File);
        let (one, two) = (Entry::Group(vec![0, 2], true), Entry::Group(vec![1], true));
        let problem = Entry::Problem;
        assert_eq!(view.entries(&found), [one.clone(), problem(0), problem(2), two, problem(1)]);
        view.unfold("b.md");
        let closed = Entry::Group(vec![1], false);
        assert_eq!(view.entries(&found), [one, problem(0), problem(2), closed]);
        view.reveal(&found[1]);
        assert_eq!(view.entries(&found).len(), 5);
        view.group(Grouping::Rule);
        assert_eq!(view.entries(&found)[0], Entry::Group(vec![0, 1], true));
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

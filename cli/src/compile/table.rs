//! Prints the report of `compile --report`: a table of hosts for each role, with the losses on each
//! host.

use crate::frame::name;
use crate::tally::counted;
use rolewright_wire::{Compiled, Outcome, Severity};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The output of `--report`, role by role.
#[derive(Default)]
pub(super) struct Table {
    roles: Vec<(String, Vec<Row>)>,
}

/// A role on a host.
struct Row {
    host: String,
    permissions: &'static str,
    prompt: String,
    /// The file to write; `None` if it would widen permissions or the host would reject it.
    file: Option<String>,
    notes: Vec<String>,
}

impl Table {
    /// Adds the result for the role at `path`, or for its role called `role` if a file has several.
    /// `loads`: whether the host accepts the file.
    pub(super) fn add(&mut self, path: &str, role: Option<&str>, done: &Compiled, loads: bool) {
        let row = Row::of(done, loads);
        let title = match role {
            Some(role) => format!("{path}: {role}"),
            None => path.to_string(),
        };
        match self.roles.iter_mut().find(|(known, _)| *known == title) {
            Some((_, rows)) => rows.push(row),
            None => self.roles.push((title, vec![row])),
        }
    }

    /// Marks the most recently added file of the role at `path` for `host` as not written.
    pub(super) fn refuse(&mut self, path: &str, host: &str, why: &str) {
        let is_of = |title: &str| {
            title.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
        };
        let rows = self.roles.iter_mut().filter(|(title, _)| is_of(title));
        let rows = rows.flat_map(|(_, rows)| rows).filter(|row| row.host == host);
        if let Some(row) = rows.filter(|row| row.file.is_some()).last() {
            row.file = None;
            row.notes = vec![format!("error: {why}")];
        }
    }

    /// The table, and a line of counts.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (path, rows) in &self.roles {
            text.push_str(path);
            text.push('\n');
            // Hosts with a written file come first, since readers look for them.
            let (written, refused): (Vec<_>, Vec<_>) =
                rows.iter().partition(|row| row.file.is_some());
            let widths = Widths::of(rows);
            Row::header().write(&widths, &mut text);
            for row in written.into_iter().chain(refused) {
                row.write(&widths, &mut text);
            }
            text.push('\n');
        }
        let rows = || self.roles.iter().flat_map(|(_, rows)| rows);
        let refused = rows().filter(|row| row.file.is_none()).count();
        // Two hosts can read the same file, and one file can have several roles.
        let written: BTreeSet<&str> = rows().filter_map(|row| row.file.as_deref()).collect();
        let written = written.len();
        let roles = counted(self.roles.len(), "role");
        let _ = write!(text, "{roles} compiled: {}", counted(written, "file"));
        if refused > 0 {
            let _ = write!(text, ", {refused} not written");
        }
        text.push('\n');
        text
    }
}

struct Widths {
    host: usize,
    permissions: usize,
    prompt: usize,
}

impl Widths {
    fn of(rows: &[Row]) -> Self {
        let header = Row::header();
        let widest =
            |of: fn(&Row) -> usize| rows.iter().chain([&header]).map(of).max().unwrap_or(0);
        Self {
            host: widest(|row| row.host.len()),
            permissions: widest(|row| row.permissions.len()),
            prompt: widest(|row| row.prompt.len()),
        }
    }
}

impl Row {
    fn header() -> Self {
        Self {
            host: String::from("host"),
            permissions: "permissions",
            prompt: String::from("prompt"),
            file: Some(String::from("file")),
            notes: Vec::new(),
        }
    }

    fn of(done: &Compiled, loads: bool) -> Self {
        let errors = done.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let errors: Vec<_> = errors.map(|found| format!("error: {}", found.message)).collect();
        let is_written = loads
            && errors.is_empty()
            && done.losses.iter().all(|loss| loss.severity != Severity::Error);
        let file = done.file.as_ref().filter(|_| is_written).map(|file| file.path.clone());
        // For a file that is not written, losses do not matter, only the reason.
        let losses = done
            .losses
            .iter()
            .filter(|loss| file.is_some() || loss.severity == Severity::Error)
            .map(|loss| {
                let message = loss.message.strip_suffix('.').unwrap_or(&loss.message);
                format!("{}: {message}", name(loss.severity))
            });
        let limit = done.stats.limit;
        let share =
            limit.map_or_else(String::new, |limit| format!(", {} of the limit", limit.share()));
        Self {
            host: done.host.clone(),
            permissions: match done.permissions {
                Outcome::Exact => "exact",
                Outcome::NotApplicable => "not applicable",
                Outcome::Narrowed => "narrowed",
                Outcome::Widened => "widened",
            },
            prompt: format!("{}{share}", counted_tokens(done.stats.tokens.estimate)),
            notes: losses.chain(errors).collect(),
            file,
        }
    }

    fn write(&self, widths: &Widths, text: &mut String) {
        let file = self.file.as_deref().unwrap_or("not written");
        let _ = writeln!(
            text,
            "  {:host$}  {:permissions$}  {:prompt$}  {file}",
            self.host,
            self.permissions,
            self.prompt,
            host = widths.host,
            permissions = widths.permissions,
            prompt = widths.prompt,
        );
        for note in &self.notes {
            let _ = writeln!(text, "      {note}");
        }
    }
}

fn counted_tokens(count: u32) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "token")
}

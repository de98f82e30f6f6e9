//! The example projects, one for each kind of role, each with a realistic problem.

pub mod starters;

use crate::state::workspace::{ValueSet, Workspace};

/// An example.
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// The purpose of the example.
    pub summary: &'static str,
    files: &'static [(&'static str, &'static str)],
    values: &'static [(&'static str, &'static [(&'static str, &'static str)])],
}

impl Example {
    /// A new project with the files and values of the example.
    pub fn workspace(&self) -> Workspace {
        let mut workspace = Workspace::new(self.name, self.files);
        for (name, values) in self.values {
            let mut set = ValueSet { name: (*name).into(), ..ValueSet::default() };
            set.values.extend(values.iter().map(|(n, v)| ((*n).into(), (*v).into())));
            workspace.sets.push(set);
        }
        workspace.sets.retain(|set| !set.values.is_empty());
        workspace.repair();
        workspace
    }
}

/// The project that a first visit shows.
pub fn first() -> Workspace {
    EXAMPLES.first().map_or_else(Workspace::default, Example::workspace)
}

/// The examples, in the order of the menu.
pub const EXAMPLES: [Example; 5] = [
    Example {
        name: "Code reviewer",
        summary: "Claude Code subagent: a colon that other products reject",
        files: &[
            (".claude/agents/code-reviewer.md", include_str!("examples/code-reviewer.md")),
            ("shared/review-style.md", include_str!("examples/review-style.md")),
        ],
        values: &[],
    },
    Example {
        name: "Docs writer",
        summary: "Copilot agent: a code block ends too early",
        files: &[(
            ".github/agents/docs-writer.agent.md",
            include_str!("examples/docs-writer.agent.md"),
        )],
        values: &[],
    },
    Example {
        name: "Release notes",
        summary: "Agent Skill: a description that never triggers",
        files: &[("skills/release-notes/SKILL.md", include_str!("examples/release-notes.md"))],
        values: &[],
    },
    Example {
        name: "Support desk",
        summary: "Plain role pasted from a document editor",
        files: &[("roles/support-desk.md", include_str!("examples/support-desk.md"))],
        values: &[],
    },
    Example {
        name: "On-call template",
        summary: "Nested includes, variables and two value sets",
        files: &[
            ("roles/on-call.md", include_str!("examples/on-call.md")),
            ("shared/escalation.md", include_str!("examples/escalation.md")),
            ("shared/contacts.md", include_str!("examples/contacts.md")),
            ("shared/tone.md", include_str!("examples/tone.md")),
        ],
        values: &[
            (
                "Payments",
                &[("TEAM", "Payments"), ("SERVICE", "checkout-api"), ("PAGER", "payments-oncall")],
            ),
            ("Search", &[("TEAM", "Search"), ("SERVICE", "query-router")]),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_a_project_whose_includes_of_its_own_are_there() {
        for example in &EXAMPLES {
            let workspace = example.workspace();
            assert!(workspace.files.contains_key(&workspace.entry), "{}", example.name);
            assert!(workspace.files.values().all(|text| text.ends_with('\n')), "{}", example.name);
        }
    }

    #[test]
    fn every_starter_is_a_project_of_one_file() {
        for starter in &starters::STARTERS {
            let workspace = starter.workspace();
            assert_eq!(workspace.entry, starter.path);
            assert!(workspace.text(starter.path).ends_with('\n'), "{}", starter.name);
        }
    }

    #[test]
    fn the_first_example_has_an_include() {
        let workspace = first();
        assert!(workspace.text(&workspace.entry).contains("{{include:shared/review-style.md}}"));
    }
}

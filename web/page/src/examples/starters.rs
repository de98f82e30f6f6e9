//! Starting points for an empty project, one for each of the usual hosts.

use crate::state::workspace::Workspace;

/// A starting point.
pub struct Starter {
    /// The name of the button.
    pub name: &'static str,
    /// The path of the file, which also determines the host.
    pub path: &'static str,
    text: &'static str,
}

impl Starter {
    /// A project with this file.
    pub fn workspace(&self) -> Workspace {
        Workspace::untitled(self.path, self.text)
    }
}

/// The starting points, the most frequent first.
pub const STARTERS: [Starter; 5] = [
    Starter {
        name: "Claude Code subagent",
        path: ".claude/agents/reviewer.md",
        text: "---\nname: reviewer\ndescription: Reviews changes for correctness. Use after every code change.\ntools: Read, Grep, Glob\n---\n\nYou review code changes.\n\n## What you do\n\n- Read the diff and every file it touches.\n- Report each finding with its file and line.\n",
    },
    Starter {
        name: "GitHub Copilot agent",
        path: ".github/agents/reviewer.agent.md",
        text: "---\nname: reviewer\ndescription: Reviews changes for correctness. Use after every code change.\ntools: [\"read\", \"search\"]\n---\n\nYou review code changes.\n\n## What you do\n\n- Read the diff and every file it touches.\n- Report each finding with its file and line.\n",
    },
    Starter {
        name: "Agent Skill",
        path: "skills/release-notes/SKILL.md",
        text: "---\nname: release-notes\ndescription: Writes release notes from merged changes. Use when the user asks for release notes or a changelog.\n---\n\n# Release notes\n\n1. List the changes since the last tag.\n2. Group them by what a user notices.\n3. Write one line for each.\n",
    },
    Starter {
        name: "AGENTS.md",
        path: "AGENTS.md",
        text: "# Working in this repository\n\n## Build and test\n\n- Build: `make`\n- Test: `make test`\n\n## Rules\n\n- Run the tests before every commit.\n",
    },
    Starter {
        name: "System prompt",
        path: "prompts/support.md",
        text: "# Support\n\nYou answer questions from customers of {{COMPANY:-Example Ltd}}.\n\n## Tone\n\nFriendly, short and exact. Say so when you don't know.\n",
    },
];

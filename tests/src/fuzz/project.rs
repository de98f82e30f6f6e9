//! Reads any bytes as a small project: texts, where they are, and choices. Choices come from the last
//! bytes, so that a file as it is makes a project too.

use rolewright_core::host::{HOSTS, Host};
use rolewright_core::{Files, Input, Options, Profile, Values};
use std::collections::BTreeMap;

/// Where the first text is; each place means another host or syntax.
const PLACES: [&str; 10] = [
    ".claude/agents/a.md",
    ".github/agents/a.agent.md",
    ".gemini/agents/a.md",
    ".opencode/agents/a.md",
    ".cursor/rules/a.mdc",
    ".codex/agents/a.toml",
    ".kiro/agents/a.json",
    ".roomodes",
    "SKILL.md",
    "roles/a.md",
];

/// Where the others are: what an include would name, and a neighbor of the first.
const OTHERS: [&str; 4] = ["a.md", "parts/b.md", "c.json", ".claude/agents/z.md"];

/// A project and the choices that are left.
pub(super) struct Project {
    pub path: &'static str,
    pub files: BTreeMap<String, String>,
    pub values: Values,
    pub options: Options,
    choices: Vec<u8>,
}

impl Project {
    pub(super) fn of(data: &[u8]) -> Self {
        // A record separator divides the files.
        let text = String::from_utf8_lossy(data);
        let mut texts = text.split('\u{1e}').map(String::from);
        let mut project = Self {
            path: "",
            files: BTreeMap::new(),
            values: [("X".to_string(), "one\ntwo".to_string())].into_iter().collect(),
            options: Options::default(),
            choices: data.to_vec(),
        };
        project.path = PLACES[project.choose(PLACES.len())];
        if project.choose(4) == 0 {
            project.options.host = project.host();
        }
        project.options.profile =
            [Profile::Recommended, Profile::Style, Profile::Core][project.choose(3)];
        project.files.insert(project.path.to_string(), texts.next().unwrap_or_default());
        project.files.extend(OTHERS.iter().map(ToString::to_string).zip(texts));
        project
    }

    /// A number below `below`.
    pub(super) fn choose(&mut self, below: usize) -> usize {
        let high = self.choices.pop().unwrap_or(0);
        let low = self.choices.pop().unwrap_or(0);
        usize::from(u16::from_be_bytes([high, low])) % below.max(1)
    }

    pub(super) fn host(&mut self) -> Option<&'static Host> {
        HOSTS.get(self.choose(HOSTS.len() + 1))
    }

    pub(super) fn text(&self) -> &str {
        &self.files[self.path]
    }

    pub(super) fn input(&self) -> Input<'_> {
        Input::new(self.text())
            .at(self.path)
            .with_files(&self.files as &dyn Files)
            .with_values(&self.values)
    }
}

//! The documentation of the rules, which the page fetches when it is first asked for.

use super::workspace::Workspace;
use std::collections::BTreeMap;

/// What is said of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleDocs {
    /// The rule.
    pub name: String,
    /// One sentence: what it reports.
    pub summary: String,
    /// One paragraph: why that matters.
    pub why: String,
    /// A text that raises it.
    pub bad: String,
    /// The same text without the fault.
    pub good: String,
    /// Where both stand.
    pub path: String,
    /// Other files they need.
    pub files: BTreeMap<String, String>,
}

impl RuleDocs {
    /// The bad example as a project.
    pub fn example(&self) -> Workspace {
        let own = std::iter::once((self.path.as_str(), self.bad.as_str()));
        let others = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = own.chain(others).collect();
        Workspace::new(&format!("Example of {}", self.name), &files)
    }
}

/// The documentation, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Docs {
    /// Nobody asked for it yet.
    #[default]
    Unasked,
    /// On its way.
    Asked,
    /// Here.
    Here(Vec<RuleDocs>),
    /// It could not be fetched.
    Missing,
}

impl Docs {
    /// What is said of a rule.
    pub fn of(&self, rule: &str) -> Option<&RuleDocs> {
        match self {
            Docs::Here(all) => all.iter().find(|docs| docs.name == rule),
            _ => None,
        }
    }

    /// Whether it has to be fetched now that somebody looks.
    pub fn is_due(&self) -> bool {
        matches!(self, Docs::Unasked | Docs::Missing)
    }
}

//! The documentation of the rules, which the page fetches on first use.

use super::workspace::Workspace;
use std::collections::BTreeMap;

/// The documentation of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleDocs {
    /// The rule.
    pub name: String,
    /// The theme it is listed under.
    pub theme: String,
    /// The version that introduced it, the hosts it applies to, and the frequency of its reports.
    pub reach: String,
    /// The smallest profile that has it.
    pub profile: String,
    /// The problem that the rule reports, in one sentence.
    pub summary: String,
    /// Why it matters, in one paragraph.
    pub why: String,
    /// A text that the rule reports.
    pub bad: String,
    /// The corrected text.
    pub good: String,
    /// The path of both texts.
    pub path: String,
    /// Other files they need.
    pub files: BTreeMap<String, String>,
}

impl RuleDocs {
    /// The incorrect example as a project.
    pub fn example(&self) -> Workspace {
        let own = std::iter::once((self.path.as_str(), self.bad.as_str()));
        let others = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = own.chain(others).collect();
        Workspace::new(&format!("Example of {}", self.name), &files)
    }
}

/// The loading state of the documentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Docs {
    /// Not requested yet.
    #[default]
    Unasked,
    /// Being fetched.
    Asked,
    /// Loaded.
    Here(Vec<RuleDocs>),
    /// It could not be fetched.
    Missing,
}

impl Docs {
    /// The documentation of a rule, if it is loaded.
    pub fn of(&self, rule: &str) -> Option<&RuleDocs> {
        match self {
            Docs::Here(all) => all.iter().find(|docs| docs.name == rule),
            _ => None,
        }
    }

    /// The theme of each rule, in the order of the documentation.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        let all: &[RuleDocs] = if let Docs::Here(all) = self { all } else { &[] };
        all.iter().map(|docs| docs.theme.as_str())
    }

    /// Whether the documentation has to be fetched for display.
    pub fn is_due(&self) -> bool {
        matches!(self, Docs::Unasked | Docs::Missing)
    }
}

//! Finds directives in the front matter of the entry that would be filled in if they were in the
//! body.

use super::expanded::{Place, Problem, ProblemKind, VariableUse};
use super::lexer::{self, Kind};
use super::path;
use super::settings::Settings;
use super::source::Declaration;
use crate::role::Role;
use crate::text::Span;
use crate::workspace::{Files, Values};
use crate::yaml::{Node, Value};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Fields that control how the template is read; they never reach a host.
const OWN: [&str; 3] = ["variables", "templates", "mounts"];

/// Names that stand for any variable.
const STAND_INS: [&str; 4] = ["PLACEHOLDER", "PLACEHOLDERS", "VARIABLE", "VARIABLES"];

/// The data needed to check the front matter.
pub(super) struct Known<'k> {
    pub files: &'k dyn Files,
    pub values: &'k Values,
    pub settings: &'k Settings,
    pub declared: &'k BTreeMap<String, Declaration>,
    /// The variables of the body.
    pub variables: &'k [VariableUse],
}

/// Variables by name.
type Used<'k> = BTreeMap<&'k str, &'k VariableUse>;

/// The directives in the values of `role`'s fields that look live. Others may belong to the host,
/// or be an example: only names that are known or used in the body count, and includes of existing
/// files.
pub(super) fn problems(role: &Role<'_>, known: &Known<'_>) -> Vec<Problem> {
    let Some(front_matter) =
        role.front_matter.as_ref().filter(|front_matter| front_matter.error.is_none())
    else {
        return Vec::new();
    };
    if !front_matter.content.of(role.text).contains("{{") {
        return Vec::new();
    }
    let mut values = Vec::new();
    for field in front_matter.fields.iter().filter(|field| !OWN.contains(&field.name.as_ref())) {
        scalars(&field.value, &mut values);
    }
    // An alias repeats the places of its anchor.
    values.sort_unstable();
    let lexed = lexer::lex_part(role, front_matter.content, known.settings.limits.directive);
    let used: Used<'_> = known.variables.iter().map(|v| (v.name.as_str(), v)).collect();
    let within = |span: Span| {
        let at = values.partition_point(|value: &Span| value.end < span.end);
        values.get(at).is_some_and(|value| value.start <= span.start)
    };
    let live = lexed
        .tokens
        .iter()
        .filter(|token| within(token.span) && known.is_live(role, &token.kind, &used));
    let problem = |span| Problem {
        at: Place { file: 0, span },
        chain: Vec::new(),
        kind: ProblemKind::InFrontMatter,
    };
    live.map(|token| problem(token.span)).collect()
}

/// The places of the scalars in a value, in order.
fn scalars(node: &Node<'_>, found: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar(..) => found.push(node.span),
        Value::Sequence(items) => items.iter().for_each(|item| scalars(item, found)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| scalars(&entry.value, found)),
    }
}

impl Known<'_> {
    fn is_live(&self, role: &Role<'_>, kind: &Kind<'_>, used: &Used<'_>) -> bool {
        match kind {
            Kind::Drop { .. } => false,
            Kind::Variable(variable) => {
                let used = used.get(variable.name);
                let runtime = used.is_some_and(|used| used.runtime)
                    || self.declared.get(variable.name).is_some_and(|declared| declared.runtime);
                let is_given = self.values.get(variable.name).is_some()
                    || self.declared.get(variable.name).is_some();
                // `{{VARIABLE}}` is how a text speaks of variables.
                let is_meant = used.is_some() && !STAND_INS.contains(&variable.name);
                (is_given || is_meant) && !runtime
            }
            Kind::Include(include) => path::candidates(include.path, role.path, self.settings)
                .is_ok_and(|found| found.iter().any(|c| self.files.exists(&c.path))),
        }
    }
}

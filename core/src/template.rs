//! Fills in the includes and variables of a role: returns the text, the source of every byte of it,
//! and the problems of the template. Raises no diagnostics: the rules read the problems.

use crate::input::Input;
use crate::options::{Options, Spacing};
use crate::role::Role;
use crate::text::Span;
use crate::workspace::{Files, Values};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use typed_arena::Arena;

mod expanded;
mod fragment;
mod front_matter;
mod lexer;
mod output;
mod path;
mod plan;
mod secret;
mod settings;
mod source;
mod source_map;
mod view;
mod walk;

pub use expanded::{
    Chain, Destinations, Expanded, IncludeNode, IncludeState, LimitKind, Place, Problem,
    ProblemKind, Segment, SegmentKind, VariableUse,
};
pub use fragment::slug;
pub use path::Refusal;
pub use source_map::source_map;
pub use view::{
    Directive, DirectiveKind, Fragment, FragmentKind, Paths, candidates, directives, fragment_span,
    fragments, paths, resolve,
};

use front_matter::Known;
use output::{Joining, Origin, Output};
use plan::Library;
use settings::Settings;
use source::Source;
use walk::Walker;

/// Fills in the includes and variables of a text.
///
/// ```
/// use rolewright_core::{Input, Options, Values, template};
///
/// let mut values = Values::new();
/// values.set("NAME", "Ann");
/// let input = Input::new("You are {{NAME}}.").with_values(&values);
/// assert_eq!(template::expand(&input, &Options::new()).text, "You are Ann.\n");
/// ```
pub fn expand(input: &Input<'_>, options: &Options) -> Expanded {
    let role = Role::parse_with(input.text, input.path, options.markdown);
    expand_role(&role, input.files, input.values, options)
}

/// The same for a role that is already parsed.
///
/// ```
/// use rolewright_core::{NoFiles, Options, Role, Values, template};
///
/// let role = Role::parse("Answer in {{LANGUAGE:-English}}.\n", "roles/clerk.md");
/// let expanded = template::expand_role(&role, &NoFiles, &Values::new(), &Options::new());
/// assert_eq!(expanded.text, "Answer in English.\n");
/// ```
pub fn expand_role(
    role: &Role<'_>,
    files: &dyn Files,
    values: &Values,
    options: &Options,
) -> Expanded {
    let settings = Settings::new(&options.template, role, options.markdown);
    let entry = Source::entry(role, &settings.limits, options.template.variables.as_deref());
    let unused = entry.lexed.tokens.is_empty() && entry.lexed.faults.is_empty();
    if unused && entry.declared.is_empty() && !role.has_returns() {
        let mut expanded = unexpanded(role, &settings);
        let declared = &entry.declared;
        let known = Known { files, values, settings: &settings, declared, variables: &[] };
        expanded.problems = front_matter::problems(role, &known);
        return expanded;
    }
    let texts = Arena::new();
    let plan = plan::plan(entry, Library { files, texts: &texts }, values, &settings);
    let mut walker = Walker::new(&plan, &settings, values);
    let output = finished(walker.run(), role, &settings);
    let Walker { chains, mut includes, uses, problems: found, .. } = walker;
    if let Some(entry) = includes.first_mut() {
        entry.bytes = output.text.len();
    }
    let variables = uses.finish(&plan.sources, |name| values.get(name).is_some());
    let mut problems = match plan.sources.first() {
        Some(entry) => {
            let (declared, variables) = (&entry.declared, variables.as_slice());
            front_matter::problems(
                role,
                &Known { files, values, settings: &settings, declared, variables },
            )
        }
        None => Vec::new(),
    };
    problems.extend(plan.problems);
    problems.extend(found);
    Expanded {
        text: output.text,
        segments: output.segments,
        files: plan.sources.into_iter().map(|source| source.path).collect(),
        chains,
        problems,
        variables,
        includes,
    }
}

/// A role without directives: its body, copied once.
fn unexpanded(role: &Role<'_>, settings: &Settings) -> Expanded {
    let body = role.body.of(role.text);
    let part = match settings.spacing {
        Spacing::Paragraphs => output::trimmed(body),
        Spacing::Exact => Span::new(0, body.len()),
    };
    let kept = Span::new(part.start, (part.end + 1).min(body.len())).shifted(role.body.start);
    let mut text = String::with_capacity(kept.len() + 1);
    text.push_str(kept.of(role.text));
    let segment = |out, source, kind| Segment { out, file: 0, source, kind, chain: 0 };
    let mut segments = vec![segment(Span::new(0, text.len()), kept, SegmentKind::Literal)];
    if part.is_empty() {
        text.clear();
        segments.clear();
    } else if settings.spacing == Spacing::Paragraphs && !text.ends_with('\n') {
        let out = Span::new(text.len(), text.len() + 1);
        text.push('\n');
        segments.push(segment(out, Span::at(kept.end), SegmentKind::Blank));
    }
    let path = role.path.to_owned();
    let state = IncludeState::Included;
    let entry =
        IncludeNode { path, depth: 0, from: None, state, chain: Some(0), bytes: text.len() };
    Expanded {
        text,
        segments,
        files: vec![role.path.to_owned()],
        chains: vec![Chain { parent: 0, at: Place::default() }],
        includes: vec![entry],
        ..Expanded::default()
    }
}

/// Trims blank lines at both ends and gives the text its one final line ending.
fn finished(output: Output, role: &Role<'_>, settings: &Settings) -> Output {
    if settings.spacing == Spacing::Exact {
        return output;
    }
    let part = output.trimmed();
    let place = Place { file: 0, span: Span::at(role.body.end) };
    let origin = Origin { place, chain: 0 };
    let mut finished = Output::default();
    if part.is_empty() {
        return finished;
    }
    let end = part.end + usize::from(output.text.as_bytes().get(part.end) == Some(&b'\n'));
    let part = Span::new(part.start, end);
    let how = Joining { part, raise: 0, fixed: false, indent: "", one_line: false, origin };
    finished.join(&output, &how);
    if !finished.text.ends_with('\n') {
        finished.put("\n", SegmentKind::Blank, origin);
    }
    finished
}

#[cfg(test)]
mod tests;

//! Defines the output formats; each receives the files one by one and then the counts.

mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod text;

pub(crate) use text::NONE;

use crate::arguments::Format;
use crate::paths::{inside, join, parent, relative, resolve};
use crate::sink::Sink;
use crate::style::Style;
use crate::tally::Tally;
use crate::workspace::Home;
use crate::world::World;
use rolewright_wire::{Diagnostic, Encoding, Report};

/// The data about a run that a format needs.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a, 'w> {
    pub world: &'w dyn World,
    pub style: Style,
    pub width: usize,
    /// The workspace of the folder where the command was started.
    pub own: &'a Home<'w>,
    /// Whether fixes are computed but not applied.
    pub is_dry: bool,
}

/// Writes one format.
pub(crate) trait Formatter {
    /// Writes the report on a file with this text.
    fn file(&mut self, report: &Report, text: &str, home: &Home<'_>, out: &mut Sink<'_>);
    /// Writes the end of the output, after all files.
    fn end(&mut self, tally: &Tally, out: &mut Sink<'_>);
}

/// The formatter of a format.
pub(crate) fn formatter<'a>(
    format: Format,
    around: Surroundings<'a, 'a>,
) -> Box<dyn Formatter + 'a> {
    match format {
        Format::Text => Box::new(text::Text::new(around)),
        Format::Json => Box::new(json::Json::new(around)),
        Format::Sarif => Box::new(sarif::Sarif::new(around)),
        Format::Github => Box::new(github::Github::new(around)),
        Format::Junit => Box::new(junit::Junit::new(around)),
        Format::Gitlab => Box::new(gitlab::Gitlab::new(around)),
    }
}

/// The unit of offsets and columns in the reports passed to a format.
pub(crate) fn encoding(format: Format) -> Encoding {
    match format {
        Format::Text => Encoding::Utf8,
        _ => Encoding::Utf16,
    }
}

/// The message, the reason and the help as one text.
fn full_message(diagnostic: &Diagnostic, separator: &str) -> String {
    let Diagnostic { message, reason, help, .. } = diagnostic;
    let period = if message.ends_with('?') { "" } else { "." };
    let mut text = format!("{message}{period}");
    for more in reason.iter().chain(help) {
        text.push_str(separator);
        text.push_str(more);
    }
    text
}

/// A path of a workspace, as seen from the current folder.
pub(crate) fn shown(world: &dyn World, home: &Home<'_>, path: &str) -> String {
    relative(&world.folder(), &resolve(&home.root, path))
}

/// The path of a report in another workspace, relative to the root of the run's workspace.
pub(crate) fn from_own(own: &Home<'_>, home: &Home<'_>, path: &str) -> String {
    match own.root == home.root {
        true => path.to_string(),
        false => relative(&own.root, &resolve(&home.root, path)),
    }
}

/// A path for a service that sees the whole checkout, which may contain the workspace. `variable`
/// names the environment variable with the checkout's path, if the service sets it.
fn from_checkout(world: &dyn World, variable: &str, home: &Home<'_>, path: &str) -> String {
    let named = world.variable(variable).map(|folder| resolve("/", &folder));
    let checkout = named.filter(|folder| inside(folder, &home.root).is_some()).or_else(|| {
        let git = crate::ignored::upwards(world, &home.root, ".git")?;
        Some(parent(&git).to_string())
    });
    let checkout = checkout.unwrap_or_else(|| home.root.clone());
    join(&relative(&checkout, &home.root), path)
}

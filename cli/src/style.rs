//! Terminal colors.

use crate::world::{Stream, World};

/// When output is colored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On in terminals, unless the environment overrides it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A style that closes only the codes it opened, so that styles can be nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Blue,
}

/// Whether a stream is colored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style(bool);

impl Style {
    /// Without colors.
    pub(crate) const PLAIN: Style = Style(false);

    /// The style of a stream.
    pub(crate) fn of(world: &dyn World, stream: Stream, color: Color) -> Self {
        Self(match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted(world, stream),
        })
    }

    /// `text` in that ink.
    pub(crate) fn paint(self, ink: Ink, text: &str) -> String {
        if !self.0 {
            return text.to_string();
        }
        let (open, close) = match ink {
            Ink::Bold => (1, 22),
            Ink::Dim => (2, 22),
            Ink::Red => (31, 39),
            Ink::Green => (32, 39),
            Ink::Yellow => (33, 39),
            Ink::Blue => (34, 39),
        };
        format!("\x1b[{open}m{text}\x1b[{close}m")
    }

    /// `text` in bold.
    pub(crate) fn bold(self, text: &str) -> String {
        self.paint(Ink::Bold, text)
    }

    /// `text` less prominent.
    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(Ink::Dim, text)
    }
}

/// `NO_COLOR` as defined by no-color.org, `FORCE_COLOR` as in Node, `CLICOLOR_FORCE` as defined by
/// bixense.com.
fn wanted(world: &dyn World, stream: Stream) -> bool {
    let set = |name| world.variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if let Some(forced) = world.variable("FORCE_COLOR") {
        return !matches!(forced.as_str(), "0" | "false");
    }
    if set("CLICOLOR_FORCE").is_some_and(|forced| forced != "0") {
        return true;
    }
    world.is_terminal(stream) && world.variable("TERM").as_deref() != Some("dumb")
}

/// Width of the terminal in cells; 100 if there is none.
pub(crate) fn width(world: &dyn World, stream: Stream) -> usize {
    let told = || world.variable("COLUMNS").and_then(|told| told.parse().ok()).filter(|n| *n > 0);
    world.columns(stream).filter(|n| *n > 0).or_else(told).unwrap_or(100).max(30)
}

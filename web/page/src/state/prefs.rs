//! The preferences of a device, which apply to all projects.

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The name in the page and in browser storage.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this name; [`Theme::System`] for an unknown one.
    pub fn named(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
}

/// The arrangement of editor and prompt on a wide screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Side by side.
    #[default]
    Side,
    /// The editor above the prompt.
    Stacked,
    /// Only the prompt.
    Prompt,
}

impl Layout {
    /// The name in the page and in browser storage.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Side => "side",
            Layout::Stacked => "stacked",
            Layout::Prompt => "prompt",
        }
    }

    /// The layout with this name; [`Layout::Side`] for an unknown one.
    pub fn named(name: &str) -> Layout {
        match name {
            "stacked" => Layout::Stacked,
            "prompt" => Layout::Prompt,
            _ => Layout::Side,
        }
    }
}

/// A splitter between two areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Between editor and prompt; the share belongs to the editor.
    Prompt,
    /// Above the bottom panel; the share belongs to the bottom panel.
    Dock,
}

/// The bottom panel's share until someone moves its splitter.
pub const DOCK: u32 = 26;

/// The preferences of this device.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefs {
    /// Light or dark.
    pub theme: Theme,
    /// The arrangement of editor and prompt.
    pub layout: Layout,
    /// Size of editor and prompt in CSS pixels, 12 to 22.
    pub font_size: u32,
    /// Whether long lines wrap in the editor.
    pub wrap: bool,
    /// Whether Tab indents in the editor; otherwise it leaves the editor.
    pub tab: bool,
    /// Whether the browser checks the spelling in the editor.
    pub spelling: bool,
    /// Whether the prompt is shown as raw text, in the monospaced font.
    pub mono: bool,
    /// Whether editor and prompt scroll together.
    pub lock: bool,
    /// Whether the files rail is shown.
    pub rail: bool,
    /// The editor's share, 20 to 80 percent.
    pub editor_share: u32,
    /// The bottom panel's share of the height, 0 (closed) or 12 to 70 percent.
    pub dock_share: u32,
    /// Whether new problems are announced to screen readers after a pause.
    pub announce: bool,
}

impl Default for Prefs {
    fn default() -> Prefs {
        Prefs {
            theme: Theme::System,
            layout: Layout::Side,
            font_size: 14,
            wrap: true,
            tab: false,
            spelling: false,
            mono: false,
            lock: true,
            rail: true,
            editor_share: 50,
            dock_share: DOCK,
            announce: true,
        }
    }
}

impl Prefs {
    /// Clamps stored values to their valid ranges.
    pub fn repair(&mut self) {
        self.font_size = self.font_size.clamp(12, 22);
        self.set_share(Split::Prompt, self.editor_share);
        self.set_share(Split::Dock, self.dock_share);
    }

    /// Moves a splitter within its limits.
    pub fn set_share(&mut self, split: Split, share: u32) {
        match split {
            Split::Prompt => self.editor_share = share.clamp(20, 80),
            Split::Dock if share < 6 => self.dock_share = 0,
            Split::Dock => self.dock_share = share.clamp(12, 70),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_from_outside_are_brought_into_bounds() {
        let mut prefs =
            Prefs { font_size: 400, editor_share: 1, dock_share: 99, ..Prefs::default() };
        prefs.repair();
        assert_eq!((prefs.font_size, prefs.editor_share, prefs.dock_share), (22, 20, 70));
    }

    #[test]
    fn the_dock_closes_when_it_is_made_tiny() {
        let mut prefs = Prefs::default();
        prefs.set_share(Split::Dock, 3);
        assert_eq!(prefs.dock_share, 0);
        prefs.set_share(Split::Dock, 8);
        assert_eq!(prefs.dock_share, 12);
    }
}

//! What the reader likes, kept per device and apart from any project. It knows no browser.

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Its name in the page and in the browser's storage.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of that name; the system's for any other.
    pub fn named(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
}

/// Where editor and prompt lie on a wide screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Side by side.
    #[default]
    Side,
    /// The editor above the prompt.
    Stacked,
    /// The prompt alone.
    Prompt,
}

impl Layout {
    /// Its name in the page and in the browser's storage.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Side => "side",
            Layout::Stacked => "stacked",
            Layout::Prompt => "prompt",
        }
    }

    /// The layout of that name; side by side for any other.
    pub fn named(name: &str) -> Layout {
        match name {
            "stacked" => Layout::Stacked,
            "prompt" => Layout::Prompt,
            _ => Layout::Side,
        }
    }
}

/// A boundary that can be dragged or moved by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Between editor and prompt: the editor's share of the width.
    Prompt,
    /// Between both and the dock: the dock's share of the height.
    Dock,
}

/// Preferences of this device.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefs {
    /// Light or dark.
    pub theme: Theme,
    /// Where editor and prompt lie.
    pub layout: Layout,
    /// Size of editor and prompt in CSS pixels, 12 to 22.
    pub font_size: u32,
    /// Whether long lines wrap in the editor.
    pub wrap: bool,
    /// Whether the prompt is set in the code face.
    pub mono: bool,
    /// Whether the files rail is shown.
    pub rail: bool,
    /// Editor's share of the width, per cent, 20 to 80.
    pub editor_share: u32,
    /// Dock's share of the height, per cent, 0 (closed) or 12 to 70.
    pub dock_share: u32,
    /// Whether new problems are spoken after a pause.
    pub announce: bool,
}

impl Default for Prefs {
    fn default() -> Prefs {
        Prefs {
            theme: Theme::System,
            layout: Layout::Side,
            font_size: 14,
            wrap: true,
            mono: false,
            rail: true,
            editor_share: 50,
            dock_share: 26,
            announce: true,
        }
    }
}

impl Prefs {
    /// Brings sizes from outside into their bounds.
    pub fn repair(&mut self) {
        self.font_size = self.font_size.clamp(12, 22);
        self.set_share(Split::Prompt, self.editor_share);
        self.set_share(Split::Dock, self.dock_share);
    }

    /// Moves a boundary, within its bounds.
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

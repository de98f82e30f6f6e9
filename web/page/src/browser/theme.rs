//! Light and dark: the reader's choice, or the system's.

use crate::state::Action;
use crate::state::prefs::Theme;
use gloo_events::EventListener;
use web_sys::MediaQueryList;
use yew::Callback;

/// The system's wish for dark colours.
pub struct System {
    query: Option<MediaQueryList>,
    _listener: Option<EventListener>,
}

impl System {
    /// Reports when the system changes its mind.
    pub fn new(report: Callback<Action>) -> System {
        let query =
            super::window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok()?);
        let _listener = query.as_ref().map(|query| {
            EventListener::new(query, "change", move |_| report.emit(Action::SystemTheme))
        });
        System { query, _listener }
    }

    /// Whether the page is dark under this choice.
    pub fn is_dark(&self, theme: Theme) -> bool {
        match theme {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::System => self.query.as_ref().is_some_and(MediaQueryList::matches),
        }
    }
}

/// Marks the document with the choice; the style sheet does the rest.
pub fn set(theme: Theme) {
    let root = super::document().and_then(|d| d.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}

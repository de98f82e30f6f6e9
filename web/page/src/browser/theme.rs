//! Applies the light or dark theme and follows the system setting.

use crate::state::Action;
use crate::state::action::LookAction;
use crate::state::prefs::Theme;
use gloo_events::EventListener;
use web_sys::MediaQueryList;
use yew::Callback;

/// The system's color scheme.
pub struct System {
    query: Option<MediaQueryList>,
    _listener: Option<EventListener>,
}

impl System {
    /// Reports changes of the system setting.
    pub fn new(report: Callback<Action>) -> System {
        let query =
            super::window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok()?);
        let _listener = query.as_ref().map(|query| {
            EventListener::new(query, "change", move |_| {
                report.emit(Action::Look(LookAction::SystemTheme))
            })
        });
        System { query, _listener }
    }

    /// Whether this theme is dark.
    pub fn is_dark(&self, theme: Theme) -> bool {
        match theme {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::System => self.query.as_ref().is_some_and(MediaQueryList::matches),
        }
    }
}

/// Sets the theme on the document, for the style sheet.
pub fn set(theme: Theme) {
    let root = super::document().and_then(|d| d.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}

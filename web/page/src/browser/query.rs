//! Reads the query of the URL: `?embed`, `?theme=dark` and `?example=Docs writer`.

use crate::examples::EXAMPLES;
use crate::state::prefs::Theme;
use crate::state::workspace::Workspace;
use wasm_bindgen::JsValue;

/// The request in the URL's query.
#[derive(Debug, Default)]
pub struct Query {
    /// Whether the page is embedded in another page: without its own bars and storage.
    pub embed: bool,
    /// The theme, for this visit.
    pub theme: Option<Theme>,
    /// The example to begin with.
    pub example: Option<Workspace>,
}

/// The query of this page.
pub fn read() -> Query {
    let search = super::window().and_then(|window| window.location().search().ok());
    parse(&search.unwrap_or_default())
}

/// Removes the query from the URL, so that reloading does not start over.
pub fn forget() {
    let Some(window) = super::window() else { return };
    let location = window.location();
    let (Ok(path), Ok(hash)) = (location.pathname(), location.hash()) else { return };
    if location.search().is_ok_and(|search| !search.is_empty())
        && let Ok(history) = window.history()
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&(path + &hash)));
    }
}

fn parse(search: &str) -> Query {
    let mut query = Query::default();
    for part in search.trim_start_matches('?').split('&') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name {
            "embed" => query.embed = !matches!(value, "0" | "false"),
            "theme" => query.theme = Some(Theme::named(value)),
            "example" => query.example = example(value),
            _ => {}
        }
    }
    query
}

/// The example with a name, ignoring case, spaces, hyphens and their encodings.
fn example(name: &str) -> Option<Workspace> {
    let plain = |text: &str| {
        let text = text.replace("%20", "").to_lowercase();
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let wanted = plain(name);
    EXAMPLES.iter().find(|example| plain(example.name) == wanted).map(|e| e.workspace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_theme_and_example() {
        let query = parse("?embed=1&theme=dark&example=docs-writer");
        assert!(query.embed);
        assert_eq!(query.theme, Some(Theme::Dark));
        assert_eq!(query.example.map(|e| e.name), Some("Docs writer".into()));
        let none = parse("");
        assert!(!none.embed && none.theme.is_none() && none.example.is_none());
        assert!(parse("?example=Docs%20writer").example.is_some());
    }
}

//! Announces messages to screen readers through one polite live region.

/// Announces one sentence when the screen reader is idle.
pub fn say(text: &str) {
    let region = super::document().and_then(|d| d.get_element_by_id("status"));
    if let Some(region) = region {
        // Setting the same text again is not a change and would not be announced.
        let again = region.text_content().as_deref() == Some(text);
        region.set_text_content(Some(&if again { format!("{text}\u{a0}") } else { text.into() }));
    }
}

//! What is said to screen readers: one polite region that is in the page from the start.

/// Says one sentence when the reader is done speaking.
pub fn say(text: &str) {
    let region = super::document().and_then(|d| d.get_element_by_id("status"));
    if let Some(region) = region {
        // The same sentence twice would be no change, and silent.
        let again = region.text_content().as_deref() == Some(text);
        region.set_text_content(Some(&if again { format!("{text}\u{a0}") } else { text.into() }));
    }
}

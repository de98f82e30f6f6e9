//! Files that say themselves that most of their text is elsewhere.

use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;

/// More lines than these are a prompt.
const MOST_LINES: usize = 4;

/// "(truncated). Retrieve the full version from https://…" as the whole prompt.
pub(super) fn finding(role: &Role<'_>) -> Option<Finding> {
    let mut lines = role.body_lines().filter(|line| !line.of(role.text).trim().is_empty());
    let mut place: Option<(Span, bool)> = None;
    let mut has_address = false;
    for line in lines.by_ref().take(MOST_LINES) {
        let text = line.of(role.text);
        has_address |= text.contains("https://");
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find("(truncated)") {
            let start = line.start + at;
            place = Some((Span::new(start, start + "(truncated)".len()), false));
        }
        if let Some((_, fetches)) = &mut place {
            let is_order = ["retrieve ", "fetch ", "download "].iter().any(|it| lower.contains(it));
            let is_whole = ["full", "latest", "complete"].iter().any(|it| lower.contains(it));
            *fetches |= is_order && is_whole;
        }
    }
    let (place, _) = place.filter(|(_, fetches)| *fetches && has_address)?;
    lines.next().is_none().then(|| {
        Finding::new(place, "The file says that it is truncated")
            .reason("The prompt itself is missing; a model does not fetch it by itself.")
            .help("Put the whole text here.")
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_file_that_points_to_its_own_rest_is_truncated() {
        let text = "# Baker\n\nTaken from the bakery (truncated). Retrieve the full text from:\nhttps://example.com/baker.md\n";
        let check = |text: &str| findings("truncated-file", "roles/a.md", text);
        assert_eq!(check(text), ["3:23-3:34 warning The file says that it is truncated"]);
        for text in [
            format!("{text}\nBake bread.\n\nBake cakes.\n"),
            "# Baker\n\nReturn the list (truncated).\n".into(),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }
}

//! Finds invisible characters in a raw text, so that they can be shown: line breaks, tabs, special
//! spaces, and spaces that are more than a gap between words.

/// Splits a text into parts, each with the CSS class of its kind; plain text has none.
pub fn split(text: &str) -> Vec<(&str, &'static str)> {
    let mut parts: Vec<(&str, &'static str)> = Vec::new();
    let (mut rest, mut at_start) = (text, false);
    while let Some(first) = rest.chars().next() {
        let class = class_of(first);
        let end = match class {
            "" => rest.find(|c| !class_of(c).is_empty()).unwrap_or(rest.len()),
            "spaces" => rest.find(|c| c != ' ').unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (part, after) = rest.split_at(end);
        // A single space between two words does not need a mark.
        let is_gap = part == " " && !at_start && !after.starts_with(['\n', '\r']);
        match parts.last_mut() {
            Some((last, "")) if is_gap || class.is_empty() => {
                let start = text.len() - rest.len() - last.len();
                *last = text.get(start..text.len() - after.len()).unwrap_or(part);
            }
            _ => parts.push((part, if is_gap { "" } else { class })),
        }
        at_start = first == '\n';
        rest = after;
    }
    parts
}

fn class_of(character: char) -> &'static str {
    match character {
        '\n' => "line-break",
        '\r' => "return",
        '\t' => "tab-stop",
        ' ' => "spaces",
        other if other.is_whitespace() => "special-space",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn only_what_is_more_than_a_gap_between_words_is_marked() {
        assert_eq!(split("one two three"), [("one two three", "")]);
        assert_eq!(
            split("a  b \n c\td\u{a0}e\r\n"),
            [
                ("a", ""),
                ("  ", "spaces"),
                ("b", ""),
                (" ", "spaces"),
                ("\n", "line-break"),
                (" ", "spaces"),
                ("c", ""),
                ("\t", "tab-stop"),
                ("d", ""),
                ("\u{a0}", "special-space"),
                ("e", ""),
                ("\r", "return"),
                ("\n", "line-break"),
            ]
        );
        assert!(split("").is_empty());
    }

    #[test]
    fn every_character_is_kept() {
        for text in [" a", "a ", "\n\n", "🙂 b  🙂\u{2003}", "x y\tz  "] {
            let joined: String = split(text).into_iter().map(|(part, _)| part).collect();
            assert_eq!(joined, text);
        }
    }
}

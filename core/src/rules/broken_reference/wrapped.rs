//! Addresses of links that a line break splits.

use super::Finding;
use crate::role::Role;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// Longer addresses are not looked at.
const MAX_URL: usize = 500;

/// `](https://…req` at the end of a line, and the rest of the address at the start of the next one.
pub(super) fn check(role: &Role<'_>) -> Vec<Finding> {
    let body = role.body.of(role.text);
    let links = memchr::memmem::find_iter(body.as_bytes(), "](http");
    links.filter_map(|at| finding(role, role.body.start + at + 2)).collect()
}

fn finding(role: &Role<'_>, start: usize) -> Option<Finding> {
    let line = role.line_at(start);
    let (first, end) = (Span::new(start, line.end).of(role.text), line.end);
    let rest = role.text.get(end..role.text.floor_char_boundary(end + MAX_URL))?;
    let next = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let second = next.lines().next()?;
    let second = second.trim_start_matches([' ', '>']);
    let second = second.get(..second.find(')')?)?;
    let is_part = |c: char| !c.is_whitespace() && !"()[]<>`\"'*|".contains(c);
    let is_half =
        |half: &str| !half.is_empty() && half.len() < MAX_URL && half.chars().all(is_part);
    let is_address = first.starts_with("http://") || first.starts_with("https://");
    let goes_on = second.starts_with(|c: char| c.is_alphanumeric() || "/-_+%&=#?".contains(c));
    if !is_address || !is_half(first) || !is_half(second) || !goes_on || !is_text(role, start) {
        return None;
    }
    let from = end + rest.find(second)?;
    Some(
        Finding::new(Span::new(start, end), "A line break splits the address of this link")
            .label(Span::new(from, from + second.len()), "the rest of the address")
            .reason("Nothing reads the two parts as one address.")
            .unsafe_fix("Join the lines", Vec::from([(Span::new(end, from), String::new())])),
    )
}

/// Whether a place is outside of code, or in a template.
fn is_text(role: &Role<'_>, at: usize) -> bool {
    let is_template = |info: &str| matches!(info, "" | "md" | "markdown" | "text");
    match role.outline.fence_at(at) {
        Some(fence) => is_template(fence.info.of(role.text)),
        None => role.outline.code_at(at).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("broken-reference", "roles/a.md", text)
    }

    #[test]
    fn an_address_in_two_lines_is_joined() {
        let text =
            "See [the\nguide](https://fruit.example/pages/apples+and+pe\nars+in+winter) first.\n";
        assert_eq!(check(text), ["2:8-2:49 warning A line break splits the address of this link"]);
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "See [the\nguide](https://fruit.example/pages/apples+and+pears+in+winter) first.\n"
        );
        assert_eq!(check("```\n- [a](https://a.example/b\r\n  c)\n```\n").len(), 1);
        for text in [
            "[a](https://a.example/b)\nnext (x)\n",
            "[a](https://a.example/b\n\nc)\n",
            "[a](https://a.example/b\n\"a title\")\n",
            "[a](https://a.example/b\nand then c)\n",
            "```js\nx = '[a](https://a.example/b\nc)'\n```\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}

//! Finds the delimiters of front matter and any mistakes in them.

use super::{Fault, Language};
use crate::text::{self, Span};
use crate::yaml::tolerant_key;

/// The position of front matter.
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) content: Span,
    pub(super) language: Language,
    pub(super) fault: Option<Fault>,
}

/// The most lines that are searched for front matter that does not start the file.
const LINES_BEFORE: usize = 12;
/// The limit if the lines before are between two comments, as programs insert them.
const LINES_INSERTED: usize = 40;

/// Finds front matter, even where its delimiters are wrong.
pub(super) fn find(text: &str) -> Option<Found> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = lines(text, mark);
    let first = lines.next()?;
    match first.of(text).trim_end() {
        "---" if begins_page(text, first.end) => None,
        "---" => {
            let mut found = close(text, first)?;
            if mark > 0 {
                found.fault = found.fault.or(Some(Fault::ByteOrderMark));
            }
            Some(found)
        }
        "+++" => close_toml(text, first),
        line if line.len() > 3 && is_rule(line) => grown(text, first),
        _ => misplaced(text, mark).or_else(|| without_opener(text, first)),
    }
}

/// Whether a page begins after a rule: a blank line, a title and no line that only front matter has.
fn begins_page(text: &str, start: usize) -> bool {
    let mut lines = lines(text, start).map(|line| line.of(text).trim_end());
    let is_title = |line: &str| {
        line.strip_prefix("# ").is_some_and(|title| tolerant_key(title.trim_start()).is_none())
    };
    lines.next() == Some("")
        && lines.by_ref().find(|line| !line.is_empty()).is_some_and(is_title)
        && !lines.take(LINES_BEFORE).take_while(|line| *line != "---").any(is_named)
}

/// Whether a line gives the name or the description of a role.
fn is_named(line: &str) -> bool {
    line.starts_with("name:") || line.starts_with("description:")
}

fn is_rule(line: &str) -> bool {
    line.bytes().all(|b| b == b'-')
}

/// Front matter whose first line has too many dashes; anywhere else, such a line is a horizontal
/// rule.
fn grown(text: &str, first: Span) -> Option<Found> {
    let mut found = close(text, first).filter(|found| is_certain(text, found))?;
    found.fault =
        Some(Fault::Grown(Span::new(first.start, first.start + first.of(text).trim_end().len())));
    Some(found)
}

/// Whether there is nothing but fields between the delimiters, a name or a description among them.
fn is_certain(text: &str, found: &Found) -> bool {
    text::lines(text, found.content).any(|line| is_named(line.of(text)))
        && end_of_fields(text, found.content.start) >= found.content.end
}

/// The lines from `start`, each with its line ending.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    text::lines(text, Span::new(start, text.len()))
}

fn close(text: &str, opener: Span) -> Option<Found> {
    let front_matter = |end: usize, after: usize, fault| Found {
        span: Span::new(opener.start, after),
        content: Span::new(opener.end, end.max(opener.end)),
        language: Language::Yaml,
        fault,
    };
    // Whether the lines so far look like front matter at all: a document may simply begin with a rule.
    let mut keys = 0;
    let mut last_of_fields = opener.end;
    let mut ended = None;
    for line in lines(text, opener.end) {
        let raw = line.of(text).trim_end();
        if raw == "---" || raw == "..." {
            // Front matter without an end extends to the first horizontal rule of the body; a
            // heading, or a blank line followed by prose, reveals this.
            return match ended {
                Some(at) if keys > 0 => Some(front_matter(at, at, Some(Fault::Unclosed(at)))),
                _ if keys == 0 && is_prose(text, Span::new(opener.end, line.start)) => None,
                _ => Some(front_matter(line.start, line.end, None)),
            };
        }
        if keys > 0 && ended.is_none() {
            let content = line.of(text).trim_end_matches(['\n', '\r']);
            if let Some(stuck) = raw.strip_prefix("---") {
                if is_rule(stuck) {
                    let span = Span::new(line.start, line.start + raw.len());
                    return Some(front_matter(line.start, line.end, Some(Fault::Grown(span))));
                }
                let span = Span::new(line.start + 3, line.start + content.len());
                return Some(front_matter(line.start, line.start + 3, Some(Fault::Glued(span))));
            }
        }
        if tolerant_key(raw).is_some() {
            keys += 1;
        }
        match ended {
            None if is_markdown_heading(raw) => ended = Some(last_of_fields),
            None if !raw.is_empty() => last_of_fields = line.end,
            _ => {}
        }
    }
    (keys > 0).then(|| {
        let at = ended.unwrap_or_else(|| end_of_fields(text, opener.end));
        front_matter(at, at, Some(Fault::Unclosed(at)))
    })
}

/// Whether lines between two horizontal rules are text and not fields, not even broken fields.
fn is_prose(text: &str, content: Span) -> bool {
    let trimmed = |line: Span| line.of(text).trim();
    let lines = || text::lines(text, content).map(trimmed).filter(|line| !line.is_empty());
    let is_data = |line: &str| {
        line.contains(": ")
            || line.contains(" = ")
            || line.contains('：')
            || line.ends_with(':')
            || line.starts_with("name:")
            || line.starts_with(['{', '['])
            || line.starts_with('#') && !line.starts_with("##")
    };
    lines().next().is_some() && !lines().any(is_data)
}

/// `## Title` can only be a comment in YAML; a comment in front matter has one hash.
fn is_markdown_heading(line: &str) -> bool {
    line.starts_with("## ") || line.starts_with("### ")
}

/// The end of the run of lines that can belong to front matter.
fn end_of_fields(text: &str, start: usize) -> usize {
    let mut end = start;
    for line in lines(text, start) {
        let raw = line.of(text).trim_end();
        let belongs = tolerant_key(raw).is_some()
            || raw.starts_with([' ', '\t'])
            || raw.starts_with("- ")
            || raw.starts_with("# ") && tolerant_key(raw.trim_start_matches(['#', ' '])).is_some();
        if !belongs {
            break;
        }
        end = line.end;
    }
    end
}

fn close_toml(text: &str, opener: Span) -> Option<Found> {
    let close = lines(text, opener.end).find(|line| line.of(text).trim_end() == "+++")?;
    Some(Found {
        span: Span::new(opener.start, close.end),
        content: Span::new(opener.end, close.start),
        language: Language::Toml,
        fault: None,
    })
}

/// Front matter after blank lines, comments or a title. Only a run of fields between two delimiters
/// counts: anywhere else, `---` is a horizontal rule.
fn misplaced(text: &str, start: usize) -> Option<Found> {
    let mut comment = false;
    // Text is harmless only between two comments.
    let (mut has_text, mut last) = (false, "");
    let is_inserted = text.get(start..).is_some_and(|text| text.trim_start().starts_with("<!--"));
    let most = if is_inserted { LINES_INSERTED } else { LINES_BEFORE };
    for line in lines(text, start).take(most) {
        let raw = line.of(text).trim();
        if raw == "---" && !comment && (!has_text || last.ends_with("-->")) {
            let indent = line.len() - line.of(text).trim_start().len();
            let opener = Span::new(line.start + indent, line.end);
            let mut found = close(text, opener)?;
            if !is_certain(text, &found) || found.fault.is_some() {
                return None;
            }
            found.fault = Some(Fault::NotAtStart(Span::new(start, opener.start)));
            return Some(found);
        }
        comment = (comment || raw.starts_with("<!--")) && !raw.ends_with("-->");
        let harmless = raw.is_empty()
            || comment
            || raw.starts_with("<!--")
            || raw.ends_with("-->")
            || raw.starts_with("# ");
        has_text |= !harmless;
        if has_text && !is_inserted || raw == "---" && !comment {
            return None;
        }
        last = if raw.is_empty() { last } else { raw };
    }
    None
}

/// Fields on the first lines, at least a name and a description, closed by `---` or a blank line.
fn without_opener(text: &str, first: Span) -> Option<Found> {
    if !is_named(first.of(text)) {
        return None;
    }
    let end = end_of_fields(text, first.start);
    let content = Span::new(first.start, end);
    if text::lines(text, content).filter(|line| is_named(line.of(text))).count() < 2 {
        return None;
    }
    let closer = lines(text, end).next().filter(|line| line.of(text).trim_end() == "---");
    Some(Found {
        span: Span::new(first.start, closer.map_or(end, |line| line.end)),
        content,
        language: Language::Yaml,
        fault: Some(Fault::NoOpener),
    })
}

#[cfg(test)]
mod tests {
    use crate::front_matter::{Fault, read};
    use crate::text::Span;
    use alloc::string::{String, ToString};
    use alloc::{format, vec, vec::Vec};

    fn names(text: &str) -> Vec<String> {
        read(text, false).map_or(vec![], |h| h.fields.iter().map(|f| f.name.to_string()).collect())
    }

    fn fault(text: &str) -> Option<Fault> {
        read(text, false).and_then(|front_matter| front_matter.fault)
    }

    #[test]
    fn a_rule_at_the_top_of_a_document_is_not_front_matter() {
        assert_eq!(read("# Title\n\n---\n\nNote: text\n\n---\n", false), None);
        assert_eq!(read("plain\n", false), None);
        assert_eq!(read("---\n\nplain text without fields\n", false), None);
        assert_eq!(read("---\n\nAn opening paragraph.\n\n---\n\nMore.\n", false), None);
        let page = "---\n\n# Metrics\n\n**Version:** 2.0.0\n\n## Use\n\n---\n";
        assert_eq!(read(page, false), None);
        assert_eq!(read("---\n\n# UPDATE\nCommit: 21ab\nMessage: fix: it\n\nText\n", false), None);
        assert!(read("---\n\n# Ours\nname: a\n---\ntext\n", false).is_some());
        assert!(read("---\n---\ntext\n", false).is_some());
        assert!(read("---\n- name: x\n---\ntext\n", false).is_some());
    }

    #[test]
    fn crlf_and_byte_order_mark_are_read() {
        let text = "\u{feff}---\r\nname: a\r\n---\r\nx";
        assert_eq!(names(text), ["name"]);
        assert_eq!(fault(text), Some(Fault::ByteOrderMark));
    }

    #[test]
    fn text_stuck_to_the_closing_delimiter_is_found() {
        let text = "---\nname: a\n---## What I do\nx\n";
        let Some(Fault::Glued(span)) = fault(text) else { panic!("{:?}", fault(text)) };
        assert_eq!(span.of(text), "## What I do");
    }

    #[test]
    fn an_opening_delimiter_that_grew_is_found_where_fields_follow() {
        let text = "----\nname: a\ndescription: b\n----\nbody\n";
        assert_eq!(fault(text), Some(Fault::Grown(Span::new(0, 4))));
        assert_eq!(names(text), ["name", "description"]);
        assert_eq!(read("-----\n\nA text below a rule.\n\n---\n", false), None);
        assert_eq!(read("------\nNote: a table\n------\n", false), None);
    }

    #[test]
    fn front_matter_after_spaces_is_misplaced() {
        let text = "  ---\nname: a\ndescription: b\n---\nx\n";
        assert_eq!(fault(text), Some(Fault::NotAtStart(Span::new(0, 2))));
        assert!(read(text, false).unwrap().span.of(text).starts_with("---\nname"));
    }

    #[test]
    fn a_delimiter_that_grew_is_found() {
        let text = format!("---\nname: a\n{}\nbody\n\n---\n", "-".repeat(56));
        assert!(matches!(fault(&text), Some(Fault::Grown(_))));
    }

    #[test]
    fn unclosed_front_matter_ends_after_its_fields() {
        let text = "---\nname: a\ndescription: b\n\n# Title\n\ntext\n";
        let Some(Fault::Unclosed(at)) = fault(text) else { panic!() };
        assert_eq!(&text[at..], "\n# Title\n\ntext\n");
        let with_rule = "---\nname: a\ndescription: b\n\n## Title\n\ntext\n\n---\n\nmore\n";
        let Some(Fault::Unclosed(at)) = fault(with_rule) else { panic!() };
        assert!(with_rule[at..].starts_with("\n## Title"));
    }

    #[test]
    fn front_matter_after_text_that_a_program_inserted_is_misplaced() {
        let block = "<!-- KIT:START -->\n# Compatibility\n\nThis prompt was adapted.\n- One\n<!-- KIT:END -->\n";
        let fields = "---\ndescription: b\n---\nText.\n";
        let found = fault(&format!("{block}{fields}"));
        assert_eq!(found, Some(Fault::NotAtStart(Span::new(0, block.len()))));
        assert_eq!(fault(&format!("{block}And more.\n\n{fields}")), None);
        assert_eq!(fault(&format!("{block}\n---\n\nText.\n\n---\n")), None);
        assert_eq!(fault(&format!("# Compatibility\n\nAdapted.\n\n{fields}")), None);
    }

    #[test]
    fn front_matter_after_blank_lines_is_misplaced() {
        let text = "\n\n---\nname: a\ndescription: b\n---\nx\n";
        assert_eq!(fault(text), Some(Fault::NotAtStart(Span::new(0, 2))));
        assert_eq!(names(text), ["name", "description"]);
    }

    #[test]
    fn front_matter_without_its_opening_delimiter_is_recognized() {
        assert_eq!(fault("name: a\ndescription: b\n---\nbody\n"), Some(Fault::NoOpener));
        assert_eq!(fault("name: only a line of text\n\nmore\n"), None);
    }
}

//! Removes fields from front matter along with their lines, or their commas in a flow mapping.

use super::{Field, FrontMatter};
use crate::text::Span;
use alloc::vec::Vec;

/// The ranges to delete so that exactly the fields for which `is_gone` holds are removed. The
/// ranges are in order and do not overlap.
pub(crate) fn without(
    text: &str,
    front_matter: &FrontMatter<'_>,
    is_gone: impl Fn(&Field<'_>) -> bool,
) -> Vec<Span> {
    let fields = &front_matter.fields;
    if !front_matter.is_flow {
        return fields
            .iter()
            .filter(|field| is_gone(field))
            .map(|field| lines(text, field))
            .collect();
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(field) = fields.get(at) {
        let run = fields.iter().skip(at).take_while(|field| is_gone(field)).count();
        let last = run.checked_sub(1).and_then(|more| fields.get(at + more));
        if let Some(last) = last {
            let before = at.checked_sub(1).and_then(|before| fields.get(before));
            let entries = Span::new(field.lines.start, last.lines.end);
            entries_of(
                text,
                front_matter.content,
                before.map(|field| field.lines.end),
                entries,
                &mut ranges,
            );
        }
        at += run.max(1);
    }
    ranges
}

/// The lines of the field itself, without blank lines and comments that follow.
fn lines(text: &str, field: &Field<'_>) -> Span {
    let written = Span::new(field.name_span.end, field.value.span.end).of(text).trim_end();
    let end = field.name_span.end + written.len();
    let rest = Span::new(end, field.lines.end).of(text);
    let line_end = rest.find('\n').map_or(field.lines.end, |at| end + at + 1);
    Span::new(field.lines.start, line_end)
}

/// Entries of a flow mapping, each with one comma: the comma after it or, if it is the last entry,
/// the comma before it.
fn entries_of(
    text: &str,
    content: Span,
    before: Option<usize>,
    entries: Span,
    ranges: &mut Vec<Span>,
) {
    if let Some(comma) = comma(text, entries.end, content.end) {
        ranges.push(whole_lines(text, Span::new(entries.start, comma + 1)));
        return;
    }
    let comma = before.and_then(|end| comma(text, end, entries.start).map(|comma| (end, comma)));
    match comma {
        Some((end, comma)) if Span::new(end, entries.start).of(text).contains('#') => {
            ranges.extend([Span::new(comma, comma + 1), whole_lines(text, entries)]);
        }
        Some((end, _)) => ranges.push(Span::new(end, entries.end)),
        None => ranges.push(entries),
    }
}

/// The comma after a value, with nothing but whitespace and comments between.
fn comma(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    for line in Span::new(from, to).of(text).split_inclusive('\n') {
        let code = line.trim_start();
        if code.starts_with(',') {
            return Some(at + line.len() - code.len());
        }
        if !code.is_empty() && !code.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    None
}

/// The range, extended to whole lines if they contain only whitespace and a comment besides, or
/// else by the spaces after it.
fn whole_lines(text: &str, range: Span) -> Span {
    let line = text.get(..range.start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let is_first = Span::new(line, range.start).of(text).trim().is_empty();
    let rest = text.get(range.end..).unwrap_or("");
    let end_of_line = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let behind = rest.get(..end_of_line).unwrap_or("");
    let is_last = behind.trim().is_empty() || behind.trim_start().starts_with('#');
    if is_first && is_last {
        return Span::new(line, range.end + end_of_line);
    }
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    Span::new(range.start, range.end + if is_last { 0 } else { blanks })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use alloc::string::{String, ToString};
    use alloc::{format, vec};

    /// The lines of front matter without the fields of that name.
    fn after(lines: &str, gone: &str) -> String {
        let text = format!("---\n{lines}---\nbody\n");
        let front_matter = read(&text, false).unwrap();
        let mut content = front_matter.content.of(&text).to_string();
        for range in without(&text, &front_matter, |field| field.name == gone).into_iter().rev() {
            let start = front_matter.content.start;
            content.replace_range(range.start - start..range.end - start, "");
        }
        let proof = format!("---\n{content}---\n");
        let read = read(&proof, false).unwrap();
        let names = |front_matter: &FrontMatter<'_>| -> Vec<(String, String)> {
            let kept = front_matter.fields.iter().filter(|field| field.name != gone);
            kept.map(|f| (f.name.to_string(), format!("{:?}", f.value.as_str()))).collect()
        };
        assert_eq!(read.error, None, "{content}");
        assert_eq!(names(&read), names(&front_matter), "{content}");
        assert_eq!(read.fields.len(), names(&front_matter).len(), "{content}");
        content
    }

    #[test]
    fn one_line_keeps_its_other_entries() {
        assert_eq!(after("{a: 1, b: 2, c: 3}\n", "a"), "{b: 2, c: 3}\n");
        assert_eq!(after("{a: 1, b: 2, c: 3}\n", "b"), "{a: 1, c: 3}\n");
        assert_eq!(after("{a: 1, b: 2, c: 3}\n", "c"), "{a: 1, b: 2}\n");
        assert_eq!(after("{ a: 1, b: 2, }\n", "b"), "{ a: 1, }\n");
        assert_eq!(after("{a: 1}\n", "a"), "{}\n");
        assert_eq!(after("{a: 1, a: 2, b: 3, a: 4, a: 5}\n", "a"), "{b: 3}\n");
        assert_eq!(
            after("{\"a\":{x: 1}, b: \"2, 3\", c: [4, 5]}\n", "b"),
            "{\"a\":{x: 1}, c: [4, 5]}\n"
        );
    }

    #[test]
    fn entries_without_a_value_go_with_their_colon() {
        assert_eq!(after("{a, b, c}\n", "b"), "{a, c}\n");
        assert_eq!(after("{a: , b: , c: }\n", "c"), "{a: , b: }\n");
    }

    #[test]
    fn lines_of_their_own_go_whole() {
        let text = "{\n  a: 1, # one\n  b: [2,\n    3], # two\n  c: 4 # three\n}\n";
        assert_eq!(after(text, "a"), "{\n  b: [2,\n    3], # two\n  c: 4 # three\n}\n");
        assert_eq!(after(text, "b"), "{\n  a: 1, # one\n  c: 4 # three\n}\n");
        assert_eq!(
            after(text, "c"),
            "{\n  a: 1 # one\n  b: [2,\n    3], # two\n}\n"
                .replace("1 #", "1, #")
                .replace("3], # two", "3] # two")
        );
        let comma_first = "{ a: 1\n, b: 2\n, c: 3\n}\n";
        assert_eq!(after(comma_first, "c"), "{ a: 1\n, b: 2\n}\n");
    }

    #[test]
    fn every_place_and_form_reads_as_before() {
        let separators = [", ", ",", ",\n  ", " ,\n", ", # x\n  ", "\n  # x, y\n  , "];
        let ends = ["}\n", " }\n", ",}\n", ", }\n", "\n}\n", ",\n}\n", " # x\n}\n", ", # x\n}\n"];
        for separator in separators {
            for end in ends {
                for start in ["{", "{ ", "{\n", "{ # x\n  "] {
                    for places in 1..31u32 {
                        let name = |n: u32| if places >> n & 1 == 1 { "gone" } else { "kept" };
                        let entries: Vec<String> =
                            (0..5).map(|n| format!("{}: [{n}, '}}']", name(n))).collect();
                        after(&format!("{start}{}{end}", entries.join(separator)), "gone");
                    }
                }
            }
        }
    }

    #[test]
    fn fields_of_a_block_mapping_go_with_their_lines() {
        assert_eq!(after("a: 1\nb:\n  - 2\n# c\nc: 3\n", "b"), "a: 1\n# c\nc: 3\n");
        assert_eq!(after("a: 1\nb: |\n  2 # x\n\n# c\nc: 3\n", "b"), "a: 1\n\n# c\nc: 3\n");
        assert_eq!(after("a: 1\nb: # x\nc: 3\n", "b"), "a: 1\nc: 3\n");
        let front_matter = "---\na: 1\na: 2\n---\n";
        let ranges = without(front_matter, &read(front_matter, false).unwrap(), |_| true);
        assert_eq!(ranges, vec![Span::new(4, 9), Span::new(9, 14)]);
    }
}

//! Tables that Markdown does not read as tables, or whose cells it drops.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Paragraph;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "broken-table",
    severity: Severity::Warning,
    profile: Profile::Recommended,
    summary: "A table is not read as a table, or has lost rows or cells.",
    why: "A table needs a header, and below it a line of dashes with as many cells. Otherwise it is a paragraph with vertical bars, and it is easy to take a value for that of another column. A `|` inside a cell ends the cell, even in code, and cells beyond the last column are dropped. Rows after a blank line are not part of the table above. Columns with tabs between them, as from a word processor, form a single paragraph, and so do columns with bars and no line of dashes.",
    example: Example {
        path: "roles/clerk.md",
        bad: "# Clerk\n\nAnswer in time:\n\n| Letter | Days |\n|---|\n| Invoice | 3 |\n| Complaint | 1 |\n",
        at: "| Letter | Days |",
        good: "# Clerk\n\nAnswer in time:\n\n| Letter | Days |\n|---|---|\n| Invoice | 3 |\n| Complaint | 1 |\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fewer lines may be anything.
const MIN_LINES: usize = 3;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let found = cut_rows(role).into_iter().chain(dropped_cells(role));
    let mut found: Vec<Finding> = found.collect();
    // In a wrongly paired code block, text to be printed looks like prose.
    if role.fence_faults().is_empty() {
        found.extend(unread(role));
        found.extend(columns(role, "\t", "Columns separated by tabs"));
        found.extend(columns(
            role,
            " | ",
            "Columns separated by bars, without a line below the header",
        ));
    }
    found.into_iter().for_each(|finding| cx.report(finding));
}

/// The lines of a part, without their ends.
fn lines<'a>(role: &'a Role<'_>, part: Span) -> impl Iterator<Item = Span> + 'a {
    let content = |line: Span| line.of(role.text).trim_end_matches(['\r', '\n']).len();
    let lines = crate::text::lines(role.text, part);
    lines.map(move |line| Span::new(line.start, line.start + content(line)))
}

/// The cells of a row that begins with a vertical bar.
fn cells_of(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().trim_start_matches(['>', ' ']).strip_prefix('|')?;
    let ends: Vec<usize> = memchr::memchr_iter(b'|', row.as_bytes())
        .filter(|at| !row.get(..*at).is_some_and(|before| before.ends_with('\\')))
        .collect();
    let mut start = 0;
    let mut cells = Vec::new();
    for end in ends {
        cells.extend(row.get(start..end));
        start = end + 1;
    }
    let last = row.get(start..).filter(|last| !last.trim().is_empty());
    cells.extend(last);
    Some(cells)
}

fn count(line: &str) -> usize {
    cells_of(line).map_or(0, |cells| cells.len())
}

/// Whether a line is the one below a header: `|---|:--:|`.
fn is_delimiter(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>'))
}

/// Rows that a blank line separates from their table, as one finding.
fn cut_rows(role: &Role<'_>) -> Option<Finding> {
    let is_whole = |line: &str| line.trim().ends_with('|');
    let rows = role.outline.tables.iter().filter_map(|table| {
        let header = count(table.of(role.text).lines().next()?);
        let rest = role.text.get(table.end..)?;
        let start = table.end + rest.len() - rest.trim_start().len();
        let first = role.line_at(start);
        let between = Span::new(table.end, first.start).of(role.text);
        let next = role.text.get(first.end..)?.trim_start_matches(['\r', '\n']).lines().next();
        let is_row = header > 1
            && count(first.of(role.text)) == header
            && is_whole(first.of(role.text))
            && !is_delimiter(first.of(role.text))
            && !next.is_some_and(is_delimiter);
        let is_text = role.outline.code_at(start).is_none();
        let is_cut = first.start > table.end && between.matches('\n').count() > 1;
        (is_row && is_text && is_cut && between.trim().is_empty()).then_some(first)
    });
    let rows: Vec<Span> = rows.collect();
    let (first, more) = rows.split_first()?;
    let finding = Finding::new(*first, "A blank line cuts these rows off from the table above")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("Markdown reads them as text with vertical bars, not as table rows.");
    Some(finding.help("Delete the blank line, or repeat the header of the table."))
}

/// Rows with text beyond the last column, as one finding.
fn dropped_cells(role: &Role<'_>) -> Option<Finding> {
    let bars = |line: Span| memchr::memchr_iter(b'|', line.of(role.text).as_bytes()).count();
    let rows = role.outline.tables.iter().flat_map(|table| {
        let mut lines = lines(role, *table);
        let header = lines.next().unwrap_or(Span::at(table.start));
        let (most, columns) = (bars(header), count(header.of(role.text)));
        let is_too_long = move |line: &Span| {
            // Most rows have as many bars as the header.
            let cells = Some(*line).filter(|line| columns > 1 && bars(*line) > most);
            let cells = cells.and_then(|line| cells_of(line.of(role.text))).unwrap_or_default();
            cells.get(columns..).unwrap_or(&[]).iter().any(|cell| !cell.trim().is_empty())
        };
        lines.skip(1).filter(is_too_long)
    });
    let rows: Vec<Span> = rows.collect();
    let (first, more) = rows.split_first()?;
    let finding = Finding::new(*first, "Row with more cells than the header")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("Cells beyond the last column are dropped. A `|` ends a cell, even in code.");
    Some(finding.help("Write `\\|` for a bar inside a cell, or add the column to the header."))
}

/// Rows that Markdown reads as a paragraph: their header lacks the line below it, or it does not fit.
fn unread(role: &Role<'_>) -> Vec<Finding> {
    let text = role.text;
    let starts = |span: &Span| text.as_bytes().get(span.start) == Some(&b'|');
    let paragraphs = role.outline.paragraphs.iter().map(|paragraph| paragraph.span).filter(starts);
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let lines: Vec<Span> = lines(role, paragraph).collect();
        let [first, second, ..] = lines.as_slice() else { continue };
        let (header, below) = (count(first.of(text)), count(second.of(text)));
        let message = if is_delimiter(first.of(text)) && header > 1 && below > 1 {
            String::from("Table without a header")
        } else if is_delimiter(second.of(text)) && header > 1 && below > 0 && header != below {
            format!("Not a table: its header has {header} cells, and the line below it {below}")
        } else {
            continue;
        };
        let finding = Finding::new(*first, message)
            .reason("Markdown reads it as a paragraph with vertical bars.")
            .help("Begin with a header, and below it a line of dashes with as many cells.");
        found.push(finding);
    }
    found
}

/// Lines with the same number of separators between their columns, which are all one paragraph.
fn columns(role: &Role<'_>, separator: &str, message: &'static str) -> Option<Finding> {
    let text = role.text;
    let finder = memchr::memmem::Finder::new(separator);
    // Most texts have no such separator.
    finder.find(role.body.of(text).as_bytes())?;
    let columns = |line: &Span| {
        let line = line.of(text);
        // Nor have most lines.
        finder.find(line.as_bytes())?;
        let mut cells = line.split(separator);
        let is_row = !line.starts_with('|') && cells.all(|cell| !cell.trim().is_empty());
        is_row.then(|| line.matches(separator).count() + 1)
    };
    let rows = |paragraph: &Paragraph| {
        let mut rest = lines(role, paragraph.span).skip(1);
        let first = lines(role, paragraph.span).next().as_ref().and_then(columns);
        let is_table = first.is_some() && rest.all(|line| columns(&line) == first);
        let rows: Vec<Span> = lines(role, paragraph.span).filter(|_| is_table).collect();
        (rows.len() >= MIN_LINES).then_some(rows)
    };
    let lines = role.outline.paragraphs.iter().filter(|it| !it.nested).find_map(rows)?;
    let row = |line: &Span| format!("| {} |", line.of(text).trim().replace(separator, " | "));
    let (first, rows) = lines.split_first()?;
    let dashes = "|---".repeat(columns(first)?);
    let header = format!("{}{}{dashes}|", row(first), role.line_end());
    let rows = rows.iter().map(|line| (*line, row(line)));
    let edits = [(*first, header)].into_iter().chain(rows).collect();
    let finding = Finding::new(*first, message)
        .severity(Severity::Info)
        .reason("Markdown reads the lines as one paragraph, not as a table.");
    Some(finding.unsafe_fix("Write them as a table", edits))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("broken-table", "roles/a.md", text)
    }

    #[test]
    fn rows_after_an_empty_line_are_no_rows() {
        let table = "| a | b |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(
            check(&format!("{table}\n| 3 | 4 |\n| 5 | 6 |\n")),
            ["5:1-5:10 warning A blank line cuts these rows off from the table above"]
        );
        for rest in [
            "| 3 | 4 |",
            "\n| c | d |\n|---|---|\n| 3 | 4 |\n",
            "\nText.\n\n| 3 | 4 |\n",
            "\n| 3 | 4 | 5 |\n",
            "\n```\n| 3 | 4 |\n```\n",
        ] {
            assert_eq!(check(&format!("{table}{rest}")), [""; 0], "{rest}");
        }
    }

    #[test]
    fn a_bar_inside_a_cell_ends_it() {
        let table = "| Call | Use |\n|---|---|\n";
        assert_eq!(
            check(&format!("{table}| `a|b` | Both |\n| `c` | One |\n| `d|e` | Both |\n")),
            ["3:1-3:17 warning Row with more cells than the header (2 places)"]
        );
        for row in ["| `a\\|b` | Both |", "| a | b | |", "| a |", "a | b"] {
            assert_eq!(check(&format!("{table}{row}\n")), [""; 0], "{row}");
        }
    }

    #[test]
    fn a_header_and_the_line_below_it_have_as_many_cells() {
        assert_eq!(
            check("| a | b |\r\n|---|---|---|\r\n| 1 | 2 |\r\n"),
            ["1:1-1:10 warning Not a table: its header has 2 cells, and the line below it 3"]
        );
        assert_eq!(
            check("Text.\n\n|---|---|\n| 1 | 2 |\n"),
            ["3:1-3:10 warning Table without a header"]
        );
        for text in ["| a |\n|---|\n| 1 |\n", "| a | b |\n", "```\n| a | b |\n|---|\n```\n"] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn columns_with_tabs_become_a_table() {
        let text = "# A\n\nStep\tAction\n1 Read\tAll of it\n2 Write\tIn brief\n";
        assert_eq!(check(text), ["3:1-3:12 info Columns separated by tabs"]);
        assert_eq!(
            fixed_unsafely("roles/a.md", text),
            "# A\n\n| Step | Action |\n|---|---|\n| 1 Read | All of it |\n| 2 Write | In brief |\n"
        );
        assert_eq!(
            check(&text.replace('\t', " | ")),
            ["3:1-3:14 info Columns separated by bars, without a line below the header"]
        );
        assert_eq!(
            check("Ann | Bob\n\na | b\nc | d\ne | f\n"),
            ["3:1-3:6 info Columns separated by bars, without a line below the header"]
        );
        for text in [
            "a\tb\nc\td\n",
            "a\tb\nc\td\ne\n",
            "```\na\tb\nc\td\ne\tf\n```\n",
            "- a\tb\n- c\td\n- e\tf\n",
            "Use a | b.\nUse c | d.\nThen go on.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}

//! Writes the hits of the rules into docs/precision.md and keeps what a reader noted there.

use super::{Hit, by_rule};
use rolewright_core::rules::RULES;
use rolewright_core::{Profile, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Where the table is.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/precision.md");

/// Renews the columns of the table that are counted. `hits` are those of the style profile; a rule that
/// has none in the recommended one is marked.
pub(crate) fn renew(hits: &[Hit], of_profile: impl Fn(Profile) -> Vec<Hit>) {
    if hits.is_empty() {
        return rolewright_tests::data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let recommended = of_profile(Profile::Recommended);
    let recommended: BTreeSet<&str> = recommended.iter().map(|hit| hit.rule).collect();
    let page = std::fs::read_to_string(PAGE).expect("the page is there");
    let (before, rows, after) = parts(&page);
    let mut read: BTreeMap<&str, String> = rows.iter().filter_map(|row| noted(row)).collect();
    let mut table = String::new();
    let counted = by_rule(hits);
    let all = RULES.iter().map(|rule| rule.name);
    let names: BTreeSet<&str> = counted.keys().chain(read.keys()).copied().chain(all).collect();
    for rule in names {
        let hits = counted.get(rule).map_or(&[][..], Vec::as_slice);
        let noted = read.remove(rule).unwrap_or_else(|| "0 | – | – |".to_string());
        let style = !hits.is_empty() && !recommended.contains(rule);
        table += &format!("| `{rule}` | {} | {noted}\n", columns(hits, style));
    }
    std::fs::write(PAGE, format!("{before}{table}{after}")).expect("the page can be written");
}

/// Severities, hits, files and repositories.
fn columns(hits: &[&Hit], style: bool) -> String {
    let distinct =
        |of: fn(&Hit) -> &str| hits.iter().map(|hit| of(hit)).collect::<BTreeSet<_>>().len();
    let has = |severity: Severity| hits.iter().any(|hit| hit.severity == severity);
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let severities = severities.into_iter().filter(|severity| has(*severity));
    let severities: Vec<&str> = severities.map(Severity::name).collect();
    let severities = if hits.is_empty() { "–".to_string() } else { severities.join(", ") };
    let style = if style { " (style)" } else { "" };
    let (files, repositories) = (distinct(|hit| &hit.file), distinct(|hit| &hit.repository));
    format!("{severities}{style} | {} | {files} | {repositories}", hits.len())
}

/// The page before the rows of the table, the rows, and the page after them.
fn parts(page: &str) -> (&str, Vec<&str>, &str) {
    let start = page.find("| `").expect("the table has a row");
    let length = page[start..].find("\n\n").map_or(page.len() - start, |end| end + 1);
    let (rows, after) = page[start..].split_at(length);
    (&page[..start], rows.lines().collect(), after)
}

/// The rule of a row, and what follows the columns that are counted.
fn noted(row: &str) -> Option<(&str, String)> {
    let mut cells = row.split(" | ");
    let rule = cells.next()?.trim_start_matches("| ").trim_matches('`');
    Some((rule, cells.skip(4).collect::<Vec<_>>().join(" | ")))
}

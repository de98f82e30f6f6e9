//! `cargo xtask facts`: reports the age of the facts, and which of them are out of date.

use super::facts::Facts;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// A group of facts, with the source and date of its last check.
struct Group<'f> {
    checked: &'f str,
    host: &'f str,
    what: String,
    source: &'f str,
}

/// The facts by age, oldest first, and the facts that depend on the given day (`YYYY-MM-DD`).
pub(super) fn report(hosts: &[Facts], today: &str) -> String {
    let mut groups: Vec<Group<'_>> = hosts.iter().flat_map(groups).collect();
    groups.sort_by_key(|group| (group.checked, group.host));
    let mut out = String::from("Facts by age, oldest first:\n");
    for Group { checked, host, what, source } in &groups {
        let _ = writeln!(out, "  {checked:<10} {host}: {what} ({source})");
    }
    let mut months: BTreeMap<&str, usize> = BTreeMap::new();
    for group in &groups {
        *months.entry(group.checked.get(..7).unwrap_or(group.checked)).or_default() += 1;
    }
    out.push_str("\nGroups read in each month:\n");
    for (month, count) in months {
        let _ = writeln!(out, "  {month:<7} {count}");
    }
    let dates: Vec<Dated<'_>> = hosts.iter().flat_map(dated).collect();
    list(&mut out, "Out of date since they were read", &dates, |one| {
        one.checked < one.date.as_str() && one.date.as_str() <= today
    });
    list(&mut out, "True from a later date", &dates, |one| one.date.as_str() > today);
    out
}

fn list(out: &mut String, title: &str, dates: &[Dated<'_>], is: impl Fn(&Dated<'_>) -> bool) {
    let mut found: Vec<&Dated<'_>> = dates.iter().filter(|one| is(one)).collect();
    found.sort_by(|a, b| (&a.date, a.host).cmp(&(&b.date, b.host)));
    let _ = writeln!(out, "\n{title}: {}", found.len());
    for Dated { date, host, what, .. } in found {
        let _ = writeln!(out, "  {date} {host}: {what}");
    }
}

/// The groups of a host that have separate dates.
fn groups(host: &Facts) -> Vec<Group<'_>> {
    let mut found = vec![("all else".to_owned(), Some(&host.source), Some(&host.checked))];
    let mut add = |what: &str, source, checked| found.push((what.to_owned(), source, checked));
    add("front matter", host.front_matter.source.as_ref(), host.front_matter.checked.as_ref());
    add("fields", host.fields.source.as_ref(), host.fields.checked.as_ref());
    add("tools", host.tools.source.as_ref(), host.tools.checked.as_ref());
    add("models", host.models.source.as_ref(), host.models.checked.as_ref());
    add("roles", host.roles.source.as_ref(), host.roles.checked.as_ref());
    add("placeholders", host.placeholders.source.as_ref(), host.placeholders.checked.as_ref());
    for field in &host.field {
        add(&format!("`{}`", field.name), field.source.as_ref(), field.checked.as_ref());
    }
    for place in host.deprecated.iter().chain(&host.overlooked) {
        add(&format!("`{}`", place.location), Some(&place.source), Some(&place.checked));
    }
    if let Some(body) = &host.body {
        add("length of the body", body.source.as_ref(), body.checked.as_ref());
    }
    if let Some(budget) = &host.descriptions {
        add("length of the descriptions", Some(&budget.source), Some(&budget.checked));
    }
    found
        .into_iter()
        .filter_map(|(what, source, checked)| {
            let (checked, source) = (checked?.as_str(), source.map_or("", String::as_str));
            Some(Group { checked, host: &host.id, what, source })
        })
        .collect()
}

/// A fact with a date in it.
struct Dated<'f> {
    date: String,
    checked: &'f str,
    host: &'f str,
    what: String,
}

fn dated(host: &Facts) -> Vec<Dated<'_>> {
    let read = host.models.checked.as_deref().unwrap_or(&host.checked);
    let retired = host.models.retired.iter().map(|(model, [date, successor])| Dated {
        date: date.clone(),
        checked: read,
        host: &host.id,
        what: format!("the model `{model}` is retired; `{successor}` replaces it"),
    });
    let sentences = [&host.legacy, &host.ended].into_iter().flatten();
    let said = sentences.flat_map(move |sentence| {
        let dates = sentence.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|d| is_day(d));
        dates.map(move |date| Dated {
            date: date.to_owned(),
            checked: &host.checked,
            host: &host.id,
            what: sentence.clone(),
        })
    });
    retired.chain(said).collect()
}

fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

/// Today's date, in UTC.
pub(super) fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    day(i64::try_from(seconds / 86_400).unwrap_or(0))
}

/// The date this many days after January 1, 1970.
fn day(days: i64) -> String {
    // Counted from March 1 of a year divisible by 400, every era has the same number of days.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(20_785), "2026-11-28");
    }

    #[test]
    fn what_a_date_has_overtaken_is_listed() {
        let text = "order = 1\nid = \"x\"\ntitle = \"X\"\nproduct = \"X\"\nsyntax = \"markdown\"\nlocations = []\n\
            ended = \"It ended on 2026-05-15.\"\nfallback = true\nrouted = false\nidentity = \"none\"\nsource = \"s\"\nchecked = \"2026-04\"\n\
            [front_matter]\npresence = \"none\"\nyaml = \"strict\"\ninvalid = \"ignored\"\nmissing = \"accepted\"\n\
            [fields]\nunknown = \"ignored\"\n[tools]\n[models]\nchecked = \"2026-03-01\"\n\
            [models.retired]\nold = [\"2026-02-01\", \"new\"]\nsoon = [\"2026-06-01\", \"new\"]\nlater = [\"2027-01-01\", \"new\"]\n";
        let hosts = [toml::from_str(text).unwrap()];
        let report = report(&hosts, "2026-07-01");
        let (_, overtaken) = report.split_once("Out of date since they were read: 2\n").unwrap();
        assert_eq!(
            overtaken,
            "  2026-05-15 x: It ended on 2026-05-15.\n  2026-06-01 x: the model `soon` is retired; `new` replaces it\n\
             \nTrue from a later date: 1\n  2027-01-01 x: the model `later` is retired; `new` replaces it\n"
        );
        assert!(report.starts_with("Facts by age, oldest first:\n  2026-03-01 x: models ()\n  2026-04    x: all else (s)\n"), "{report}");
    }
}

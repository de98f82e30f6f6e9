//! Turns the unreleased section of the changelog into the section of a version, and reads the notes
//! of a version.

use super::versions::Version;
use anyhow::{Context, Result, ensure};
use std::time::{SystemTime, UNIX_EPOCH};

const UNRELEASED: &str = "## Unreleased\n";

/// The changelog with a section for `version` in place of the unreleased one, which is left empty.
pub fn released(log: &str, version: &Version, date: &str) -> Result<String> {
    ensure!(
        log.matches(UNRELEASED).count() == 1,
        "the changelog needs one section `## Unreleased`"
    );
    ensure!(!log.contains(&title(version)), "the changelog already has a section for {version}");
    Ok(log.replacen(UNRELEASED, &format!("{UNRELEASED}\n{}{date}\n", title(version)), 1))
}

/// The changelog section of `version`, without the title.
pub fn notes(log: &str, version: &Version) -> Result<String> {
    let (_, rest) = log
        .split_once(&title(version))
        .with_context(|| format!("the changelog has no section for {version}"))?;
    let (_, rest) = rest.split_once('\n').unwrap_or_default();
    let section = rest.split("\n## ").next().unwrap_or_default().trim();
    Ok(if section.is_empty() { String::new() } else { format!("{section}\n") })
}

fn title(version: &Version) -> String {
    format!("## {version} – ")
}

/// The date, in UTC.
pub fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(seconds / 86_400)
}

/// The date of a day after 1970-01-01.
fn date(mut day: u64) -> String {
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version() -> Version {
        Version::parse("0.2.0").unwrap()
    }

    #[test]
    fn the_unreleased_section_becomes_that_of_the_version() {
        let log = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 – 2026-01-01\n\n- Old.\n";
        let after = released(log, &version(), "2026-12-01").unwrap();
        assert_eq!(
            after,
            "# Changelog\n\n## Unreleased\n\n## 0.2.0 – 2026-12-01\n\n- New.\n\n## 0.1.0 – 2026-01-01\n\n- Old.\n"
        );
        assert_eq!(notes(&after, &version()).unwrap(), "- New.\n");
    }

    #[test]
    fn an_empty_section_has_no_notes() {
        let after = released("## Unreleased\n\n## 0.1.0 – 2026-01-01\n\n- Old.\n", &version(), "d")
            .unwrap();
        assert_eq!(notes(&after, &version()).unwrap(), "");
    }

    #[test]
    fn a_version_is_not_released_twice() {
        let log = "## Unreleased\n\n## 0.2.0 – 2026-12-01\n";
        assert!(released(log, &version(), "d").is_err());
        assert!(released("# Changelog\n", &version(), "d").is_err());
    }

    #[test]
    fn days_are_dates() {
        for (day, expected) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_785, "2026-11-28")]
        {
            assert_eq!(date(day), expected);
        }
        assert_eq!(date(20_818), "2026-12-31");
    }
}

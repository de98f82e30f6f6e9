//! Descriptions that together exceed the host's budget.

use super::{Finding, grouped};
use crate::diagnostic::Severity;
use crate::host::Host;
use crate::summary::RoleSummary;
use alloc::format;

/// Reports the longest description if all of them exceed the budget even by the low estimate.
pub(super) fn check(summaries: &[&RoleSummary], report: &mut dyn FnMut(usize, Finding)) {
    let host = summaries.first().and_then(|summary| Host::by_id(summary.host));
    let Some(budget) = host.and_then(|host| host.descriptions) else { return };
    let tokens = summaries.iter().map(|summary| u64::from(summary.digests.tokens)).sum::<u64>();
    if tokens * 91 / 100 <= u64::from(budget.tokens) {
        return;
    }
    let longest = summaries.iter().enumerate().max_by_key(|(_, summary)| summary.digests.tokens);
    let Some((at, summary)) = longest else { return };
    let message = format!(
        "The descriptions of {} roles take up about {} tokens; the limit is {}",
        summaries.len(),
        grouped(usize::try_from(tokens).unwrap_or(usize::MAX)),
        grouped(budget.tokens as usize)
    );
    let finding = Finding::new(summary.digests.description, message).severity(Severity::Warning);
    report(
        at,
        finding.reason(budget.note).help(
            "Shorten the longest descriptions, this one first: move examples into the prompts.",
        ),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::format;

    #[test]
    fn the_longest_of_too_many_words_is_reported() {
        let role = |name: &str, words: usize| {
            let about = "reads and files what comes in ".repeat(words);
            format!("---\nname: {name}\ndescription: Use it. {about}\n---\n\nHelp.\n")
        };
        let (a, b) = (role("a", 1_200), role("b", 2_000));
        let files = [(".claude/agents/a.md", &*a), (".claude/agents/b.md", &*b)];
        let of = |path| {
            let found = findings_in("description-length", path, &files);
            found.into_iter().filter(|line| line.contains("roles")).collect::<alloc::vec::Vec<_>>()
        };
        assert!(of(".claude/agents/a.md").is_empty());
        assert!(of(".claude/agents/b.md")[0].contains("The descriptions of 2 roles take up about"));
        let alone = [(".claude/agents/b.md", &*role("b", 1_000))];
        assert!(
            findings_in("description-length", ".claude/agents/b.md", &alone)[0]
                .contains("characters")
        );
    }
}

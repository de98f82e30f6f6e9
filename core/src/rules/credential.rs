//! Secrets written out in the text.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{CueKind, Role};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

mod passwords;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "credential",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The text contains a secret.",
    why: "A role is sent to a model's provider with every request, shared in repositories and shown in logs. A key in it counts as published: anyone who has the file can use it. Only the exact formats of well-known keys are reported, and passwords that a command is given (`sudo -S`, `sshpass -p`, `PGPASSWORD`, `MYSQL_PWD`), but nothing that looks like a placeholder.",
    example: Example {
        path: "roles/deployer.md",
        bad: concat!("# Deployer\n\nSign in with ghp", "_k3Jd82hQw7ZxN5vB1mTr9PcY4sLfG6aE0uXi.\n"),
        at: concat!("ghp", "_k3Jd82hQw7ZxN5vB1mTr9PcY4sLfG6aE0uXi"),
        good: "# Deployer\n\nSign in with the token in `GITHUB_TOKEN`.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let starts = role.cues().iter().filter(|one| one.kind == CueKind::Secret);
    let found: Vec<(Span, &str)> = starts.filter_map(|one| secret(role, one.span)).collect();
    for (span, what) in found {
        cx.report(
            Finding::new(span, format!("{what} in the text"))
                .reason("Anyone who has the file can use it, and every request sends it to the provider.")
                .help("Revoke it, and name an environment variable instead."),
        );
    }
    passwords::findings(role).into_iter().for_each(|finding| cx.report(finding));
}

/// A kind of secret: its prefix, the set and number of characters that follow, and its name.
type Form = (&'static str, fn(u8) -> bool, usize, usize, &'static str);

const FORMS: [Form; 14] = [
    ("AKIA", upper, 16, 16, "AWS access key"),
    ("ASIA", upper, 16, 16, "AWS access key"),
    ("ghp_", alphanumeric, 36, 36, "GitHub token"),
    ("gho_", alphanumeric, 36, 36, "GitHub token"),
    ("ghu_", alphanumeric, 36, 36, "GitHub token"),
    ("ghs_", alphanumeric, 36, 36, "GitHub token"),
    ("ghr_", alphanumeric, 36, 76, "GitHub token"),
    ("github_pat_", dashed, 82, 82, "GitHub token"),
    ("glpat-", dashed, 20, 64, "GitLab token"),
    ("npm_", alphanumeric, 36, 36, "npm token"),
    ("hf_", alphanumeric, 34, 40, "Hugging Face token"),
    ("AIza", dashed, 35, 35, "Google API key"),
    ("xoxb-", dashed, 40, 90, "Slack token"),
    ("sk_live_", alphanumeric, 24, 120, "Stripe key"),
];

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn dashed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn secret(role: &Role<'_>, word: Span) -> Option<(Span, &'static str)> {
    let text = role.text.get(word.start..)?;
    if text.starts_with("BEGIN ") {
        return private_key(role.text, word.start);
    }
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if role.text.as_bytes().get(..word.start)?.last().is_some_and(is_part) {
        return None;
    }
    FORMS.iter().find_map(|(start, is_one, least, most, what)| {
        let rest = text.strip_prefix(start)?;
        let length = rest.bytes().take_while(|byte| is_one(*byte)).count();
        let ends = rest.as_bytes().get(length).is_none_or(|byte| !is_part(byte));
        let body = rest.get(..length)?;
        let is_real = (*least..=*most).contains(&length) && ends && is_random(body);
        is_real.then(|| (Span::new(word.start, word.start + start.len() + length), *what))
    })
}

/// A private key: its first line, if lines of the key follow.
fn private_key(text: &str, begin: usize) -> Option<(Span, &'static str)> {
    let start = begin.checked_sub(5).filter(|start| text.get(*start..begin) == Some("-----"))?;
    let rest = text.get(begin..)?;
    let (first, rest) = rest.split_once('\n')?;
    let first = first.trim_end();
    let key = rest.lines().next()?.trim();
    let is_key = key.len() >= 40
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
        && is_random(key);
    let is_private = first.ends_with("PRIVATE KEY-----");
    (is_private && is_key).then(|| (Span::new(start, begin + first.len()), "Private key"))
}

/// Whether the value was generated and is not a placeholder that someone typed.
fn is_random(body: &str) -> bool {
    let lower = body.to_ascii_lowercase();
    let typed = [
        "example",
        "xxxx",
        "your",
        "1234",
        "abcd",
        "placeholder",
        "0000",
        "test",
        "fake",
        "secret",
    ];
    let mut seen = [false; 128];
    for byte in body.bytes() {
        if let Some(seen) = seen.get_mut(usize::from(byte)) {
            *seen = true;
        }
    }
    let different = seen.iter().filter(|seen| **seen).count();
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    different >= 10 && digits > 1 && !typed.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn keys_are_found_everywhere_even_in_code() {
        let check = |text: &str| findings("credential", "roles/a.md", text);
        let token = "k3Jd82hQw7ZxN5vB1mTr9PcY4sLfG6aE0uXi";
        assert_eq!(
            check(&format!("```\nTOKEN=ghp_{token}\n```\n")),
            ["2:7-2:47 error GitHub token in the text"]
        );
        let key = "MIIEpAIBAAKCAQEA7bq9Zt3sLxP0vQ5nWk2JdHf8RyUo6TgM";
        assert_eq!(
            check(&format!("-----BEGIN RSA PRIVATE KEY-----\n{key}\n")),
            ["1:1-1:32 error Private key in the text"]
        );
    }

    #[test]
    fn placeholders_and_other_words_are_left_alone() {
        for text in [
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_your_token",
            "-----BEGIN RSA PRIVATE KEY-----\n...",
            "Search for `ghp_[A-Za-z0-9]{36}`.",
            "npm_config_registry",
        ] {
            assert_eq!(findings("credential", "roles/a.md", text), [""; 0], "{text}");
        }
    }
}

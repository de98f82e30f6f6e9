//! Passwords that are given to a command.

use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The words that are followed by a password, and what it opens.
const GIVEN: [(&str, &str); 3] =
    [("sshpass -p", "SSH"), ("PGPASSWORD=", DATABASE), ("MYSQL_PWD=", DATABASE)];

const DATABASE: &str = "a database";

/// Each password in a command.
pub(super) fn findings(role: &Role<'_>) -> Vec<Finding> {
    let text = role.text;
    let places = |words: &'static str| memchr::memmem::find_iter(text.as_bytes(), words);
    let given = GIVEN.iter().flat_map(|(words, what)| {
        places(words).map(move |at| {
            let start = at + words.len();
            (word(text, Span::new(start, role.line_at(at).end)), *what)
        })
    });
    // `echo PASSWORD | sudo -S`
    let echoed = places("sudo -S").map(|at| {
        let start = role.line_at(at).start;
        let before = Span::new(start, at).of(text).trim_end();
        let command = before.strip_suffix('|').unwrap_or("").trim_end();
        let echo = command.rfind("echo ").map(|echo| echo + "echo ".len());
        let shown = echo.map(|echo| Span::new(start + echo, start + command.len()));
        (
            shown.and_then(|shown| word(text, shown).filter(|word| word.end + 1 >= shown.end)),
            "`sudo`",
        )
    });
    let found = given.chain(echoed).filter_map(|(place, what)| Some((place?, what)));
    let found = found.filter(|(place, what)| {
        let password = place.of(text);
        // A database on the same machine often has a password that everyone knows.
        let is_known = *what == DATABASE && USUAL.contains(&password);
        role.outline.code_at(place.start).is_some() && is_real(password) && !is_known
    });
    let finding = |(place, what)| {
        Finding::new(place, format!("Password for {what} in the text"))
            .severity(Severity::Warning)
            .reason(
                "Anyone who has the file can use it, and every request sends it to the provider.",
            )
            .help("Change it, and name an environment variable instead.")
    };
    found.map(finding).collect()
}

/// The first word of a part of a line, without its quotation marks.
fn word(text: &str, part: Span) -> Option<Span> {
    let rest = part.of(text).trim_start();
    let start = part.end - rest.len();
    let (start, end) = match rest.chars().next()? {
        quote @ ('"' | '\'') => (start + 1, rest.get(1..)?.find(quote)?),
        _ => (start, rest.find([' ', '`', ';', '&', '|', '"', '\'', ')']).unwrap_or(rest.len())),
    };
    Some(Span::new(start, start + end))
}

/// Passwords of databases for development.
const USUAL: [&str; 8] = ["postgres", "mysql", "root", "test", "dev", "admin", "user", "app"];

/// Whether a word is a password, and not a placeholder or a variable.
fn is_real(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let typed = ["your", "pass", "secret", "xxx", "example", "changeme", "pwd", "...", "redacted"];
    let is_part = |c: char| c.is_ascii_graphic() && !"$<>{}[]*`\\".contains(c);
    word.len() > 2 && word.chars().all(is_part) && !typed.iter().any(|part| lower.contains(part))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_password_that_a_command_is_given_is_found() {
        let check = |code: &str| {
            let text = format!("```bash\n{code}\n```\n");
            findings("credential", "roles/a.md", &text)
        };
        assert_eq!(
            check("ssh farm \"cd app && echo 'apple' | sudo -S reboot\""),
            ["2:27-2:32 warning Password for `sudo` in the text"]
        );
        assert_eq!(
            check("sshpass -p 'Plum42!' ssh farm"),
            ["2:13-2:20 warning Password for SSH in the text"]
        );
        assert_eq!(
            check("PGPASSWORD=Cherry9 psql -h db"),
            ["2:12-2:19 warning Password for a database in the text"]
        );
        for code in [
            "echo \"$PASSWORD\" | sudo -S reboot",
            "echo 'your-password' | sudo -S reboot",
            "echo 'now as root' && cat key | sudo -S reboot",
            "sudo -S reboot < key",
            "sshpass -p \"$PASS\" ssh farm",
            "sshpass -p <password> ssh farm",
            "sshpass -e ssh farm",
            "PGPASSWORD=${KEY} psql",
            "PGPASSWORD=postgres psql -h localhost",
            "MYSQL_PWD=*** mysql",
            "export PGPASSWORD=",
        ] {
            assert_eq!(check(code), [""; 0], "{code}");
        }
        assert_eq!(
            findings("credential", "roles/a.md", "Set PGPASSWORD=Cherry9 first.\n"),
            [""; 0]
        );
    }
}

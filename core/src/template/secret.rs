//! Finds a secret in included text and returns its name.

use crate::text::{Span, lines};

/// Endings of names whose values are secrets.
const SECRET: [&str; 6] = ["key", "token", "secret", "password", "passwd", "credential"];

/// The lines of a configuration file that contain a secret (`API_KEY=…`, `"token": "…"`): where each
/// begins, and the name of the secret.
pub(super) fn in_configuration(text: &str) -> impl Iterator<Item = (usize, &str)> {
    all_lines(text).filter_map(|(start, line)| Some((start, secret_of(line)?)))
}

/// Secrets in Markdown, where a secret is on a separate line, in a list, or in a sentence.
pub(super) fn in_prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    all_lines(text).filter_map(|(start, line)| {
        let line = line.trim_matches(['-', '*', '+', '>', '|', '`', ' ', '\t', '\r', '\n']);
        let mut words = line.split([' ', '\t', '`', '|']).filter(|word| word.contains('='));
        Some((start, in_phrase(line).or_else(|| words.find_map(in_phrase))?))
    })
}

/// In prose, `Password: …` is usually an example of user input.
fn in_phrase(text: &str) -> Option<&str> {
    let assigned = text.find(['=', ':']).is_some_and(|at| text.get(at..=at) == Some("="));
    let is_example = |name: &str| {
        let lower = name.to_ascii_lowercase();
        !assigned && ["password", "passwd", "secret"].iter().any(|word| lower.ends_with(word))
    };
    secret_of(text).filter(|name| !is_example(name))
}

fn all_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text, Span::new(0, text.len())).map(|line| (line.start, line.of(text)))
}

fn secret_of(line: &str) -> Option<&str> {
    let at = line.find(['=', ':'])?;
    let (name, value) = line.split_at_checked(at)?;
    let name = name.trim().trim_start_matches("export ").trim().trim_matches(['"', '\'']);
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(word) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let joined =
        lower.ends_with("apikey") || SECRET.iter().any(|ending| ends_in_word(&lower, ending));
    let value =
        value.get(1..)?.trim().trim_end_matches([',', '}', ' ']).trim_matches(['"', '\'', '`']);
    (joined && is_real(value)).then_some(name)
}

/// `api_key` and `key` end in the word `key`, `monkey` does not.
fn ends_in_word(name: &str, ending: &str) -> bool {
    name.strip_suffix(ending)
        .is_some_and(|before| before.is_empty() || before.ends_with(['_', '-', '.']))
        && name != "key"
}

/// Whether a value looks like a secret and not like a place for one.
fn is_real(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let placeholder =
        ["your", "example", "changeme", "xxx", "placeholder", "todo", "secret", "...", "12345"];
    value.len() >= 8
        && !value.contains(char::is_whitespace)
        && !value.contains(['$', '<', '>', '{', '}', '*', '(', '/'])
        && value.bytes().any(|b| b.is_ascii_digit())
        && !placeholder.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first<'t>(mut found: impl Iterator<Item = (usize, &'t str)>) -> Option<&'t str> {
        found.next().map(|(_, name)| name)
    }

    #[test]
    fn a_secret_is_named_by_its_key() {
        assert_eq!(
            first(in_configuration("port = 8080\nAPI_KEY=sk-live-93kd82jd\n")),
            Some("API_KEY")
        );
        assert_eq!(
            first(in_configuration(
                "{ \n \"authToken\": 1,\n \"auth_token\": \"ghp_83jd92kd82\" }"
            )),
            Some("auth_token")
        );
    }

    #[test]
    fn in_markdown_a_secret_may_be_anywhere_on_its_line() {
        for text in [
            "API_KEY=sk-live-93kd82jd\n",
            "# Setup\r\n```sh\r\nexport API_KEY=sk-live-93kd82jd\r\n```\r\n",
            "- API_KEY: `sk-live-93kd82jd`",
            "> Set `API_KEY=sk-live-93kd82jd` before you start.",
            "| run | `API_KEY=sk-live-93kd82jd make` |",
        ] {
            assert_eq!(first(in_prose(text)), Some("API_KEY"), "{text}");
        }
        for text in [
            "- Password: Test@123",
            "'password': 'strongpass123',",
            "API_KEY = \"sk-1234567890abcdef\"",
            "Set API_KEY=<your key>.",
            "The token: 8 letters and 4 digits.",
            "Press key=F1 or monkey=abc12345678.",
        ] {
            assert_eq!(first(in_prose(text)), None, "{text}");
        }
    }

    #[test]
    fn places_for_secrets_are_none() {
        for text in [
            "API_KEY=",
            "API_KEY=${KEY}",
            "token: your-token-123",
            "monkey: abc12345678",
            "\"primary_key\": \"id\"",
        ] {
            assert_eq!(first(in_configuration(text)), None, "{text}");
        }
    }
}

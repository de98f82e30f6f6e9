//! Finds a secret in a configuration file: its text in, the name the secret goes by out.

use alloc::borrow::ToOwned;
use alloc::string::String;

/// Endings of names whose values are secrets.
const SECRET: [&str; 6] = ["key", "token", "secret", "password", "passwd", "credential"];

/// The first name in `text` that holds a secret: `API_KEY=…`, `"token": "…"`.
pub(super) fn find(text: &str) -> Option<String> {
    text.lines().find_map(secret_of).map(ToOwned::to_owned)
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
    let value = value.get(1..)?.trim().trim_end_matches([',', '}', ' ']).trim_matches(['"', '\'']);
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
        ["your", "example", "changeme", "xxx", "placeholder", "todo", "secret", "..."];
    value.len() >= 8
        && !value.contains(char::is_whitespace)
        && !value.contains(['$', '<', '>', '{', '}', '*', '(', '/'])
        && value.bytes().any(|b| b.is_ascii_digit())
        && !placeholder.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_named_by_its_key() {
        assert_eq!(find("port = 8080\nAPI_KEY=sk-live-93kd82jd\n").as_deref(), Some("API_KEY"));
        assert_eq!(
            find("{ \n \"authToken\": 1,\n \"auth_token\": \"ghp_83jd92kd82\" }").as_deref(),
            Some("auth_token")
        );
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
            assert_eq!(find(text), None, "{text}");
        }
    }
}

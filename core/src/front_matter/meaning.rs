//! Guesses from the name of a field that nothing reads what it was meant to do.

use alloc::string::String;

/// Whether the name suggests that the field was meant to limit the role.
pub(crate) fn sounds_like_limit(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "allow",
        "denied",
        "deny",
        "disallow",
        "file-access",
        "forbid",
        "permission",
        "read-only",
        "restrict",
        "sandbox",
    ];
    let name = hyphenated(name);
    let begins = |word: &&str| name.starts_with(*word) || name.contains(&["-", *word].concat());
    WORDS.iter().any(begins) || name.contains("readonly")
}

/// Whether the name suggests that the field was meant to set how the role runs.
pub(crate) fn sounds_like_setting(name: &str) -> bool {
    const FIRST: [&str; 5] = ["max", "model", "subagents", "sub-agents", "timeout"];
    const WORDS: [&str; 2] = ["budget", "thinking"];
    let name = hyphenated(name);
    FIRST.iter().any(|word| name.starts_with(word)) || name.split('-').any(|it| WORDS.contains(&it))
}

/// The words of a name in lowercase with hyphens: `read-only` for `readOnly` and `Read_Only`.
fn hyphenated(name: &str) -> String {
    let mut words = String::new();
    let mut is_after_lower = false;
    for c in name.chars() {
        let parts = !c.is_alphanumeric() || c.is_uppercase() && is_after_lower;
        if parts && !words.ends_with('-') {
            words.push('-');
        }
        if c.is_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        }
        is_after_lower = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_by_its_words() {
        for name in ["allowedAgents", "tool_permissions", "isReadOnly", "read-only", "forbidden"] {
            assert!(sounds_like_limit(name), "{name}");
        }
        for name in ["shallow", "category", "compatible_tools", "already", ""] {
            assert!(!sounds_like_limit(name), "{name}");
        }
        for name in ["model_settings", "tokenBudget", "thinking", "maxTokens", "sub_agents"] {
            assert!(sounds_like_setting(name), "{name}");
        }
        for name in ["data_model", "rethinking", "version", "task_agents"] {
            assert!(!sounds_like_setting(name), "{name}");
        }
    }
}

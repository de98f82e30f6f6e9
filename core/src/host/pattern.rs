//! Checks the formats that hosts enforce for names and values, by hand, because the engine has no
//! regex.

/// A shape that a value must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// Not empty, without `:` in any width, and without `-` at the start.
    NoColon,
    /// Lowercase letters and digits in groups, with one `-` between two groups.
    LowerHyphen,
    /// ASCII lowercase letters, digits, `-` and `_`.
    LowerSlug,
    /// ASCII letters, digits and `-`.
    Slug,
    /// Letters and digits of any script, `-` and `_`, without `-` or `_` at either end.
    Word,
    /// `PROVIDER/MODEL`.
    ProviderModel,
    /// `#RRGGBB`.
    HexColor,
    /// ASCII letters, digits, space, `-` and `_`.
    Nickname,
    /// Not blank.
    NotBlank,
}

impl Pattern {
    /// Whether a value has the shape.
    ///
    /// ```
    /// use rolewright_core::host::Pattern;
    ///
    /// assert!(Pattern::LowerHyphen.matches("code-reviewer"));
    /// assert!(!Pattern::LowerHyphen.matches("Code Reviewer"));
    /// ```
    pub fn matches(self, value: &str) -> bool {
        match self {
            Pattern::NoColon => {
                // NFKC turns each of these into a colon.
                let is_colon = |c| matches!(c, ':' | '\u{FF1A}' | '\u{FE55}' | '\u{FE13}');
                !value.is_empty() && !value.starts_with('-') && !value.contains(is_colon)
            }
            Pattern::LowerHyphen => value.split('-').all(is_lower_group),
            Pattern::LowerSlug => all(value, |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_')),
            Pattern::Slug => all(value, |c| c.is_ascii_alphanumeric() || c == '-'),
            Pattern::Word => {
                all(value, |c| c.is_alphanumeric() || is_joint(c))
                    && !value.starts_with(is_joint)
                    && !value.ends_with(is_joint)
            }
            Pattern::ProviderModel => {
                value.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
            }
            Pattern::HexColor => value.strip_prefix('#').is_some_and(is_six_hex_digits),
            Pattern::Nickname => {
                all(value, |c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            }
            Pattern::NotBlank => !value.trim().is_empty(),
        }
    }

    /// The allowed characters, for messages: "lowercase letters, digits and single hyphens".
    ///
    /// ```
    /// use rolewright_core::host::Pattern;
    ///
    /// assert_eq!(Pattern::HexColor.name(), "`#RRGGBB`");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Pattern::NoColon => "names without `:` that do not start with `-`",
            Pattern::LowerHyphen => "lowercase letters, digits and single hyphens between them",
            Pattern::LowerSlug => "lowercase letters, digits, `-` and `_`",
            Pattern::Slug => "letters, digits and `-`",
            Pattern::Word => "letters, digits, `-` and `_`, with a letter or digit at each end",
            Pattern::ProviderModel => "`PROVIDER/MODEL`",
            Pattern::HexColor => "`#RRGGBB`",
            Pattern::Nickname => "letters, digits, spaces, `-` and `_`",
            Pattern::NotBlank => "some text",
        }
    }
}

fn all(value: &str, allowed: impl Fn(char) -> bool) -> bool {
    !value.is_empty() && value.chars().all(allowed)
}

fn is_lower_group(group: &str) -> bool {
    // In scripts without case, every letter counts as lowercase, since it is not uppercase.
    all(group, |c| c.is_alphanumeric() && !c.is_uppercase())
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_')
}

fn is_six_hex_digits(digits: &str) -> bool {
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::Pattern::{self, *};

    #[track_caller]
    fn check(pattern: Pattern, good: &[&str], bad: &[&str]) {
        for value in good {
            assert!(pattern.matches(value), "{pattern:?} refuses {value:?}");
        }
        for value in bad {
            assert!(!pattern.matches(value), "{pattern:?} takes {value:?}");
        }
    }

    #[test]
    fn a_claude_name_may_be_anything_without_colon_or_leading_hyphen() {
        check(
            NoColon,
            &["reviewer", "Code Reviewer", "a-", "审查"],
            &["", "-a", "a:b", ":", "a：b"],
        );
    }

    #[test]
    fn a_skill_name_is_lower_case_groups_with_single_hyphens() {
        check(
            LowerHyphen,
            &["pdf", "pdf-2-text", "café-menü", "技能"],
            &["", "-a", "a-", "a--b", "A", "a_b", "a b"],
        );
    }

    #[test]
    fn a_slug_is_plain_ascii() {
        check(LowerSlug, &["a-b_c", "-", "0"], &["", "A", "ä", "a b"]);
        check(Slug, &["A-1", "-"], &["", "a_b", "a b"]);
        check(Nickname, &["Ada 2"], &["", "Ada!"]);
    }

    #[test]
    fn a_word_takes_every_script_but_no_joint_at_an_end() {
        check(Word, &["审查-员", "a_b"], &["", "-a", "a_", "a b"]);
    }

    #[test]
    fn models_colors_and_text_have_their_shapes() {
        check(ProviderModel, &["anthropic/claude", "a/b/c"], &["claude", "/a", "a/"]);
        check(HexColor, &["#00ffAA"], &["#fff", "00ffAA", "#00ffAG", "#00ffAA0"]);
        check(NotBlank, &["a"], &["", " \n"]);
    }
}

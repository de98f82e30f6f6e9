//! Text such as `$1` that the host replaces with an argument, although it is code or a price.

use super::{Context, Finding, Role, Severity, is_price, is_slot, one_of};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The places, as one finding for code and prices and one for parameters of a database; `reader` is
/// the product that fills them in.
pub(super) fn findings(cx: &Context<'_>, places: &[Span], reader: &str) -> Vec<Finding> {
    let role = cx.role;
    // A skill that has a slot for an argument is called with arguments; only commands may mean something else.
    let has_slot = places.iter().any(|place| is_slot(role, *place));
    let is_meant = |place: &&Span| {
        has_slot && (role.outline.fence_at(place.start).is_none() || is_slot(role, **place))
    };
    let places = places.iter().filter(|place| !is_meant(place)).copied();
    let (queries, mut others): (Vec<Span>, Vec<Span>) =
        places.partition(|place| is_query(role, *place));
    // A skill that only mentions prices is seldom called with that many words.
    let is_code = |place: &Span| !is_price(role.text.get(place.end..).unwrap_or(""));
    let has_code = others.iter().any(is_code);
    others.sort_by_key(|place| !is_code(place));
    let reason = cx.host.numbered_placeholder.unwrap_or("");
    let found = |places: &[Span]| {
        let finding = one_of(role, places, "is a placeholder in", reader)?;
        Some(finding.reason(reason))
    };
    let of_others = found(&others).map(|finding| {
        let edits = others.iter().map(|place| (Span::at(place.start), String::from("\\")));
        let title = match others.len() {
            1 => "Insert a backslash before it",
            _ => "Insert a backslash before each of them",
        };
        let finding = if has_code { finding } else { finding.severity(Severity::Info) };
        finding.unsafe_fix(title, edits.collect())
    });
    // A backslash is an error in SQL, so it is no fix where another product reads the skill too.
    let of_queries = found(&queries).map(|finding| {
        let help = "Move the SQL to a file beside the skill; a backslash before it (`\\$1`) helps only if no other product reads the skill.";
        finding.severity(Severity::Info).help(help)
    });
    of_others.into_iter().chain(of_queries).collect()
}

/// Words of SQL that values follow.
const SQL: [&str; 8] =
    ["SELECT ", "WHERE ", "VALUES", "INSERT ", "UPDATE ", "DELETE ", " SET ", " LIMIT "];

/// Whether a placeholder is a parameter of a database's query: in a code block in SQL, or in code on a
/// line with words of SQL.
fn is_query(role: &Role<'_>, place: Span) -> bool {
    let info = role.outline.fence_at(place.start).map_or("", |fence| fence.info.of(role.text));
    if info.trim().eq_ignore_ascii_case("sql") {
        return true;
    }
    let line = role.line_at(place.start).of(role.text);
    role.outline.code_at(place.start).is_some()
        && line.len() <= super::MAX_LENGTH
        && SQL.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, body: &str) -> Vec<String> {
        let front_matter = "---\nname: x\ndescription: Use it\n---\n";
        findings("host-placeholder", path, &format!("{front_matter}{body}"))
    }

    const SKILL: &str = "a/x/SKILL.md";
    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn numbers_after_a_dollar_sign_are_filled_in_by_skills() {
        assert_eq!(
            check(SKILL, "```sh\nawk '{print $1, $2}'\n```\n\nAbout $0.10 a month.\n"),
            ["6:13-6:15 warning `$1` is a placeholder in Claude Code (3 places)"]
        );
        assert_eq!(
            check(SKILL, "About $0.10 a month.\n"),
            ["5:7-5:9 info `$0` is a placeholder in Claude Code"]
        );
        for body in [
            "`awk '{print \\$1}'` and `$HOME` and `$10` and `$1a`",
            "Above $50K, or $5 a head. Fix the issue $1.",
        ] {
            assert_eq!(check(SKILL, body), [""; 0], "{body}");
        }
        // A skill that is called with arguments.
        let slots = "Read `specs/$1/spec.json`. **If `$1` is empty**, stop.\n";
        assert_eq!(check(SKILL, slots), [""; 0]);
        let both = format!("{slots}\n```sh\nawk '{{print $1}}'\n```\n");
        assert_eq!(check(SKILL, &both).len(), 1);
        assert_eq!(check(AGENT, "`awk '{print $1}'`"), [""; 0]);
        // Only Cursor looks there, and it fills in no placeholders.
        assert_eq!(check(".cursor/skills/x/SKILL.md", "`awk '{print $1}'`"), [""; 0]);
        let text = "---\nname: x\ndescription: Use it\n---\n`awk $1 $2`\n";
        assert_eq!(fixed_unsafely(SKILL, text), text.replace('$', "\\$"));
    }

    #[test]
    fn a_product_fills_in_only_the_skills_in_its_own_folders() {
        let body = "```sh\nawk '{print $1}' fruit.txt\n```\n";
        for path in ["skills/x/SKILL.md", ".claude/skills/x/SKILL.md", "kit/skills/x/SKILL.md"] {
            assert_eq!(check(path, body).len(), 1, "{path}");
        }
        for path in [".agents/skills/x/SKILL.md", "kit/.agents/skills/x/SKILL.md"] {
            assert_eq!(check(path, body), [""; 0], "{path}");
        }
    }

    #[test]
    fn parameters_of_a_query_are_meant_for_the_database() {
        for body in [
            "```sql\nselect * from fruit\nwhere id = $1;\n```\n",
            "```js\ndb.query('SELECT * FROM fruit WHERE id = $1', [id])\n```\n",
            "Write `WHERE id = $1` in it.\n",
        ] {
            let found = check(".claude/skills/x/SKILL.md", body);
            assert!(
                matches!(&found[..], [one] if one.contains("info `$1` is a placeholder")),
                "{found:?}"
            );
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}");
            assert_eq!(fixed_unsafely(".claude/skills/x/SKILL.md", &text), text);
        }
    }
}

//! Placeholders in braces that are never closed.

use super::{Context, Finding, Severity};
use crate::text::Span;
use alloc::format;

/// The first placeholder without its closing brace. A host that runs `!{…}` counts every brace up
/// to the end of the prompt, so nothing after it is read as a placeholder.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let body = cx.role.body;
    let text = body.of(cx.role.text);
    let forms = cx.host.placeholders.iter().filter_map(|known| known.form.strip_suffix("*}"));
    // `{*}` without a sign is filled in only around a known name.
    let mut starts = forms.filter(|start| start.len() == 2 && start.ends_with('{'));
    let (start, at) = starts.find_map(|start| Some((start, unclosed(text, start)?)))?;
    let at = body.start + at;
    let finding =
        Finding::new(Span::new(at, at + start.len()), format!("`{start}` is never closed"));
    let reason =
        format!("{} counts every brace, also those in quotes, and fails.", cx.host.product);
    Some(
        finding
            .severity(Severity::Error)
            .reason(reason)
            .help("Close it with `}`; move a command that contains a single brace to a script."),
    )
}

/// The place of the first `start` whose braces are not balanced.
fn unclosed(text: &str, start: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let inner = rest.find(start)? + start.len();
        match length(rest.get(inner..)?) {
            Some(length) => from += inner + length,
            None => return Some(from + inner - start.len()),
        }
    }
}

/// The length of a text up to the brace that closes it.
fn length(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'{', b'}', bytes).find_map(|at| {
        match bytes.get(at) {
            Some(b'{') => depth += 1,
            _ => depth -= 1,
        }
        (depth == 0).then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn every_brace_of_a_command_counts() {
        let check = |prompt: &str| {
            let text = format!("description = \"Sums up\"\nprompt = '''{prompt}'''\n");
            findings("host-placeholder", ".gemini/commands/x.toml", &text)
        };
        assert_eq!(
            check("Now: !{date}. Then: !{awk \"{print\" data.txt}"),
            ["2:33-2:35 error `!{` is never closed"]
        );
        assert_eq!(check("See @{docs/a.md"), ["2:17-2:19 error `@{` is never closed"]);
        for prompt in ["!{awk \"{print}\" a} @{a.md}", "{ !{date}", "Use `{`, not `}`."] {
            assert_eq!(check(prompt), [""; 0], "{prompt}");
        }
        assert_eq!(findings("host-placeholder", ".claude/commands/x.md", "Run !{date\n"), [""; 0]);
    }
}

//! Imports that lead through more files than the host follows.

use super::super::broken_reference::imports_of;
use super::{Context, Finding, MAX_FILES, MAX_TEXT};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::{Span, folder, resolved};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The first import of the file that leads too far.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let most = usize::from(cx.host.import_depth);
    if most == 0 || !cx.files.is_known() {
        return None;
    }
    // By their distance, because a file that is also imported directly is read.
    let mut level = imports(cx, cx.role);
    let mut read = BTreeSet::from([cx.role.path.to_string()]);
    for _ in 0..most {
        let mut next = Vec::new();
        for (span, path) in level {
            if read.len() > MAX_FILES {
                return None;
            }
            if !read.insert(path.clone()) {
                continue;
            }
            let Some(text) = cx.files.text(&path).filter(|text| text.len() <= MAX_TEXT) else {
                continue;
            };
            let role = Role::parse_with(&text, &path, cx.options.markdown);
            next.extend(imports(cx, &role).into_iter().map(|(_, path)| (span, path)));
        }
        level = next;
    }
    let (span, lost) = level.into_iter().find(|(_, path)| !read.contains(path))?;
    let message = format!("This import leads to `{lost}` in more than {most} steps");
    let reason =
        format!("{} does not read files that are imported so indirectly.", cx.host.product);
    Some(
        Finding::new(span, message)
            .severity(Severity::Warning)
            .reason(reason)
            .help("Import it from a file that is closer to this one."),
    )
}

/// The files that exist among the imports of a file, outside code. After a parenthesis, `@` is text.
fn imports(cx: &Context<'_>, role: &Role<'_>) -> Vec<(Span, String)> {
    let found = imports_of(role).into_iter().filter_map(|(span, written)| {
        let place = resolved(folder(role.path), written)?;
        let is_text = role.text.get(..span.start)?.ends_with('(');
        let is_import = !is_text && role.outline.code_at(span.start).is_none();
        (is_import && cx.files.exists(&place)).then_some((span, place))
    });
    found.take(MAX_FILES).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    /// What is found in a file whose imports lead through so many files.
    fn chain(files: usize) -> Vec<String> {
        let name = |at: usize| if at == 0 { "CLAUDE.md".into() } else { format!("l{at}.md") };
        let text = |at: usize| {
            if at == files { "The end.\n".into() } else { format!("See @./l{}.md\n", at + 1) }
        };
        let all: Vec<(String, String)> = (0..=files).map(|at| (name(at), text(at))).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (&**name, &**text)).collect();
        findings_in("deep-reference", "CLAUDE.md", &all)
    }

    #[test]
    fn imports_are_followed_as_far_as_the_host_does() {
        assert_eq!(
            chain(5),
            ["1:5-1:13 warning This import leads to `l5.md` in more than 4 steps"]
        );
        assert_eq!(chain(4), [""; 0]);
        let mut direct: Vec<(String, String)> = Vec::new();
        direct.push((String::from("CLAUDE.md"), String::from("@./l1.md and @./l5.md\n")));
        direct.extend((1..5).map(|at| (format!("l{at}.md"), format!("@./l{}.md\n", at + 1))));
        direct.push((String::from("l5.md"), String::from("The end.\n")));
        let direct: Vec<(&str, &str)> =
            direct.iter().map(|(name, text)| (&**name, &**text)).collect();
        assert_eq!(findings_in("deep-reference", "CLAUDE.md", &direct), [""; 0]);
        let circle = [("CLAUDE.md", "@./a.md\n"), ("a.md", "@./CLAUDE.md\n")];
        assert_eq!(findings_in("deep-reference", "CLAUDE.md", &circle), [""; 0]);
    }
}

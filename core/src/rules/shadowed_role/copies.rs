//! Copies of a skill in folders that one product reads, with different instructions.

use super::super::wording::joined;
use super::{Context, Finding};
use crate::front_matter;
use crate::host::{FieldRole, HOSTS, Shared};
use crate::text::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The first copy of the role in a folder that the list of a product names earlier.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let path = cx.role.path;
    if !path.ends_with("/SKILL.md") || !cx.files.is_known() {
        return None;
    }
    let all = || HOSTS.iter().flat_map(|host| host.shared);
    let copies = all().flat_map(|shared| copies_of(path, shared));
    let copy = copies.into_iter().find(|copy| differs(cx, copy))?;
    let readers = all().filter(|shared| copies_of(path, shared).contains(&copy));
    let readers: Vec<String> = readers.map(|shared| shared.name.to_string()).collect();
    let name = cx.host.field_for(FieldRole::Name).and_then(|known| cx.role.field(known.name));
    let first = Span::new(0, cx.role.line_at(0).end);
    let read = if readers.len() == 1 { "reads" } else { "read" };
    let which = format!("{} {read} both and can use only one of them.", joined(&readers, "and"));
    Some(
        Finding::new(
            name.map_or(first, |field| field.value.span),
            format!("The instructions differ from those in `{copy}`"),
        )
        .reason(which)
        .help("Make them equal, or rename one of the skills."),
    )
}

/// The places of the same role in the folders that the product names before the role's own.
fn copies_of(path: &str, shared: &Shared) -> Vec<String> {
    let placed = shared.folders.iter().enumerate().find_map(|(at, folder)| {
        let (root, rest) = path.split_once(folder)?;
        let is_whole = (root.is_empty() || root.ends_with('/')) && rest.starts_with('/');
        is_whole.then_some((at, root, rest))
    });
    let Some((at, root, rest)) = placed else { return Vec::new() };
    let before = shared.folders.get(..at).unwrap_or(&[]);
    before.iter().map(|folder| format!("{root}{folder}{rest}")).collect()
}

/// Whether the file exists and has other instructions; the fields are often a product's own.
fn differs(cx: &Context<'_>, copy: &str) -> bool {
    let other = cx.files.exists(copy).then(|| cx.files.text(copy)).flatten();
    other.is_some_and(|other| {
        let is_same = *other == *cx.role.text;
        !is_same && body(&other) != cx.role.body.of(cx.role.text).trim()
    })
}

fn body(text: &str) -> &str {
    let start = front_matter::read(text, false).map_or(0, |front_matter| front_matter.span.end);
    text.get(start..).unwrap_or("").trim()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(folders: [&str; 2], bodies: [&str; 2]) -> Vec<String> {
        let [path, other] = folders.map(|folder| format!("app/{folder}/skills/pdf/SKILL.md"));
        let [text, copy] = bodies.map(|body| {
            format!("---\nname: pdf\ndescription: Reads a PDF. Use it for forms.\n---\n{body}\n")
        });
        findings_in("shadowed-role", &path, &[(&path, &text), (&other, &copy)])
    }

    #[test]
    fn a_copy_with_other_instructions_is_reported_once() {
        assert_eq!(
            check([".agents", ".claude"], ["Read it.", "Read it twice."]),
            [
                "2:7-2:10 info The instructions differ from those in `app/.claude/skills/pdf/SKILL.md`"
            ]
        );
        let other = ["Read it.", "Read it twice."];
        assert_eq!(check([".claude", ".agents"], other), [""; 0]);
        assert_eq!(check([".claude", ".opencode"], other).len(), 1);
        assert_eq!(check([".agents", ".claude"], ["Read it.", "Read it."]), [""; 0]);
        // No product reads both.
        assert_eq!(check([".cursor", ".claude"], other), [""; 0]);
    }
}

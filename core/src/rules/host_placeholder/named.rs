//! Named arguments that are written like the field of an object.

use super::{Context, Finding, is_word};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

const ALL: &str = "$ARGUMENTS";

/// `$ARGUMENTS.fruit`, where `fruit` is one of the names in `arguments`.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    let known = host.field("arguments")?;
    let field = role.field(known.name)?;
    if !host.placeholders.iter().any(|known| known.form == ALL) {
        return None;
    }
    let items = field.value.items().unwrap_or(&[]);
    let is_text = items.iter().all(|item| item.as_str().is_some());
    let mut names: Vec<&str> = items
        .iter()
        .filter_map(|item| item.as_str().or_else(|| item.get("name")?.as_str()))
        .collect();
    names.extend(field.value.as_str().unwrap_or("").split(' '));
    let body = role.body.of(role.text);
    let place = |at: usize| {
        let start = role.body.start + at;
        let rest = role.text.get(start + ALL.len()..)?.strip_prefix('.')?;
        let name = rest.split(|c| !is_word(c)).next().filter(|name| names.contains(name))?;
        Some(Span::new(start, start + ALL.len() + 1 + name.len()))
    };
    let places = memchr::memmem::find_iter(body.as_bytes(), "$ARGUMENTS.");
    let places: Vec<Span> = places.filter_map(place).collect();
    let (first, more) = places.split_first()?;
    let own = |place: &Span| place.of(role.text).replacen("ARGUMENTS.", "", 1);
    let message = format!("`{}` is not one of the arguments", first.of(role.text));
    let finding = Finding::new(*first, message)
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason(
            "`$ARGUMENTS` becomes everything that is typed; the dot and the name stay after it.",
        );
    Some(match is_text {
        true => {
            let edits = places.iter().map(|place| (*place, own(place))).collect();
            finding.unsafe_fix(format!("Replace it with `{}`", own(first)), edits)
        }
        false => finding.help(format!(
            "Write `{}`, and a list of names in `arguments`: `[{}]`.",
            own(first),
            names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(", ")
        )),
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;

    #[test]
    fn a_named_argument_is_not_a_field_of_all_arguments() {
        let path = ".claude/commands/x.md";
        let text = |arguments: &str| {
            format!(
                "---\ndescription: Peels\narguments: {arguments}\n---\nPeel $ARGUMENTS.fruit with $ARGUMENTS.knife.\n"
            )
        };
        for arguments in ["fruit knife", "[fruit, knife]"] {
            let text = text(arguments);
            assert_eq!(
                findings("host-placeholder", path, &text),
                ["5:6-5:22 warning `$ARGUMENTS.fruit` is not one of the arguments (2 places)"]
            );
            assert_eq!(fixed_unsafely(path, &text), text.replace("ARGUMENTS.", ""));
        }
        let maps = text("[{name: fruit}]");
        assert_eq!(findings("host-placeholder", path, &maps).len(), 1);
        assert_eq!(findings("host-placeholder", path, &text("pear")), [""; 0]);
    }
}

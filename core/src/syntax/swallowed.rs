//! Finds a field that a table of a TOML file contains because it is below the table's header.

use crate::front_matter::Field;
use crate::text::Span;
use crate::yaml::{Node, Value};
use alloc::string::String;

/// A field that is part of a table.
#[derive(Debug, PartialEq)]
pub(crate) struct Swallowed {
    /// The table: `permissions.network`.
    pub table: String,
    /// The field's name.
    pub name: Span,
}

/// The field with this name in one of the tables among `fields`.
pub(crate) fn swallowed(fields: &[Field<'_>], name: &str) -> Option<Swallowed> {
    fields.iter().find_map(|field| {
        let mut table = String::from(&*field.name);
        inside(&field.value, name, &mut table).map(|name| Swallowed { table, name })
    })
}

/// The place of the name in a table, whose path is continued.
fn inside(node: &Node<'_>, name: &str, table: &mut String) -> Option<Span> {
    match &node.value {
        Value::Scalar(..) => None,
        Value::Sequence(items) => items.iter().find_map(|item| inside(item, name, table)),
        Value::Mapping(entries) => {
            let own = entries.iter().find(|entry| entry.key.as_str() == Some(name));
            if let Some(entry) = own {
                return Some(entry.key.span);
            }
            entries.iter().find_map(|entry| {
                let length = table.len();
                table.push('.');
                table.push_str(entry.key.as_str().unwrap_or_default());
                let found = inside(&entry.value, name, table);
                if found.is_none() {
                    table.truncate(length);
                }
                found
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Layout;
    use crate::role::Syntax;
    use crate::syntax;
    use alloc::format;

    fn find(text: &str) -> Option<(String, usize)> {
        let layout = Layout { paths: &[""], prompts: &[], named_by: None };
        let found = syntax::roles(text, Syntax::Toml, &layout);
        let found = swallowed(&found.roles[0].fields, "prompt")?;
        assert_eq!(found.name.of(text), "prompt");
        Some((found.table, found.name.start))
    }

    #[test]
    fn a_field_below_a_header_is_part_of_its_table() {
        let text = "name = 'a'\n[rules.one]\nx = 1\n[rules.two]\ny = 2\n";
        assert_eq!(find(text), None);
        let swallowed = format!("{text}prompt = 'Read.'\n");
        assert_eq!(find(&swallowed), Some((String::from("rules.two"), text.len())));
        assert_eq!(find(&format!("prompt = 'Read.'\n{text}")), None);
        let list = "[[rules]]\nx = 1\nprompt = 'Read.'\n";
        assert_eq!(find(list), Some((String::from("rules"), 16)));
    }
}

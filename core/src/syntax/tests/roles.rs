//! Tests where roles are found in a file.

use super::*;

const MODES: Layout =
    Layout { paths: &["customModes[]", ""], prompts: &["roleDefinition"], named_by: None };

/// Names and prompts of the roles, a line each, and the errors with their lines.
fn told(text: &str, syntax: Syntax, layout: &Layout) -> (Vec<String>, Vec<String>) {
    let found = roles(text, syntax, layout);
    let name = |role: &RoleSource<'_>| match &role.key {
        Some((key, span)) => {
            assert!(span.of(text).contains(&**key));
            key.to_string()
        }
        None => role.fields.first().and_then(|f| f.value.as_str()).unwrap_or("?").to_string(),
    };
    let prompts = |role: &RoleSource<'_>| {
        role.prompts.iter().map(|prompt| prompt.text.text.to_string()).collect::<Vec<_>>().join("|")
    };
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let errors = found.errors.iter();
    (
        found.roles.iter().map(|role| format!("{}: {}", name(role), prompts(role))).collect(),
        errors.map(|error| format!("{} {}", line(error.span.start), error.message)).collect(),
    )
}

#[test]
fn roles_are_found_where_their_host_keeps_them() {
    let none = Vec::<String>::new;
    let yaml = "customModes:\n  - slug: a\n    roleDefinition: You a.\n  - slug: b\n    roleDefinition: >-\n      You\n      b.\n";
    assert_eq!(
        told(yaml, Syntax::Yaml, &MODES),
        (vec!["a: You a.".into(), "b: You b.".into()], none())
    );
    assert_eq!(
        told("slug: c\nroleDefinition: x\n", Syntax::Yaml, &MODES),
        (vec!["c: x".into()], none())
    );
    let map = Layout { paths: &["agent.*", "*"], prompts: &["prompt"], named_by: None };
    let json = "{\"agent\": {\"a\": {\"prompt\": \"x\\ny\"}, \"b\": {\"prompt\": \"file://b.md\"}, \"c\": 1}}";
    assert_eq!(told(json, Syntax::Json, &map), (vec!["a: x\ny".into(), "b: ".into()], none()));
    let flat = "{\"a\": {\"prompt\": \"x\"}}";
    assert_eq!(told(flat, Syntax::Json, &map), (vec!["a: x".into()], none()));
    let two = Layout { paths: &["*"], prompts: &["role", "goal"], named_by: None };
    let crew = "a:\n  goal: g\n  role: r\nb:\n  role: s\n";
    assert_eq!(told(crew, Syntax::Yaml, &two), (vec!["a: r|g".into(), "b: s".into()], none()));
    let chat = Layout { paths: &["messages[]", "[]"], prompts: &["content"], named_by: None };
    let json = "[{\"role\": \"system\", \"content\": \"x\"}]";
    assert_eq!(told(json, Syntax::Json, &chat), (vec!["system: x".into()], none()));
    let whole = Layout { paths: &[""], prompts: &["developer_instructions"], named_by: None };
    let toml = "name = \"a\"\ndeveloper_instructions = '''\nx\n'''\n[mcp]\n";
    assert_eq!(told(toml, Syntax::Toml, &whole), (vec!["a: x\n".into()], none()));
}

#[test]
fn a_broken_role_does_not_hide_the_others() {
    let text = "customModes:\n  - slug: a\n    roleDefinition: You: a\n    name: x\n  - slug: b\n    roleDefinition: |\n      You b.\n    name: *\n\n  - slug: c\n    roleDefinition: You c.\n";
    let (roles, errors) = told(text, Syntax::Yaml, &MODES);
    assert_eq!(roles, ["a: You: a", "b: You b.\n", "c: You c."]);
    assert_eq!(
        errors,
        ["3 a value with `: ` needs quotes", "8 a value that begins with `*` or `&` needs quotes"]
    );
    let map = Layout { paths: &["*"], prompts: &["role"], named_by: None };
    let (roles, errors) = told("a:\n  role: \"x\nb:\n  role: y\n", Syntax::Yaml, &map);
    assert_eq!(roles, ["a: \"x", "b: y"]);
    assert_eq!(errors.len(), 1);
    let json = "{\"a\": {\"role\": \"x\", \"b\": 1 2}, \"b\": {\"role\" \"y\"}}";
    let (roles, errors) = told(json, Syntax::Json, &map);
    assert_eq!((roles, errors.len()), (vec!["a: x".to_string(), "b: y".to_string()], 1));
}

#[test]
fn broken_yaml_of_any_shape_is_read_in_linear_time() {
    let mut dice = Dice(11);
    let parts =
        ["a:", "- ", "\n", "\n  ", "\n    ", " b", "*", ": ", "\"", "|", "\t", "#", "[", "{", "é"];
    for _ in 0..5_000 {
        let text = dice.string(&parts, 24);
        let _ = roles(&text, Syntax::Yaml, &MODES);
    }
    let many = format!("customModes:\n{}", "  - slug: a: b\n    name: *\n".repeat(5_000));
    let found = roles(&many, Syntax::Yaml, &MODES);
    assert_eq!((found.roles.len(), found.errors.len()), (5_000, MAX_ERRORS));
}

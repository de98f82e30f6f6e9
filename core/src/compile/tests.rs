//! Whole compilations: text in, prompt, file and losses out.

use super::*;
use crate::workspace::NoFiles;
use alloc::string::ToString;

fn compiled(text: &str, path: &str, to: Option<&str>) -> Compiled {
    let to = to.map(|id| Host::by_id(id).unwrap());
    compile(text, path, &NoFiles, &Values::new(), &Options::default(), to, false)
}

#[test]
fn the_own_host_keeps_its_head_without_our_fields() {
    let text = "---\r\nname: a # kept\r\nvariables:\r\n  X: one\r\n# rolewright-ignore x\r\ndescription: d\r\n---\r\n\r\n# A\r\n\r\n{{X}}";
    let compiled = compiled(text, ".claude/agents/a.md", None);
    assert_eq!(compiled.prompt, "# A\n\none\n");
    assert_eq!(compiled.file.text, "---\nname: a # kept\ndescription: d\n---\n\n# A\n\none\n");
    assert_eq!(compiled.file.path, ".claude/agents/a.md");
    assert_eq!(compiled.host.id, "claude-code");
    assert_eq!(compiled.losses, []);
}

#[test]
fn a_head_of_our_fields_alone_is_gone() {
    let compiled = compiled("---\nvariables: { X: one }\n---\n{{X}}\n", "roles/a.md", None);
    assert_eq!(compiled.file.text, "one\n");
}

#[test]
fn a_broken_head_is_repaired_or_stands() {
    let text = "---\nname: a\ndescription: b: c\n---\nbody\n";
    let compiled = compiled(text, ".claude/agents/a.md", None);
    assert_eq!(compiled.file.text, "---\nname: a\ndescription: \"b: c\"\n---\nbody\n");
    assert_eq!(compiled.losses.len(), 1);
}

#[test]
fn what_cannot_be_read_gives_no_prompt_but_a_reason() {
    let compiled = compiled("a\0b", "roles/a.md", None);
    assert_eq!((compiled.prompt.as_str(), compiled.diagnostics[0].rule), ("", "unreadable-file"));
}

#[test]
fn sizes_are_counted_in_every_unit() {
    let stats = compiled("é 😀\nb\n", "roles/a.md", None).stats;
    let counted = (stats.bytes, stats.characters, stats.utf16, stats.words, stats.lines);
    assert_eq!(counted, (10, 6, 7, 3, 2));
    assert_eq!(stats.sources[0].path, "roles/a.md".to_string());
    assert_eq!(stats.sources[0].bytes, 10);
}

#[test]
fn a_variable_without_a_value_is_kept_in_the_prompt() {
    assert_eq!(compiled("{{X}}\n", "roles/a.md", None).prompt, "{{X}}\n");
}

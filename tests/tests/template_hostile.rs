//! Checks and compiles hostile templates: each ends, within the limits of expansion. How their cost grows
//! is measured by the benchmark.

use rolewright_core::compile;
use rolewright_core::{Input, Target};
use rolewright_core::{Options, Values};
use std::collections::BTreeMap;

#[track_caller]
fn survives(name: &str, text: &str, files: &BTreeMap<String, String>, values: &Values) -> String {
    let options = Options::default();
    let compiled = compile(
        &Input::new(text).at("roles/main.md").with_files(files).with_values(values),
        &options,
        &Target::default(),
    );
    assert!(compiled.prompt.len() <= 2 << 20, "{name}");
    compiled.prompt
}

fn tree(count: usize) -> BTreeMap<String, String> {
    (0..count).map(|n| (format!("folder/file{n}.md"), format!("# File {n}\n"))).collect()
}

#[test]
fn a_megabyte_of_missing_includes_among_thousands_of_files() {
    let text: String = (0..30_000).map(|n| format!("{{{{include:folder/fil{n}.md}}}}\n")).collect();
    survives("missing includes", &text, &tree(5_000), &Values::new());
}

#[test]
fn a_megabyte_of_names_without_values() {
    let text: String = (0..60_000).map(|n| format!("{{{{NAME_{n}}}}} ")).collect();
    survives("names", &text, &BTreeMap::new(), &Values::new());
    let front_matter: String = (0..3_000).map(|n| format!("  NAME_{n}x: y\n")).collect();
    let text = format!("---\nvariables:\n{front_matter}---\n{}", &text[..500_000]);
    survives("declared names", &text, &BTreeMap::new(), &Values::new());
}

#[test]
fn a_megabyte_of_every_mark() {
    for part in [
        "{{> a.md}} ",
        "{{include:a.md|x}}\n",
        "`{{include:a.md}}` ",
        "- {{include:a.md}} (if exists)\n",
        "- {{X?}}\n",
        "{{include:../../../a}}\n",
        "{{include:a.md#b}} ",
        "x: \n{{include:a.md|optional}}\n\n",
        "# {{X}}\n",
        "> {{include:a.md}}\n",
        "<!-- rolewright-ignore a -->\n{{X}}\n",
    ] {
        let text = part.repeat((1 << 20) / part.len());
        let files = [("b.md".to_string(), "b\n".to_string())].into();
        survives(part, &text, &files, &Values::new());
    }
}

#[test]
fn values_are_never_read_again_however_large() {
    let value = "{{include:secret.md}} {{X}} ".repeat(30_000);
    let values: Values = [("X".to_string(), value.clone())].into_iter().collect();
    let files = [("secret.md".to_string(), "secret\n".to_string())].into();
    let prompt = survives("a large value", "a {{X}} b\n", &files, &values);
    assert_eq!(prompt, format!("a {value} b\n"));
}

#[test]
fn a_bomb_of_fragments_and_lines_is_refused() {
    let lines: String = (1..3_000).map(|n| format!("{{{{include:bomb.md#L1-L{n}}}}}\n")).collect();
    let files = [("bomb.md".to_string(), lines.clone())].into();
    survives("line ranges", &lines, &files, &Values::new());
    let headings: String = (0..8_000)
        .map(|n| format!("# h{n}\n\n{{{{include:x.md#h{}}}}}\n", (n * 7) % 8_000))
        .collect();
    let files = [("x.md".to_string(), headings)].into();
    survives("fragments in circles", "{{include:x.md}}\n", &files, &Values::new());
}

#[test]
fn thousands_of_circles_and_gaps_deep_down_are_bounded() {
    for part in ["{{include:x.md#s0}}\n", "{{include:gone.md}}\n"] {
        let section =
            |n: usize| format!("# s{n}\n\n{{{{include:x.md#s{}}}}}\n{}\n", n + 1, part.repeat(40));
        let text: String = (0..1_000).map(section).collect();
        let files = [("x.md".to_string(), text)].into();
        survives(part, "{{include:x.md#s0}}\n", &files, &Values::new());
    }
    let text = "{{include:roles/main.md}}\n".repeat(40_000);
    let files = [("roles/main.md".to_string(), text.clone())].into();
    survives("circles of one", &text, &files, &Values::new());
}

#[test]
fn paths_that_try_to_leave_stay_inside() {
    let files: BTreeMap<String, String> =
        [("etc/passwd", "root"), ("secret.env", "KEY=1"), (".env", "KEY=1"), ("a.md", "A")]
            .map(|(path, text)| (path.to_string(), text.to_string()))
            .into();
    for path in [
        "../../etc/passwd",
        "..\\..\\etc\\passwd",
        "/../etc/passwd",
        "file:///etc/passwd",
        "~/.ssh/id_rsa",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//etc/passwd",
        "./../../etc/passwd",
        "C:\\etc\\passwd",
        "\\\\server\\share",
        "http://example.org/x",
        ".env",
        "/.env",
        "x/../.env",
        "a.md/../../../etc/passwd",
        "etc/passwd\u{0}.md",
    ] {
        let text = format!("{{{{include:{path}}}}}\n");
        let prompt = survives(path, &text, &files, &Values::new());
        assert!(!prompt.contains("root") && !prompt.contains("KEY"), "{path}: {prompt}");
    }
}

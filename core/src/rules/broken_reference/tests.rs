//! Tests which references count as broken.

use super::*;
use crate::input::Input;
use crate::options::Options;
use alloc::collections::BTreeMap;

fn check(path: &str, text: &str, files: &[&str]) -> Vec<String> {
    let files: BTreeMap<String, String> =
        files.iter().map(|path| (path.to_string(), String::new())).collect();
    let input = Input::new(text).at(path).with_files(&files);
    let found = crate::check(&input, &Options::default()).diagnostics;
    let found = found.into_iter().filter(|d| d.rule == "broken-reference");
    found.map(|d| format!("{} {}", d.severity.name(), d.message)).collect()
}

#[test]
fn a_file_that_is_elsewhere_is_named() {
    assert_eq!(
        check("a/b.md", "See [x](../../docs/x.md) and [y](../docs/y.md#top).\n", &["a/y.md"]),
        ["warning The file `docs/y.md` does not exist"]
    );
    assert_eq!(relative("a/b/c.md", "a/d/e.md"), "../d/e.md");
}

#[test]
fn a_file_of_that_name_must_be_near_to_be_meant() {
    for (file, severity) in [
        ("a/c/y.md", "warning"),
        ("docs/old/y.md", "warning"),
        ("lib/docs/y.md", "warning"),
        ("y.md", "warning"),
        ("lib/y.md", "info"),
    ] {
        let found = check("a/b.md", "See [y](../docs/y.md).\n", &[file]);
        assert_eq!(found, [format!("{severity} The file `docs/y.md` does not exist")], "{file}");
    }
}

#[test]
fn many_links_into_one_missing_folder_are_one_mistake() {
    let text = "- [x](../docs/a/x.md)\n- [y](../docs/b/y.md)\n- [z](../docs/z.md)\n";
    let docs = ["docs/a/x.md", "docs/b/y.md", "docs/z.md"];
    assert_eq!(
        check("k/s/x.md", text, &docs),
        ["warning The file `k/docs/a/x.md` does not exist (3 places)"]
    );
    let files: BTreeMap<String, String> = docs.map(|path| (path.to_string(), String::new())).into();
    let input = Input::new(text).at("k/s/x.md").with_files(&files);
    let fixed = crate::fix(&input, &Options::default(), crate::Applicability::Unsafe);
    assert_eq!(fixed.text, text.replace("../docs", "../../docs"));
    let two = "- [x](../docs/a/x.md)\n- [y](../docs/b/y.md)\n";
    assert_eq!(check("k/s/x.md", two, &docs).len(), 2);
}

#[test]
fn a_folder_without_the_file_is_enough() {
    let text = "See [x](docs/x.md).\n";
    assert_eq!(
        check("a/b.md", text, &["a/docs/z.md"]),
        ["info The file `a/docs/x.md` does not exist"]
    );
    assert_eq!(check("a/b.md", text, &["a/other/z.md"]), [""; 0]);
}

#[test]
fn a_heading_of_another_file_must_be_there() {
    let files: BTreeMap<String, String> = [
        ("docs/y.md", "---\ntitle: y\n---\n# Top\n\n## Tests & Checks\n\n<a id=\"old\"></a>\n"),
        ("docs/z.md", "{{include:y.md}}\n"),
    ]
    .map(|(path, text)| (path.to_string(), text.to_string()))
    .into();
    let text = "[a](../docs/y.md#tests--checks) [b](../docs/y.md#test-check) [c](docs/y.md#old) [d](docs/z.md#x) [e](docs/no.md#x)\n";
    let input = Input::new(text).at("a/b.md").with_files(&files);
    let found = crate::check(&input, &Options::default()).diagnostics;
    let found: Vec<_> = found.iter().filter(|d| d.rule == "broken-reference").collect();
    assert_eq!(found[0].message, "No heading in `docs/y.md` has the anchor `#test-check`");
    assert_eq!(found[0].span.of(text), "[b](../docs/y.md#test-check)");
}

#[test]
fn a_skill_beside_this_one_is_not_inside_of_it() {
    let text = "See `post/SKILL.md`, `mail/SKILL.md` and `../post/SKILL.md`.\n";
    let files = ["skills/post/SKILL.md", "skills/mail/SKILL.md"];
    assert_eq!(
        check("skills/mail/SKILL.md", text, &files),
        ["info The skill has no file `post/SKILL.md`"]
    );
}

#[test]
fn a_folder_that_moved_is_one_finding() {
    let text = "- `desk/letters`\n- `desk/files.md`\n- `desk/gone`\n- `and/or`\n- `desk/old`\n";
    let files = ["desk/parts/letters/a.md", "desk/parts/files.md", "desk/old/a.md"];
    assert_eq!(check("x/b.md", text, &files), ["warning `desk/letters` does not exist (3 places)"]);
    let twice = ["desk/parts/letters/a.md", "desk/other/letters/a.md"];
    assert_eq!(check("x/b.md", text, &twice), [""; 0]);
}

#[test]
fn a_path_upwards_whose_folder_moved_is_found_at_its_first_place() {
    let text = "**Place:** `../../desk/letters/`\n\n- `../../desk/letters/a.md`\n- `../x.md`\n";
    let files = ["desk/parts/letters/a.md", "lib/roles/y.md"];
    assert_eq!(
        check("lib/roles/b.md", text, &files),
        ["warning `../../desk/letters` does not exist (2 places)"]
    );
    assert_eq!(check("lib/roles/b.md", text, &["desk/letters/a.md"]), [""; 0]);
    assert_eq!(check("lib/roles/b.md", text, &["desk/files/a.md"]), [""; 0]);
    let change = "Before the move, files were in `../../desk/letters`.\n";
    assert_eq!(check("lib/roles/b.md", change, &files), [""; 0]);
    let fence = "```ts\nimport a from '../../desk/letters/a.md'\n```\n";
    assert_eq!(check("lib/roles/b.md", fence, &files), [""; 0]);
}

#[test]
fn a_tier_above_is_one_that_the_text_has() {
    let check = |text: &str| crate::rules::tests::findings("broken-reference", "roles/a.md", text);
    assert_eq!(
        check("Read it when the navigation tier above is too short.\n"),
        ["1:18-1:33 info Nothing above is called `navigation tier`"]
    );
    for text in [
        "## Tier 1\n\nUse the first tier above.\n",
        "See the table above.\n",
        "```\nthe navigation tier above\n```\n",
    ] {
        assert_eq!(check(text), [""; 0], "{text}");
    }
}

#[test]
fn a_file_is_missed_beside_one_of_its_kind() {
    let text = "Map `a.py` to `py-clerk.md` and `b.go` to `go-clerk.md`, see `go-notes.md`.\n";
    let found = check("x/lead.md", text, &["x/go-clerk.md"]);
    assert_eq!(found, ["info The file `py-clerk.md` does not exist"]);
    assert_eq!(check("x/lead.md", text, &["y/go-clerk.md"]), [""; 0]);
}

#[test]
fn a_skill_is_missed_among_others_and_a_link_that_climbs_too_little() {
    let text = "[x](../../skills/letters/SKILL.md) [y](./../../docs/y.md)\n";
    assert_eq!(
        check(".agents/skills/mail/SKILL.md", text, &[".agents/skills/post/SKILL.md"]),
        [
            "info The file `.agents/skills/letters/SKILL.md` does not exist",
            "info The file `.agents/docs/y.md` does not exist"
        ]
    );
    assert_eq!(check("desk/skills/mail/SKILL.md", text, &["desk/skills/mail/a.md"]), [""; 0]);
}

#[test]
fn paths_in_toml_are_looked_up_where_their_folder_is_known() {
    let text = "+++\n[metadata]\ncontext_files = [\".desk/notes/a.md\", \".desk/notes/b.md\", \".other/c.md\"]\n+++\n\nHelp.\n";
    assert_eq!(
        check(".desk/modes/x.mode.md", text, &[".desk/modes/y.mode.md"]),
        ["info `.desk/notes/a.md` does not exist (2 places)"]
    );
    assert_eq!(check(".desk/modes/x.mode.md", text, &[".desk/notes/c.md"]), [""; 0]);
}

#[test]
fn a_step_may_be_called_by_some_words_of_its_title() {
    let text = "Do Step 1 (Load Preferences), Step 2 (Initial Setup) and Step 3 (Resume Operations).\n\n## Step 1: Load and Use Preferences\n\n## Step 2: Initial Profile Setup (First Run Only)\n\n## Step 3: Generate Resume for Job\n";
    assert_eq!(check("b.md", text, &[]), ["warning No step is called `Resume Operations`"]);
}

#[test]
fn a_file_that_is_only_an_example_is_not_missed() {
    let skill = "skills/mail/SKILL.md";
    let files = ["skills/mail/scripts/all.sh", "skills/mail/references/how.md"];
    for text in [
        "- **Example**: `scripts/rotate_pdf.py` for tasks with PDF files\n",
        "- **Examples**: `references/finance.md` for money, `references/mnda.md` for contracts\n",
        "Add a file such as `references/finance.md`.\n",
        "Add a script (e.g. `scripts/rotate_pdf.py`).\n",
        "2. A `references/schema.md` file with the tables would be helpful\n",
        "Add a script, for example `scripts/rotate_pdf.py`.\n",
    ] {
        assert_eq!(check(skill, text, &files), [""; 0], "{text}");
    }
    for (text, severity) in [
        ("Run `scripts/rotate_pdf.py`. Example: none.\n", "info"),
        ("- **Example**: `scripts/al.sh`\n", "warning"),
    ] {
        let found = check(skill, text, &files);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].starts_with(severity), "{text}");
    }
}

#[test]
fn a_file_that_may_not_exist_is_not_missed() {
    let files = ["docs/old/order.md"];
    let path = ".claude/commands/go.md";
    assert_eq!(check(path, "Read @docs/order.md (if exists)\n", &files), [""; 0]);
    assert_eq!(check(path, "Read @docs/order.md (if it exists)\n", &files), [""; 0]);
    assert_eq!(check(path, "Read @docs/order.md (it exists)\n", &files).len(), 1);
}

#[test]
fn a_path_of_an_installed_package_is_info() {
    let text = "---\ndescription: x\nargument-hint: x\n---\nRead @./.claude/kit/parts/order.md and @_post/desk/a.md.\n";
    let files = ["kit/parts/order.md", "post-kit/desk/a.md"];
    let path = "commands/go.md";
    assert_eq!(
        check(path, text, &files),
        [
            "info The file `./.claude/kit/parts/order.md` does not exist",
            "info The file `_post/desk/a.md` does not exist"
        ]
    );
    let known: BTreeMap<String, String> =
        files.map(|path| (path.to_string(), String::new())).into();
    let input = Input::new(text).at(path).with_files(&known);
    let found = crate::check(&input, &Options::default()).diagnostics;
    let found = found.into_iter().find(|d| d.rule == "broken-reference").unwrap();
    assert_eq!(
        found.help.unwrap(),
        "The file is at `kit/parts/order.md` here; the path is correct if it is installed in `.claude`."
    );
    assert!(found.fix.is_none());
    // Where the folder is there, the file is missing from it.
    let installed = ["kit/parts/order.md", "post-kit/desk/a.md", ".claude/kit/b.md", "_post/b.md"];
    let found = check(path, text, &installed);
    assert!(found.iter().all(|it| it.starts_with("warning")), "{found:?}");
}

#[test]
fn a_step_has_the_title_of_its_heading() {
    let text = "Skip Step 1 (Read It All) and Step 2 (Write It Down) (Step 3 (optional)).\n\n## Step 1: Read it all\n\n## Step 2: Send It\n";
    assert_eq!(check("b.md", text, &[]), ["warning No step is called `Write It Down`"]);
    assert_eq!(check("b.md", &text.replace("Read It All", "Not This"), &[]), [""; 0]);
}

#[test]
fn a_file_after_an_at_sign_is_looked_up_where_the_host_puts_it_in() {
    let text =
        "Read @docs/order.md, @lib/x.md and me@docs/order.md (`@docs/order.md`, @types/node).\n";
    let files = ["docs/old/order.md", "lib/x.md"];
    assert_eq!(
        check(".claude/commands/go.md", text, &files),
        ["warning The file `docs/order.md` does not exist"]
    );
    assert_eq!(check(".claude/agents/go.md", text, &files), [""; 0]);
}

#[test]
fn a_skill_has_the_files_that_its_commands_name() {
    let skill = "skills/mail/SKILL.md";
    let text = "Run `python scripts/sent.py`, see `references/how.md`, `assets/a.png`.\n\n```sh\nsh scripts/sent.py scripts/all.sh\n```\n";
    assert_eq!(
        check(skill, text, &["skills/mail/scripts/send.py", "skills/mail/scripts/deep/all.sh"]),
        [
            "warning The skill has no file `scripts/sent.py` (2 places)",
            "warning The skill has no file `scripts/all.sh`",
        ]
    );
    let files = ["skills/mail/scripts/sent.py", "scripts/all.sh"];
    assert_eq!(check(skill, text, &files), [""; 0]);
    assert_eq!(check("roles/a.md", text, &["roles/scripts/send.py"]), [""; 0]);
}

#[test]
fn a_link_of_an_included_file_must_be_right_where_it_ends_up() {
    let files: BTreeMap<String, String> = [
        ("parts/deep/rules.md", "See [order](order.md), [root](lib/x.md), `[o](order.md)`.\n"),
        ("parts/deep/order.md", ""),
        ("lib/x.md", ""),
    ]
    .map(|(path, text)| (path.to_string(), text.to_string()))
    .into();
    let input = Input::new("# A\n\n{{include:/parts/deep/rules.md}}\n").at("roles/a.md");
    let input = input.with_files(&files);
    let found = crate::check(&input, &Options::default()).diagnostics;
    let found: Vec<String> =
        found.iter().map(|d| format!("{} {} {}", d.path, d.span, d.message)).collect();
    assert_eq!(
        found,
        ["parts/deep/rules.md 4..21 `order.md` does not exist relative to `roles/a.md`"]
    );
}

#[test]
fn an_anchor_needs_a_heading_or_a_tag() {
    let text = "# A & B: c\n\n## Review it\n\n<a id=\"tagged\"></a>\n\n[1](#a--b-c) [2](#tagged) [3](#reviewit) [4](#review-it-1) [5](#review-its) [6](#gone)\n";
    assert_eq!(
        check("b.md", text, &[]),
        ["warning No heading has the anchor `#review-its` (2 places)"]
    );
    assert_eq!(check("b.md", "[x](#) [y](#{id}) `[z](#gone)`\n", &[]), [""; 0]);
    assert_eq!(check("b.md", "[x](#gone)\n\n{{include:a.md}}\n", &["a.md"]), [""; 0]);
}

#[test]
fn what_exists_here_or_at_the_root_is_fine() {
    let text = "See [x](docs/x.md), [d](docs.d), ![i](https://x.org/a.png), [m](mailto:a@b.org).\n";
    assert_eq!(check("a/b.md", text, &["docs/x.md", "a/docs.d/z.md"]), [""; 0]);
}

#[test]
fn examples_and_places_to_fill_in_are_left_alone() {
    let text = "`[x](docs/x.md)` [x](URL) [x](docs/<name>.md) [x](docs/*.md)\n\n```md\n[x](docs/x.md)\n```\n";
    assert_eq!(check("b.md", text, &["docs/z.md", "lib/x.md"]), [""; 0]);
}

#[test]
fn a_file_in_double_brackets_is_looked_for_where_the_host_inserts_it() {
    let path = ".kiro/steering/api.md";
    let check = |text: &str| check(path, text, &["docs/style.md", path]);
    assert_eq!(
        check("Read #[[file:docs/tone.md]] first.\n"),
        ["info The file `docs/tone.md` does not exist"]
    );
    assert_eq!(check("Read #[[file:docs/style.md]] first.\n"), [""; 0]);
    assert_eq!(check("Write `#[[file:docs/tone.md]]`.\n"), [""; 0]);
}

#[test]
fn a_copied_role_names_files_in_the_hidden_folder_of_another_product() {
    let text = "Read `.cursor/skills/mail/SKILL.md` first, then `.desk/list.md`.\n";
    let files = [".kiro/skills/mail/SKILL.md", ".desk/notes/list.md"];
    assert_eq!(
        check(".kiro/agents/clerk.md", text, &files),
        [
            "warning `.cursor/skills/mail/SKILL.md` does not exist",
            "warning `.desk/list.md` does not exist"
        ]
    );
    let both = [files[0], ".cursor/skills/mail/SKILL.md", ".desk/list.md"];
    assert_eq!(check(".kiro/agents/clerk.md", text, &both), [""; 0]);
    assert_eq!(check("kiro/agents/clerk.md", text, &files[..1]), [""; 0]);
}

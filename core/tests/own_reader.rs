//! Runs the engine with the caller's own Markdown reader, as a program without `pulldown-cmark`
//! does: `cargo test -p rolewright-core --no-default-features --test own_reader`.

use rolewright_core::markdown::{Fence, Heading, Outline};
use rolewright_core::{Compiled, Input, Options, Span, Target, check, compile};
use std::collections::BTreeMap;

/// Reads headings with `#` and code blocks fenced with three backticks, and nothing else.
fn outline(text: &str, body: Span) -> Outline {
    let mut outline = Outline::default();
    let mut open: Option<Fence> = None;
    let mut start = body.start;
    for line in body.of(text).split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let marks = line.len() - line.trim_start_matches('#').len();
        if let Some(fence) = &mut open {
            fence.span.end = span.end;
            fence.closed = span.of(text) == "```";
            if !fence.closed {
                fence.content.end = start;
            } else if let Some(fence) = open.take() {
                outline.code.push(fence.span);
                outline.fences.push(fence);
            }
        } else if line.starts_with("```") {
            let info = Span::new(span.start + 3, span.end);
            let (mark, length, column, closed, nested) = (b'`', 3, 0, false, false);
            let content = Span::at(start);
            open = Some(Fence { span, info, content, mark, length, column, closed, nested });
        } else if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
            let title = Span::new(span.start + marks + 1, span.end);
            let level = marks as u8;
            let (setext, nested) = (false, false);
            outline.headings.push(Heading { span, text: title, level, setext, nested });
        }
    }
    if let Some(fence) = open {
        outline.code.push(fence.span);
        outline.fences.push(fence);
    }
    outline
}

type Workspace = BTreeMap<String, String>;

fn workspace(tone: &str) -> Workspace {
    Workspace::from([("tone.md".to_string(), tone.to_string())])
}

const ROLE: &str = "# Reviewer\n\n## Tone\n\n{{include:tone.md}}\n";

fn problems(text: &str, files: &Workspace) -> Vec<String> {
    let options = Options::with_reader(outline);
    let report = check(&Input::new(text).at("roles/reviewer.md").with_files(files), &options);
    let named = |d: rolewright_core::Diagnostic| format!("{} in {}", d.rule, d.path);
    report.diagnostics.into_iter().map(named).collect()
}

fn compiled(text: &str, files: &Workspace) -> Compiled {
    let options = Options::with_reader(outline);
    compile(
        &Input::new(text).at("roles/reviewer.md").with_files(files),
        &options,
        &Target::default(),
    )
}

#[test]
fn the_role_is_read_with_it() {
    let text = "# Reviewer\n\nReview the change.\n\n```sh\ncargo test\n";
    assert_eq!(problems(text, &Workspace::new()), ["unclosed-fence in roles/reviewer.md"]);
    let closed = format!("{text}```\n");
    assert_eq!(problems(&closed, &Workspace::new()), [""; 0]);
}

#[test]
fn an_included_file_is_read_with_it() {
    let tone = "# Words\n\nBe brief.\n\n```md\n# Not a heading\n```\n";
    let prompt = compiled(ROLE, &workspace(tone)).prompt;
    let moved = "### Words\n\nBe brief.\n\n```md\n# Not a heading\n```\n";
    assert_eq!(prompt, format!("# Reviewer\n\n## Tone\n\n{moved}"));
}

#[test]
fn the_expanded_prompt_is_read_with_it() {
    let unfilled = workspace("Be brief.\n\n[Insert the rules of the team]\n");
    assert_eq!(problems(ROLE, &unfilled), ["unfilled-placeholder in tone.md"]);
    let quoted = workspace("```md\n\n[Insert the rules of the team]\n```\n");
    assert_eq!(problems(ROLE, &quoted), [""; 0]);
}

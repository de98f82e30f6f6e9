//! Runs the engine with the caller's own Markdown reader, as a program without `pulldown-cmark`
//! does: `cargo test -p rolewright-core --no-default-features --test own_reader`.

use rolewright_core::host::Host;
use rolewright_core::markdown::{Emphasis, Fence, Heading, Item, Link, Outline, Paragraph};
use rolewright_core::{Applicability, Compiled, Input, Options, Profile, Span, Target};
use rolewright_core::{check, compile, fix};
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

/// Numbers that look random, from a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// A range on character boundaries inside the body.
    fn span(&mut self, text: &str, body: Span) -> Span {
        let mut end = || text.floor_char_boundary(body.start + self.below(body.len() + 1));
        let (a, b) = (end().max(body.start), end().max(body.start));
        Span::new(a.min(b), a.max(b))
    }
}

/// Keeps the contract to the letter, and makes no sense: what it finds overlaps in any order.
fn nonsense(text: &str, body: Span) -> Outline {
    let mut numbers = Numbers(text.bytes().fold(7, |sum, b| sum * 31 % 1_000_003 + u64::from(b)));
    let mut outline = Outline::default();
    for _ in 0..numbers.below(6) {
        let mut span = || numbers.span(text, body);
        let (info, content, heading, item) = (span(), span(), span(), span());
        let spans = [span(), span(), span(), span(), span(), span()];
        let (level, length) = (numbers.below(6) as u8 + 1, numbers.below(9));
        let (setext, nested, closed) = (level > 3, length > 4, length % 2 == 0);
        let column = length;
        outline.headings.push(Heading { span: heading, text: info, level, setext, nested });
        let fence =
            Fence { span: spans[0], info, content, mark: b'`', length, column, closed, nested };
        outline.fences.push(fence);
        outline.code.push(spans[1]);
        outline.html.push(spans[2]);
        outline.paragraphs.push(Paragraph { span: spans[3], nested });
        outline.items.push(Item { span: item, depth: level, ordered: setext });
        outline.breaks.push(spans[4]);
        outline.tables.push(spans[5]);
        outline.links.push(Link { span: item, target: info.of(text).to_string(), image: nested });
        outline.emphasis.push(Emphasis { span: heading, strong: nested });
    }
    outline
}

#[test]
fn a_reader_that_answers_nonsense_costs_no_panic() {
    const LINES: [&str; 12] = [
        "# Tone 語\n",
        "```md\n",
        "````\n",
        "- one `{{X}}`\n",
        "{{include:tone.md}}\n",
        "😀 {{include:tone.md#a}} z\n",
        "> quote\n",
        "<!-- rolewright-ignore unclosed-fence: x -->\n",
        "See [a](b.md#c) and \\`x\\`.\r\n",
        "\n",
        "## A\u{200b}\n",
        "1. Run `ls`\n",
    ];
    let mut numbers = Numbers(3);
    for round in 0..300 {
        let front_matter =
            "---\nname: reviewer\ndescription: Reads. Use it.\ntools: Read, Bsh\n---\n";
        let mut text = String::from(if round % 2 == 0 { front_matter } else { "" });
        for _ in 0..numbers.below(12) {
            text += LINES[numbers.below(LINES.len())];
        }
        let files = workspace(&text);
        let input = Input::new(&text).at(".claude/agents/reviewer.md").with_files(&files);
        let options = Options::with_reader(nonsense).with_profile(Profile::Style);
        check(&input, &options);
        fix(&input, &options, Applicability::Unsafe);
        let target = Target::of(Host::by_id("gemini"));
        compile(&input, &options, &target);
    }
}

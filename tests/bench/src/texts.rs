//! Made-up texts of a given size: a clean role, and shapes that expose careless algorithms.

/// A clean role of about `size` bytes, never more.
pub(crate) fn clean(size: usize) -> String {
    const PART: &str = "\n## Review of changes\n\nYou read each change twice, once for what it does and once for what it leaves out, and you report\nwhat you found with the file and the line.\n\n- Read the whole change before you write.\n- Name the file and the line of **every** remark.\n- Propose the smallest `edit` that mends it.\n\n```text\nfile.rs:12: the error is dropped\n```\n";
    let mut text = String::from("# Reviewer\n\nYou are a careful reviewer of code.\n");
    while text.len() + PART.len() <= size {
        text.push_str(PART);
    }
    text
}

/// Directives on one line and comments that suppress rules, whole and broken.
const MARKS: [&str; 16] = [
    "{{X}}",
    "{{include:x.md}}",
    "{{include:",
    "{{A:-",
    "{{!",
    "{{!--",
    "{{raw}}",
    "\\{{",
    "{{{",
    "{{> a",
    "{{X:-a}} ",
    "<!-- rolewright-ignore x -->\n",
    "- <!-- rolewright-ignore x -->\n",
    "<!-- rolewright-ignore x",
    "<b> rolewright-ignore",
    "<!-- rolewright-ignore x, y -->\n\n",
];

type Shape = Box<dyn Fn(usize) -> String>;

/// Shapes by name; each makes a text of a size.
pub(crate) fn hostile() -> Vec<(&'static str, Shape)> {
    let of = |part: &'static str| -> Shape { Box::new(move |size| part.repeat(size / part.len())) };
    let front_matter = |part: &'static str| -> Shape {
        Box::new(move |size| {
            format!("---\nname: x\ndescription: {}\n---\nx\n", part.repeat(size / part.len()))
        })
    };
    let mut shapes = vec![
        ("one line", of("word ")),
        ("line ends", of("\n")),
        ("brackets", of("[")),
        ("links", of("[a](b) ")),
        ("emphasis", of("*a _b ")),
        ("back-ticks", of("`a ``b ")),
        ("quotations", of("> ")),
        ("nested items", of("- ")),
        ("items", of("- a\n")),
        ("tables", of("|a|b|\n|-|-|\n")),
        ("fences in fences", of("```a\n```b\n```\n")),
        ("open fences", of("```a\n")),
        ("escaped fences", of("```md\n\\`\\`\\`\n```\n")),
        ("title lines", of("Title Line\n\n")),
        ("label lines", of("When invoked:\n- a\n\n")),
        ("doubled quotes", of("\"\"a\" ")),
        ("machine paths", of("/home/lea/x ")),
        ("emphasis in capitals", of("MUST NEVER ")),
        ("imports", of("@a/b ")),
        ("zero-width spaces", of("a\u{200B}")),
        ("tag characters", of("a\u{E0041}")),
        ("bidi controls", of("a\u{202E}")),
        ("variables", of("{{A}} ")),
        ("includes", of("{{include:a.md}}\n")),
        ("open directives", of("{{include:a")),
        ("comments", of("<!-- a ")),
        ("escapes in a value", front_matter("a.\\nB ")),
        ("colons in a value", front_matter("a: b ")),
        ("dialogue in a head", front_matter("a\nuser: b\nassistant: c\n")),
        ("fields", front_matter("a\nb: c\n")),
        ("tools", front_matter("a\ntools: A, B, C, D\n")),
        ("open brackets in a head", front_matter("[[[[")),
        ("anchors", front_matter("&a *a ")),
        ("quotes in a value", front_matter("\"a\" b ")),
    ];
    shapes.extend(MARKS.map(|part| (part.trim_end(), of(part))));
    shapes
}

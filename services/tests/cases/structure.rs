use crate::{Case, case};
use rolewright_services::{document_symbols, folding_ranges, links, outline, workspace_symbols};
use rolewright_wire::Symbol;

fn tree(symbols: &[Symbol], depth: usize) -> Vec<String> {
    let show = |symbol: &Symbol| {
        let own = format!("{}{:?} {}", "  ".repeat(depth), symbol.kind, symbol.name);
        std::iter::once(own).chain(tree(&symbol.children, depth + 1)).collect::<Vec<_>>()
    };
    symbols.iter().flat_map(show).collect()
}

#[test]
fn symbols_are_the_role_its_fields_and_its_sections_inside_each_other() {
    let case = case("---\nname: a\nmodel: opus\n---\n# One\n\n## Two\n\ntext\n\n# Three\n");
    assert_eq!(
        tree(&document_symbols(&case.document()), 0),
        [
            "Role a",
            "  Field name",
            "  Field model",
            "  Section One",
            "    Section Two",
            "  Section Three"
        ]
    );
}

#[test]
fn a_role_without_a_name_is_called_by_its_title_or_its_file() {
    let named = |text| document_symbols(&Case::at("roles/a.md", text).document())[0].name.clone();
    assert_eq!(named("# Reviewer\n\ntext\n"), "Reviewer");
    assert_eq!(named("text\n"), "a.md");
}

#[test]
fn symbols_of_a_workspace_are_found_by_their_letters() {
    let (a, b) =
        (case("---\nname: code-reviewer\n---\n# Tone\n"), Case::at("roles/b.md", "# Toner\n"));
    let find = |query| {
        let documents = [a.document(), b.document()];
        let found = workspace_symbols(documents.into_iter(), query);
        found.into_iter().map(|symbol| symbol.name).collect::<Vec<_>>()
    };
    assert_eq!(find("cr"), ["code-reviewer"]);
    assert_eq!(find("tone"), ["Tone", "Toner", "Toner"]);
    assert_eq!(find("zzz"), [""; 0]);
}

#[test]
fn front_matter_values_sections_code_and_comments_fold() {
    let case = case(
        "---\nname: a\ntools:\n  - Read\n---\n# One\n\n```\nx\n```\n\n<!-- a\nb -->\n\n# Two\n",
    );
    let found: Vec<_> = folding_ranges(&case.document())
        .into_iter()
        .map(|fold| format!("{}-{} {:?}", fold.start_line, fold.end_line, fold.kind))
        .collect();
    assert_eq!(
        found,
        ["1-5 FrontMatter", "3-4 Value", "6-13 Section", "8-10 CodeBlock", "12-13 Comment"]
    );
}

#[test]
fn links_are_includes_files_and_addresses() {
    let case = Case::at(
        "roles/a.md",
        "{{include:x.md}} [f](x.md#a) [w](https://example.org) [n](no.md)\n",
    )
    .beside("roles/x.md", "x\n");
    let shown: Vec<_> = links(&case.document())
        .into_iter()
        .map(|link| (case.part("roles/a.md", link.range), link.path.or(link.url).unwrap()))
        .collect();
    let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
    assert_eq!(
        shown,
        [
            pair("x.md", "roles/x.md"),
            pair("[f](x.md#a)", "roles/x.md"),
            pair("[w](https://example.org)", "https://example.org"),
        ]
    );
}

#[test]
fn the_outline_says_where_everything_is() {
    let case = case("---\nname: a\ntools: Read\n---\n# One\n\n{{NAME}} [x](y.md)\n");
    let found = outline(&case.document());
    assert_eq!(found.host, "claude-code");
    assert_eq!(found.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["name", "tools"]);
    assert_eq!(found.sections[0].title, "One");
    assert_eq!(found.tools[0].name, "Read");
    assert_eq!(found.references[0].name, "y.md");
    assert_eq!(found.directives[0].name, "NAME");
    assert_eq!(case.part(&case.path, found.front_matter.unwrap()), "name: a\ntools: Read\n");
}

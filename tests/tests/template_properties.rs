//! Properties of every template: segments cover the prompt, expanding again changes nothing, files that
//! are not used change nothing, and limits are kept.

use proptest::prelude::*;
use rolewright_core::Input;
use rolewright_core::options::Missing;
use rolewright_core::template::{self, Expanded, SegmentKind};
use rolewright_core::{LineIndex, Span};
use rolewright_core::{Options, Role, Values, check};
use std::collections::BTreeMap;

/// Parts that texts are made of: all delimiters of the language, line endings, Markdown, other scripts.
const PARTS: [&str; 46] = [
    "{{X}}",
    "{{Y:-d}}",
    "{{Z?}}",
    "{{W:?m}}",
    "{{lower}}",
    "{{",
    "}}",
    "\\",
    "\\{{X}}",
    "{{!c}}",
    "{{!--",
    "--}}",
    "{{raw}}",
    "{{/raw}}",
    "{{include:a.md}}",
    "{{include:b.md|optional}}",
    "{{include:c.json}}",
    "{{include:missing.md}} (if exists)",
    "{{include:../../x}}",
    "{{include:a.md#one|shift=+1}}",
    "{{include:a.md|raw|fence=md}}",
    "{{include:b.md|inline}}",
    "{{include:b.md|wrap=xml|once}}",
    "{{include:main.md}}",
    "{{> a.md}}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "# One\n",
    "## Two\n",
    "Set\n===\n",
    "- ",
    "  ",
    "1. ",
    "> ",
    "```\n",
    "`",
    "text",
    " ",
    "é漢😀",
    "<!-- rolewright-ignore x -->\n",
    "---\n",
    "a:\n",
    "\u{feff}",
    "\t",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..24)
        .prop_map(|parts| parts.concat())
}

fn files() -> impl Strategy<Value = BTreeMap<String, String>> {
    (text(), text(), text()).prop_map(|(a, b, c)| {
        [("a.md", a), ("b.md", b), ("c.json", c)]
            .map(|(path, text)| (path.to_string(), text))
            .into()
    })
}

fn values() -> Values {
    [("X".to_string(), "one\ntwo {{Y}}".to_string())].into_iter().collect()
}

fn expand(text: &str, files: &BTreeMap<String, String>, options: &Options) -> Expanded {
    let mut files = files.clone();
    files.insert("main.md".into(), text.into());
    let values = values();
    let input = Input::new(text).at("main.md").with_files(&files).with_values(&values);
    template::expand(&input, options)
}

proptest! {
    // PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig { cases: 2_000.max(ProptestConfig::default().cases), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn segments_cover_the_prompt_and_lead_to_their_source(text in text(), files in files()) {
        let expanded = expand(&text, &files, &Options::default());
        let mut at = 0;
        for segment in &expanded.segments {
            prop_assert_eq!(segment.out.start, at);
            prop_assert!(segment.out.end > at);
            let out = expanded.text.get(segment.out.range());
            prop_assert!(out.is_some());
            let path = &expanded.files[segment.file as usize];
            let source = if path == "main.md" { &text } else { &files[path] };
            let from = source.get(segment.source.range());
            prop_assert!(from.is_some(), "{:?} {:?}", segment, source);
            if segment.kind == SegmentKind::Literal && !from.unwrap().contains(['\r', '\n']) {
                prop_assert_eq!(from, out);
            }
            prop_assert!((segment.chain as usize) < expanded.chains.len());
            at = segment.out.end;
        }
        prop_assert_eq!(at, expanded.text.len());
        prop_assert!(!expanded.text.contains('\r'));
        prop_assert!(expanded.text.is_empty() || expanded.text.ends_with('\n'));
    }

    #[test]
    fn every_byte_leads_to_a_place_that_leads_back_to_it(text in text(), files in files()) {
        let expanded = expand(&text, &files, &Options::default());
        let all = expanded.destinations();
        for offset in (0..expanded.text.len()).filter(|&at| expanded.text.is_char_boundary(at)) {
            let (segment, place) = expanded.origin(offset).unwrap();
            let back = all.of(segment.file, Span::at(place));
            // What the role ends with comes after its last byte.
            let end = segment.source.is_empty();
            prop_assert!(end || back.iter().any(|out| out.contains(offset)), "{} {:?} {:?}", offset, segment, back);
            let hops = expanded.hops(segment.chain);
            prop_assert!(hops.iter().all(|hop| (hop.file as usize) < expanded.files.len()));
            prop_assert_eq!(hops.first().map_or(segment.file, |hop| hop.file), 0);
        }
    }

    #[test]
    fn what_holds_no_directive_any_more_compiles_to_itself(text in text(), files in files()) {
        let once = expand(&text, &files, &Options::default());
        let role = Role::parse(&once.text, "main.md");
        let left = once.text.contains("{{") || once.text.contains("rolewright-ignore");
        // A byte order mark inside a text is kept, and one at the start is not.
        if !left && !once.text.starts_with('\u{feff}') && role.front_matter.is_none() {
            let twice = template::expand(&Input::new(&once.text).at("main.md"), &Options::default());
            prop_assert_eq!(twice.text, once.text);
        }
    }

    #[test]
    fn files_that_are_not_used_change_nothing(text in text(), files in files(), other in text()) {
        let mut more = files.clone();
        more.insert("zzz/unused.md".into(), other);
        let (one, two) = (expand(&text, &files, &Options::default()), expand(&text, &more, &Options::default()));
        prop_assert_eq!(one.text, two.text);
        prop_assert_eq!(one.segments, two.segments);
    }

    #[test]
    fn nothing_is_left_of_names_that_are_emptied(text in text(), files in files()) {
        let mut options = Options::default();
        options.template.missing = Some(Missing::Empty);
        let expanded = expand(&text, &files, &options);
        prop_assert!(expanded.variables.iter().all(|v| v.unset.is_empty() || v.message.is_some()));
    }

    #[test]
    fn a_small_limit_is_kept(text in text(), files in files(), max in 1usize..400) {
        let mut options = Options::default();
        options.template.limits.output = max;
        let expanded = expand(&text, &files, &options);
        // Directives that are not expanded stay as written, next to those that are.
        let written = text.len() + 1;
        prop_assert!(expanded.text.len() <= max + written, "{} of {max}", expanded.text.len());
    }

    #[test]
    fn every_problem_lies_in_its_file(text in text(), files in files()) {
        let mut all = files.clone();
        all.insert("main.md".into(), text.clone());
        let report = check(&Input::new(&text).at("main.md").with_files(&all).with_values(&values()), &Options::default());
        for d in &report.diagnostics {
            let index = LineIndex::new(&all[&d.path]);
            prop_assert!(index.text().get(d.span.range()).is_some(), "{:?}", d);
            for label in &d.labels {
                prop_assert!(all[&label.path].get(label.span.range()).is_some(), "{:?}", label);
            }
        }
    }

    #[test]
    fn any_bytes_at_all_do_no_harm(text in "\\PC{0,200}", file in "\\PC{0,200}") {
        let files = [("a.md".to_string(), file)].into();
        expand(&format!("{text}\n{{{{include:a.md}}}}\n"), &files, &Options::default());
    }
}

//! The copy of pulldown-cmark in `core/pulldown-cmark` agrees with the published crate: every event of
//! structure, each at the same place. Only emphasis is left out, and texts may be cut elsewhere.

use proptest::prelude::*;
use rolewright_tests::data;

macro_rules! structure {
    ($parser:ident, $text:expr) => {{
        use $parser::{Event, Options, Parser, Tag, TagEnd};
        let events = Parser::new_ext($text, Options::ENABLE_TABLES).into_offset_iter();
        let named = events.filter_map(|(event, range)| {
            let name = match event {
                Event::Text(_) => return None,
                Event::Start(Tag::Emphasis | Tag::Strong) => return None,
                Event::End(TagEnd::Emphasis | TagEnd::Strong) => return None,
                Event::Start(tag) => format!("start {:?}", tag.to_end()),
                Event::End(tag) => format!("end {tag:?}"),
                Event::Code(_) => "code".to_string(),
                Event::Html(_) => "html".to_string(),
                Event::InlineHtml(_) => "inline html".to_string(),
                Event::SoftBreak => "soft break".to_string(),
                Event::HardBreak => "hard break".to_string(),
                Event::Rule => "rule".to_string(),
                other => format!("{other:?}"),
            };
            Some((name, range))
        });
        named.collect::<Vec<_>>()
    }};
}

fn agree(text: &str) -> Result<(), String> {
    let ours = structure!(pulldown_cmark_copy, text);
    let published = structure!(pulldown_cmark, text);
    let differ = ours.iter().zip(&published).find(|(ours, published)| ours != published);
    match differ {
        Some((ours, published)) => Err(format!("{ours:?} instead of {published:?}")),
        None if ours.len() != published.len() => {
            Err(format!("{} events instead of {}", ours.len(), published.len()))
        }
        None => Ok(()),
    }
}

#[test]
fn every_real_file_has_the_same_structure() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    for file in corpus {
        assert_eq!(agree(&file.text), Ok(()), "{}", file.file);
    }
}

#[test]
fn entities_labels_and_extensions_leave_the_structure_alone() {
    for text in [
        "a &copy; *b* &amp; &#65; &nope; **c**\n",
        "[Label ä]\n\n[lAbEl ä]: /x 'title &lt;'\n",
        "[a][B]\n\n[b]: <u&amp;v>\n",
        "~~no~~ $x$ ^2^ [^1] [[wiki]] - [ ] task\n\n[^1]: note\n\n# h {#id}\n\n> [!NOTE]\n> x\n",
        "| a | b |\n|---|:-:|\n| `|` | c |\n",
        "term\n: definition\n\n+++\nx = 1\n+++\n",
    ] {
        assert_eq!(agree(text), Ok(()), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_has_the_same_structure(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "\n", "\n\n", "  ", "    ", "\t", "# ", "## ", "- ", "* ", "1. ", "> ", "```", "~~~",
                "`", "``", "*", "**", "_", "[", "]", "(", ")", "[a]", "[A]: /x\n", "![", "<b>", "</b>",
                "<!--", "-->", "&amp;", "&copy;", "&", "\\", "|", "|-|-|\n", "---", "===", "a", "é b",
                "中文", "😀", "\r\n", "ß",
            ]),
            0..40,
        )
    ) {
        let text = parts.concat();
        prop_assert_eq!(agree(&text), Ok(()), "{}", text);
    }
}

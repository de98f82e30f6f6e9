//! Reads and validates rolewright.json, and determines the settings of a file.

mod layer;
mod schema;

pub(crate) use layer::{Layer, Settings, missing};

use crate::failure::Failure;
use crate::frame::{Frame, Page};
use crate::globs::Globs;
use crate::paths;
use crate::style::Style;
use rolewright_core::{Span, syntax};
use rolewright_wire::Severity;

/// The name of the file.
pub(crate) const CONFIG: &str = "rolewright.json";

/// The settings of a workspace.
#[derive(Debug)]
pub(crate) struct Config {
    included: Globs,
    ignored: Globs,
    base: Layer,
    overrides: Vec<(Globs, Layer)>,
}

/// Something wrong in the file.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Config {
    /// The settings where there is no file.
    pub(crate) fn none() -> Self {
        let none = || Globs::of([]);
        Self { included: none(), ignored: none(), base: Layer::default(), overrides: Vec::new() }
    }

    /// The configuration in `text`; a failure shows every mistake at its place.
    pub(crate) fn read(file: &str, text: &str, style: Style) -> Result<Self, Failure> {
        let document = syntax::json(text);
        let mut mistakes: Vec<Mistake> = document.errors.iter().map(Mistake::syntax).collect();
        let Some(root) = document.root.as_ref().filter(|_| mistakes.is_empty()) else {
            if mistakes.is_empty() {
                mistakes.push(Mistake::new(Span::at(text.len()), "the file is empty"));
            }
            return Err(shown(file, text, &mistakes, style));
        };
        schema::check(root, &mut mistakes);
        if !mistakes.is_empty() {
            return Err(shown(file, text, &mistakes, style));
        }
        let globs = |key| layer::texts(root.get(key)).collect::<Vec<_>>();
        // A folder means all Markdown files in it.
        let below =
            |glob: &&str| format!("{}/**/*.{{md,mdc,markdown}}", glob.trim_end_matches('/'));
        let include = globs("include");
        let inside: Vec<String> = include.iter().map(below).collect();
        let ignore = globs("ignore");
        let within: Vec<String> =
            ignore.iter().map(|glob| format!("{}/**", glob.trim_end_matches('/'))).collect();
        let overrides = root.get("overrides").and_then(|node| node.items()).unwrap_or(&[]);
        Ok(Self {
            included: Globs::of(include.into_iter().chain(inside.iter().map(String::as_str))),
            ignored: Globs::of(ignore.into_iter().chain(within.iter().map(String::as_str))),
            base: Layer::read(root, text),
            overrides: overrides
                .iter()
                .map(|node| (Globs::of(layer::texts(node.get("files"))), Layer::read(node, text)))
                .collect(),
        })
    }

    /// Whether `include` names a path.
    pub(crate) fn includes(&self, path: &str) -> bool {
        self.included.matches(path)
    }

    /// Whether `ignore` names a path.
    pub(crate) fn ignores(&self, path: &str) -> bool {
        self.ignored.matches(path)
    }

    /// The settings of a file, with the command-line settings on top.
    pub(crate) fn settings(&self, path: &str, over: &Layer) -> Settings {
        self.layer(path, over).settings()
    }

    /// The same as one layer.
    pub(crate) fn layer(&self, path: &str, over: &Layer) -> Layer {
        let own = self.overrides.iter().filter(|(files, _)| files.matches(path));
        let layers = own.map(|(_, layer)| layer).chain([over]);
        layers.fold(self.base.clone(), Layer::with)
    }
}

impl Mistake {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    /// The mistake as a sentence, if its place cannot be shown.
    fn sentence(&self, source: &str) -> String {
        let Self { span, message, help } = self;
        let what = match message.starts_with("must ") {
            true => format!("`{}` {message}", span.of(source)),
            false => message.clone(),
        };
        help.iter().fold(what, |what, help| format!("{what}. {help}"))
    }

    fn syntax(error: &syntax::SyntaxError) -> Self {
        Self::new(error.span, error.message.as_ref())
    }
}

fn shown(file: &str, text: &str, mistakes: &[Mistake], style: Style) -> Failure {
    let page = Page::of(text);
    let title = paths::name(file);
    let drawn = mistakes.iter().map(|mistake| {
        let Mistake { span, message, help } = mistake;
        let frame = Frame::new(Severity::Error, title, message, file, &page, *span);
        Frame { help: help.as_deref(), ..frame }.drawn(style, 100)
    });
    Failure::Problem(drawn.collect::<Vec<_>>().join("\n").trim_end().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        match Config::read("/w/rolewright.json", text, Style::PLAIN) {
            Ok(_) => String::new(),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn a_mistake_is_shown_in_its_place_with_what_was_probably_meant() {
        let text = "{\n  // Comments are welcome.\n  \"profil\": \"core\",\n  \"rules\": { \"tool-cas\": \"off\" },\n  \"host\": 3,\n}\n";
        assert_eq!(
            mistakes(text),
            "error[rolewright.json]: unknown setting \"profil\"
 --> /w/rolewright.json:3:3
  |
3 |   \"profil\": \"core\",
  |   ^^^^^^^^
  |
  = help: Did you mean \"profile\"?

error[rolewright.json]: unknown rule \"tool-cas\"
 --> /w/rolewright.json:4:14
  |
4 |   \"rules\": { \"tool-cas\": \"off\" },
  |              ^^^^^^^^^^
  |
  = help: Did you mean \"tool-case\"?

error[rolewright.json]: must be the id of a host or \"auto\"
 --> /w/rolewright.json:5:11
  |
5 |   \"host\": 3,
  |           ^"
        );
    }

    #[test]
    fn a_file_that_is_not_json_is_refused_where_it_breaks() {
        assert!(mistakes("{ \"rules\": {} \"host\": 1 }").contains("`,` is missing"));
        assert!(mistakes("").contains("the file is empty"));
        assert!(mistakes("[]").contains("must be an object"));
        assert!(
            mistakes("{ \"host\": \"auto\", \"host\": \"auto\" }")
                .contains("duplicate key \"host\"")
        );
        assert!(mistakes("{ \"include\": [\"[z-a].md\"] }").contains("reversed range in brackets"));
    }

    #[test]
    fn overrides_apply_in_order_and_the_command_line_has_the_last_word() {
        let text = "{ \"rules\": { \"tool-case\": \"error\" }, \"overrides\": [{ \"files\": [\"b.md\"], \
                    \"rules\": { \"tool-case\": \"off\" }, \"values\": { \"A\": \"1\" } }] }";
        let config = Config::read("rolewright.json", text, Style::PLAIN).unwrap();
        let rule = |path, over: &Layer| {
            config.settings(path, over).options.severity_of("tool-case").unwrap()
        };
        assert!(rule("a.md", &Layer::default()).is_some());
        assert!(rule("b.md", &Layer::default()).is_none());
        let over = Layer::default().with_rule("tool-case", "info");
        assert!(rule("b.md", &over).is_some());
        assert_eq!(config.settings("b.md", &over).values.get("A"), Some("1"));
    }
}

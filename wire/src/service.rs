//! Defines the data that an editor shows: outlines, completions, hovers, symbols, links, folding
//! ranges and actions.

use crate::{Applicability, Edit, Location, Range};
use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// The elements of a text, with their places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Outline {
    /// The file.
    pub path: String,
    /// Id of the host the text is for.
    pub host: String,
    /// The front matter between its delimiters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub front_matter: Option<Range>,
    /// The fields of its roles.
    pub fields: Vec<Field>,
    /// The sections of its prompts, by heading.
    pub sections: Vec<Section>,
    /// Names of tools.
    pub tools: Vec<Reference>,
    /// Targets of links and images.
    pub references: Vec<Reference>,
    /// Includes and variables.
    pub directives: Vec<Directive>,
}

/// A field of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The place of the name.
    pub range: Range,
    /// The place of the value.
    pub value: Range,
}

/// A section of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Section {
    /// Its heading's text.
    pub title: String,
    /// Level of the heading, 1 to 6.
    pub level: u8,
    /// From the heading to the next one of the same or a higher level.
    pub range: Range,
}

/// A name and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Reference {
    /// The name.
    pub name: String,
    /// The place of the name.
    pub range: Range,
}

/// An include or a variable in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Directive {
    /// Which of the two.
    pub kind: DirectiveKind,
    /// The path or the variable's name.
    pub name: String,
    /// The whole directive.
    pub range: Range,
}

/// A kind of directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum DirectiveKind {
    /// `{{include:path}}`
    Include,
    /// `{{NAME}}`
    Variable,
}

/// A possible completion at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Completion {
    /// The text shown in the list.
    pub label: String,
    /// The kind of completion.
    pub kind: CompletionKind,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The replacement, and the range to replace.
    pub edit: TextEdit,
}

/// An edit of the file in the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct TextEdit {
    /// The range to replace; an empty range inserts text.
    pub range: Range,
    /// The replacement.
    pub text: String,
}

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompletionKind {
    /// A field's name.
    Field,
    /// A known value of the field.
    Value,
    /// A tool.
    Tool,
    /// A model.
    Model,
    /// A file to include.
    Path,
    /// A part of a file to include.
    Fragment,
    /// A template variable.
    Variable,
    /// A word of the template language.
    Directive,
    /// The name of a rule.
    Rule,
}

/// An explanation of the element at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Hover {
    /// The range of the explained element.
    pub range: Range,
    /// Markdown.
    pub text: String,
}

/// A named element of a file, with its nested elements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// The kind of symbol.
    pub kind: SymbolKind,
    /// A word or two about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The whole element.
    pub range: Range,
    /// Its name in the text.
    pub selection: Range,
    /// The nested elements.
    pub children: Vec<Symbol>,
}

/// The kind of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolKind {
    /// A role.
    Role,
    /// A field of a role.
    Field,
    /// A section of a prompt.
    Section,
    /// A template variable.
    Variable,
}

/// A symbol found anywhere in a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct WorkspaceSymbol {
    /// Its name.
    pub name: String,
    /// The kind of symbol.
    pub kind: SymbolKind,
    /// The containing element, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// The place of the symbol.
    pub location: Location,
}

/// The changes of a rename.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Rename {
    /// Edits of texts before files move; the edits of one file are disjoint and ascending.
    pub edits: Vec<Edit>,
    /// Files that move, from path to path.
    pub files: Vec<(String, String)>,
}

/// An action that an editor offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct CodeAction {
    /// The effect of the action.
    pub title: String,
    /// The kind of action.
    pub kind: CodeActionKind,
    /// The rule that the action applies to, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Whether it may be applied without review.
    pub applicability: Applicability,
    /// The edits to existing files.
    pub edits: Vec<Edit>,
    /// Files it creates, by path, with their text.
    pub creates: Vec<(String, String)>,
}

/// The kind of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeActionKind {
    /// Fixes one diagnostic.
    Fix,
    /// Applies all safe fixes in the file.
    FixAll,
    /// Fixes everything one rule found in the file.
    FixRule,
    /// Turns a rule off for one place.
    SuppressHere,
    /// Turns a rule off for the file.
    SuppressInFile,
    /// Creates the file that an include names.
    CreateInclude,
}

/// Lines that an editor may fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoldingRange {
    /// First line, from 1.
    pub start_line: u32,
    /// Last line, from 1.
    pub end_line: u32,
    /// The kind of content that it folds.
    pub kind: FoldingKind,
}

/// The kind of folded content.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum FoldingKind {
    /// The front matter.
    FrontMatter,
    /// A section with its heading.
    Section,
    /// A fenced code block.
    CodeBlock,
    /// A value of several lines.
    Value,
    /// A comment of several lines.
    Comment,
}

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Link {
    /// The part of the text.
    pub range: Range,
    /// Its target in the workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its target on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

//! Determines how the files of the project are connected: includes, links, and fields that name other
//! roles.

use crate::synced::SyncedWorkspace;
use rolewright_core::host::{FieldRole, Host};
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Role, Span};
use rolewright_messages::{EdgeKind, Graph, GraphEdge, GraphNode, NodeKind};
use rolewright_services::{self as services, Document};
use rolewright_wire::{Range, Symbol, SymbolKind};
use std::collections::{BTreeMap, BTreeSet};

/// The graph of all files.
pub(crate) fn graph(synced: &SyncedWorkspace) -> Graph {
    let mut drawn = Drawing::of(synced);
    let paths: Vec<&str> = synced.workspace.paths().collect();
    for (from, path) in paths.into_iter().enumerate() {
        if let Some(document) = synced.document(path) {
            drawn.includes_and_links(from, &document);
            drawn.named_roles(from, &document, synced);
        }
    }
    drawn.graph
}

/// The graph in the making.
#[derive(Default)]
struct Drawing {
    graph: Graph,
    /// The node of each path.
    places: BTreeMap<String, usize>,
    /// The node of each role by its name.
    roles: BTreeMap<String, usize>,
    /// The connections so far, so that each is drawn only once.
    seen: BTreeSet<(usize, usize, u8)>,
}

impl Drawing {
    /// The files without connections.
    fn of(synced: &SyncedWorkspace) -> Drawing {
        let mut drawn = Drawing::default();
        let names = synced.workspace.roles().map(|document| {
            let symbols = services::document_symbols(&document).into_iter();
            let names = symbols.filter(|symbol| symbol.kind == SymbolKind::Role);
            (document.path.to_string(), names.map(|symbol| symbol.name).collect::<Vec<_>>())
        });
        let names: BTreeMap<String, Vec<String>> = names.collect();
        for path in synced.workspace.paths() {
            let own = names.get(path);
            let kind = if own.is_some() { NodeKind::Role } else { NodeKind::File };
            let title = match own.map(Vec::as_slice) {
                Some([name]) => name.clone(),
                _ => file_name(path).to_string(),
            };
            let at = drawn.add(path, title, kind);
            for name in own.into_iter().flatten() {
                drawn.roles.entry(name.clone()).or_insert(at);
            }
        }
        drawn
    }

    fn add(&mut self, path: &str, title: String, kind: NodeKind) -> usize {
        let at = self.graph.nodes.len();
        self.graph.nodes.push(GraphNode { path: path.into(), title, kind });
        self.places.insert(path.into(), at);
        at
    }

    fn connect(&mut self, from: usize, to: usize, kind: EdgeKind, at: Range) {
        if self.seen.insert((from, to, kind as u8)) {
            let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (from, to) = (index(from), index(to));
            self.graph.edges.push(GraphEdge { from, to, kind, at });
        }
    }

    fn includes_and_links(&mut self, from: usize, document: &Document<'_>) {
        let role = Role::parse(document.text, document.path);
        let places = document.places();
        let mut included = Vec::new();
        for directive in template::directives(&role, document.options) {
            let DirectiveKind::Include { path, path_span, optional, .. } = directive.kind else {
                continue;
            };
            let found = template::resolve(&role, path, document.files, document.options);
            let found = found.ok().flatten();
            let range = places.range(document.path, path_span);
            let written = found.as_deref().unwrap_or(path);
            let to = match self.places.get(written) {
                Some(to) => *to,
                None => {
                    let kind = if optional { NodeKind::Absent } else { NodeKind::Missing };
                    self.add(written, file_name(written).into(), kind)
                }
            };
            self.connect(from, to, EdgeKind::Includes, range);
            included.push(range);
        }
        for link in services::links(document) {
            let to = link.path.and_then(|path| self.places.get(&path).copied());
            if let Some(to) = to.filter(|to| *to != from && !included.contains(&link.range)) {
                self.connect(from, to, EdgeKind::Links, link.range);
            }
        }
    }

    /// The roles named by fields of the document's roles.
    fn named_roles(&mut self, from: usize, document: &Document<'_>, synced: &SyncedWorkspace) {
        let is_role = self.graph.nodes.get(from).is_some_and(|node| node.kind == NodeKind::Role);
        let report = synced.workspace.check(document.path).filter(|_| is_role);
        let Some(host) = report.and_then(|report| Host::by_id(&report.host)) else { return };
        let places = document.places();
        for symbol in services::document_symbols(document) {
            for field in symbol.children.iter().filter(|child| names_roles(child, host)) {
                let Range { start, end } = field.range;
                let span = places.span(document.path, start.offset, end.offset);
                for word in words(document.text, span) {
                    let to = self.roles.get(word.of(document.text)).copied();
                    if let Some(to) = to.filter(|to| *to != from) {
                        let range = places.range(document.path, word);
                        self.connect(from, to, EdgeKind::HandsOver, range);
                    }
                }
            }
        }
    }
}

fn names_roles(field: &Symbol, host: &Host) -> bool {
    let known = host.field(&field.name).map(|known| known.role);
    field.kind == SymbolKind::Field
        && matches!(known, Some(FieldRole::Agents | FieldRole::Handoffs | FieldRole::Skills))
}

/// The words within a span that could be names of roles.
fn words(text: &str, span: Span) -> Vec<Span> {
    let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in span.of(text).char_indices().chain([(span.of(text).len(), ' ')]) {
        match (start, is_name(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push(Span::new(span.start + from, span.start + at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_messages::Project;

    fn drawn(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let file = |(path, text): &(&str, &str)| (path.to_string(), text.to_string());
        let entry = files.first().map_or(String::new(), |(path, _)| path.to_string());
        let mut synced = SyncedWorkspace::default();
        synced.update(Project {
            active: entry.clone(),
            entry,
            files: files.iter().map(file).collect(),
            profile: "recommended".into(),
            ..Project::default()
        });
        let Graph { nodes, edges } = graph(&synced);
        let node = |at: u32| nodes.get(at as usize).map_or("?", |node| node.path.as_str());
        let edge =
            |edge: &GraphEdge| format!("{} {:?} {}", node(edge.from), edge.kind, node(edge.to));
        let titles = nodes.iter().map(|node| format!("{:?} {}", node.kind, node.title));
        (titles.collect(), edges.iter().map(edge).collect())
    }

    #[test]
    fn includes_and_links_connect_files_and_a_missing_file_is_a_node() {
        let (nodes, edges) = drawn(&[
            (
                ".claude/agents/a.md",
                "---\nname: first\ndescription: Does it. Use it always.\n---\n\
                 {{include:shared/b.md}}\n{{include:shared/none.md}}\n[c](../../shared/c.md)\n",
            ),
            ("shared/b.md", "{{include:shared/c.md}}\n"),
            ("shared/c.md", "Text.\n"),
        ]);
        assert_eq!(nodes, ["Role first", "File b.md", "File c.md", "Missing none.md"]);
        assert_eq!(
            edges,
            [
                ".claude/agents/a.md Includes shared/b.md",
                ".claude/agents/a.md Includes shared/none.md",
                ".claude/agents/a.md Links shared/c.md",
                "shared/b.md Includes shared/c.md",
            ]
        );
    }

    #[test]
    fn a_field_that_names_other_roles_connects_them() {
        let planner = "---\nname: planner\ndescription: Plans the work. Use it first.\n\
                       handoffs:\n  - label: Start\n    agent: builder\n    prompt: Go.\n---\nPlan.\n";
        let builder = "---\nname: builder\ndescription: Builds. Use it second.\n---\nBuild.\n";
        let (nodes, edges) = drawn(&[
            (".github/agents/planner.agent.md", planner),
            (".github/agents/builder.agent.md", builder),
        ]);
        assert_eq!(nodes, ["Role builder", "Role planner"]);
        assert_eq!(
            edges,
            [".github/agents/planner.agent.md HandsOver .github/agents/builder.agent.md"]
        );
    }
}

//! Lays out the graph of the project: files in columns, each to the right of the files that refer
//! to it.

use rolewright_messages::{EdgeKind, Graph, GraphNode, NodeKind};
use rolewright_wire::Range;

/// The size of a box, and the space between boxes, in pixels.
const BOX: (u32, u32) = (156, 46);
const GAP: (u32, u32) = (40, 14);
/// The margin around the picture.
const EDGE: u32 = 8;

/// The graph with a place for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width of the picture.
    pub width: u32,
    /// Height of the picture.
    pub height: u32,
    /// The files that are connected.
    pub boxes: Vec<Placed>,
    /// The files that are not.
    pub apart: Vec<GraphNode>,
    /// The connections.
    pub lines: Vec<Line>,
}

/// A file of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The file.
    pub node: GraphNode,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
}

/// A connection of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The box where it starts, as an index.
    pub from: usize,
    /// The box where it ends, as an index.
    pub to: usize,
    /// How the file is named.
    pub kind: EdgeKind,
    /// The place of the reference.
    pub at: Range,
    /// The curve, as an SVG path.
    pub curve: String,
}

impl Placed {
    /// Width and height of every box.
    pub const SIZE: (u32, u32) = BOX;
}

impl Drawing {
    /// Lays out a graph.
    pub fn of(graph: Graph) -> Drawing {
        let edges: Vec<(usize, usize)> =
            graph.edges.iter().map(|edge| (edge.from as usize, edge.to as usize)).collect();
        let columns = columns(graph.nodes.len(), &edges);
        let mut drawing = Drawing::default();
        let mut used: Vec<u32> = Vec::new();
        let mut place_of: Vec<Option<usize>> = Vec::new();
        for (index, node) in graph.nodes.into_iter().enumerate() {
            if !edges.iter().any(|(from, to)| *from == index || *to == index) {
                place_of.push(None);
                drawing.apart.push(node);
                continue;
            }
            let column = columns.get(index).copied().unwrap_or(0);
            if used.len() <= column {
                used.resize(column + 1, 0);
            }
            let row = used.get_mut(column).map_or(0, |rows| std::mem::replace(rows, *rows + 1));
            let x = EDGE + (column as u32).saturating_mul(BOX.0 + GAP.0);
            let y = EDGE + row.saturating_mul(BOX.1 + GAP.1);
            place_of.push(Some(drawing.boxes.len()));
            drawing.width = drawing.width.max(x + BOX.0 + EDGE);
            drawing.height = drawing.height.max(y + BOX.1 + EDGE);
            drawing.boxes.push(Placed { node, x, y });
        }
        for edge in graph.edges {
            let place = |node: u32| place_of.get(node as usize).copied().flatten();
            let (Some(from), Some(to)) = (place(edge.from), place(edge.to)) else { continue };
            let curve = drawing.curve(from, to);
            drawing.lines.push(Line { from, to, kind: edge.kind, at: edge.at, curve });
        }
        drawing
    }

    /// Draws a curve from the right edge of one box to the left edge of another; if the other box
    /// is not further right, around both.
    fn curve(&self, from: usize, to: usize) -> String {
        let (Some(from), Some(to)) = (self.boxes.get(from), self.boxes.get(to)) else {
            return String::new();
        };
        let (x1, y1) = (from.x + BOX.0, from.y + BOX.1 / 2);
        let (x2, y2) = (to.x, to.y + BOX.1 / 2);
        if x2 > x1 {
            let middle = x1.midpoint(x2);
            return format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}");
        }
        let right = x1.max(to.x + BOX.0) + GAP.0 / 2;
        let x2 = to.x + BOX.0;
        format!("M{x1} {y1}C{right} {y1} {right} {y2} {x2} {y2}")
    }

    /// The box with an index, if its file can be opened.
    pub fn openable(&self, index: usize) -> Option<&str> {
        let node = &self.boxes.get(index)?.node;
        let exists = matches!(node.kind, NodeKind::Role | NodeKind::File);
        exists.then_some(node.path.as_str())
    }
}

/// The column of each file: one more than the columns of the files that refer to it. If files refer
/// to each other in a cycle, the columns stop growing.
fn columns(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut columns = vec![0; count];
    // A path without a cycle is at most this long; real projects take two or three rounds.
    let most = count.min(8);
    for _ in 0..most {
        let mut moved = false;
        for (from, to) in edges {
            let least = columns.get(*from).map_or(0, |column| column + 1).min(most);
            if let Some(column) = columns.get_mut(*to).filter(|column| **column < least) {
                *column = least;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    close_gaps(&mut columns);
    columns
}

/// Leaves no column empty.
fn close_gaps(columns: &mut [usize]) {
    let mut used: Vec<usize> = columns.to_vec();
    used.sort_unstable();
    used.dedup();
    for column in columns {
        *column = used.binary_search(column).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_messages::GraphEdge;

    fn drawn(names: &[&str], edges: &[(u32, u32)]) -> Drawing {
        let node = |name: &&str| GraphNode {
            path: name.to_string(),
            title: name.to_string(),
            kind: NodeKind::File,
        };
        let kind = EdgeKind::Includes;
        let edge = |(from, to): &(u32, u32)| GraphEdge {
            from: *from,
            to: *to,
            kind,
            at: Range::default(),
        };
        Drawing::of(Graph {
            nodes: names.iter().map(node).collect(),
            edges: edges.iter().map(edge).collect(),
        })
    }

    fn columns_of(drawing: &Drawing) -> Vec<(String, u32)> {
        let column = |placed: &Placed| (placed.x - EDGE) / (BOX.0 + GAP.0);
        drawing.boxes.iter().map(|placed| (placed.node.path.clone(), column(placed))).collect()
    }

    #[test]
    fn a_file_is_right_of_all_that_name_it() {
        let drawing = drawn(&["a", "b", "c", "alone"], &[(0, 1), (1, 2), (0, 2)]);
        let expected = [("a".into(), 0), ("b".into(), 1), ("c".into(), 2)];
        assert_eq!(columns_of(&drawing), expected);
        assert_eq!(drawing.apart[0].path, "alone");
        assert!(drawing.lines.iter().all(|line| line.curve.starts_with('M')));
    }

    #[test]
    fn boxes_of_one_column_do_not_overlap() {
        let drawing = drawn(&["a", "b", "c"], &[(0, 1), (0, 2)]);
        assert_eq!(drawing.boxes[1].x, drawing.boxes[2].x);
        assert!(drawing.boxes[2].y >= drawing.boxes[1].y + BOX.1);
    }

    #[test]
    fn files_that_name_each_other_in_a_circle_are_drawn() {
        let drawing = drawn(&["a", "b"], &[(0, 1), (1, 0)]);
        assert_eq!((drawing.boxes.len(), drawing.lines.len()), (2, 2));
        assert!(drawing.width < 2 * (BOX.0 + GAP.0) + 2 * EDGE, "{}", drawing.width);
    }
}

//! The text of the prompt in chapters of several blocks: an edit or a movement of the pointer renders only
//! the chapters that it affects, and the browser lays out only those in view.

use super::block::BlockView;
use crate::state::prompt::Block;
use crate::state::{Hovered, Outcome, Shared};
use std::rc::Rc;
use yew::prelude::*;

/// The number of blocks in a chapter: as many as fit a screen or two.
const BLOCKS: usize = 24;
/// The usual length of a line of the prompt, in UTF-16 code units.
const LINE: u32 = 80;

#[derive(Properties, PartialEq)]
pub struct ChaptersProps {
    pub outcome: Shared<Outcome>,
    pub highlighted: Shared<Vec<(u32, u32)>>,
    pub hovered: Option<Hovered>,
    pub raw: bool,
}

/// The whole text.
#[component]
pub fn Chapters(props: &ChaptersProps) -> Html {
    let page = &props.outcome.page;
    let light = Light {
        highlighted: props.highlighted.to_vec(),
        hovered: props.hovered.as_ref().map(|hovered| hovered.at),
        include: props.hovered.as_ref().and_then(|hovered| hovered.include),
    };
    let mut start = 0;
    let chapters = page.blocks.chunks(BLOCKS).enumerate().map(|(number, blocks)| {
        let end = start + blocks.iter().map(|block| block.len).sum::<u32>();
        let light = light.within(start, end);
        start = end;
        html! { <Chapter key={number} {number} blocks={blocks.to_vec()} {light} raw={props.raw} /> }
    });
    chapters.collect()
}

#[derive(Properties, PartialEq)]
struct ChapterProps {
    number: usize,
    blocks: Vec<Rc<Block>>,
    light: Light,
    raw: bool,
}

#[component]
fn Chapter(props: &ChapterProps) -> Html {
    let (mut start, mut lines) = (0, 0);
    let blocks = props.blocks.iter().enumerate().map(|(index, block)| {
        let end = start + block.len;
        let light = props.light.within(start, end);
        start = end;
        lines += lines_of(block);
        let index = props.number * BLOCKS + index;
        html! { <BlockView key={index} {index} block={Rc::clone(block)} {light} raw={props.raw} /> }
    });
    let blocks: Vec<Html> = blocks.collect();
    html! { <div class="chapter" style={format!("--lines:{lines}")}>{ for blocks }</div> }
}

/// About how many lines a block takes.
fn lines_of(block: &Block) -> u32 {
    let ends = block.pieces.iter().map(|piece| piece.text.matches('\n').count());
    ends.sum::<usize>() as u32 + block.len / LINE
}

/// What is lit up in a part of the prompt, in UTF-16 offsets of that part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Light {
    /// The ranges that come from the line of the caret.
    pub highlighted: Vec<(u32, u32)>,
    /// The hovered place.
    pub hovered: Option<u32>,
    /// The range of the include that is hovered.
    pub include: Option<(u32, u32)>,
}

impl Light {
    /// What is lit up between two offsets, relative to the first.
    fn within(&self, start: u32, end: u32) -> Light {
        let inside = |(from, to): &(u32, u32)| {
            let (from, to) = ((*from).max(start), (*to).min(end));
            (from < to).then(|| (from - start, to - start))
        };
        Light {
            highlighted: self.highlighted.iter().filter_map(inside).collect(),
            hovered: self.hovered.filter(|at| start <= *at && *at < end).map(|at| at - start),
            include: self.include.as_ref().and_then(inside),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Light;

    #[test]
    fn a_part_has_its_share_of_the_light() {
        let light =
            Light { highlighted: vec![(2, 6), (9, 12)], hovered: Some(5), include: Some((0, 5)) };
        let expected =
            Light { highlighted: vec![(0, 2), (5, 6)], hovered: Some(1), include: Some((0, 1)) };
        assert_eq!(light.within(4, 10), expected);
        assert_eq!(light.within(20, 30), Light::default());
    }
}

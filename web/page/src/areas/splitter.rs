//! The splitter between two areas: dragged or moved with the arrow keys; Home and End go to the limits,
//! and Enter centers it or closes the bottom panel.

use crate::browser::{input, place};
use crate::state::Action;
use crate::state::action::LookAction;
use crate::state::prefs::{Layout, Prefs, Split};
use yew::prelude::*;

/// The splitter; shares are relative to the element `within`.
pub fn view(split: Split, prefs: &Prefs, within: &NodeRef, dispatch: &Callback<Action>) -> Html {
    let move_to = dispatch.reform(move |to: u32| Action::Look(LookAction::Split(split, to)));
    let way = way(split, prefs.layout);
    let (to, within, share) = (move_to.clone(), within.clone(), prefs.editor_share);
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if place::held(&event)
            && let Some(share) = match way {
                Direction::Across => place::scaled(&event, ".edit", share),
                Direction::Down => place::share_of_both(&event, ".edit", ".side"),
                Direction::Up => place::share_from_below(&event, &within),
            }
        {
            to.emit(share);
        }
    });
    let onpointerdown = Callback::from(|event: PointerEvent| place::hold(&event));
    let (label, share, range) = match split {
        Split::Prompt if way == Direction::Down => {
            ("Editor height", prefs.editor_share, ("20", "80"))
        }
        Split::Prompt => ("Editor width", prefs.editor_share, ("20", "80")),
        Split::Dock => ("Problems panel height", prefs.dock_share, ("0", "70")),
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(share) = target(way, share, &event.key()) {
            input::take(&event);
            move_to.emit(share);
        }
    });
    let orientation = if way == Direction::Across { "vertical" } else { "horizontal" };
    html! {
        <div class={classes!("splitter", orientation)} role="separator" tabindex="0"
            aria-label={label} aria-orientation={orientation} aria-valuenow={share.to_string()}
            aria-valuemin={range.0} aria-valuemax={range.1}
            {onpointerdown} {onpointermove} {onkeydown} />
    }
}

/// The direction in which a share grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    /// The editor's, to the right.
    Across,
    /// The editor's, downwards.
    Down,
    /// The dock's, upwards.
    Up,
}

fn way(split: Split, layout: Layout) -> Direction {
    match (split, layout) {
        (Split::Dock, _) => Direction::Up,
        (Split::Prompt, Layout::Stacked) => Direction::Down,
        (Split::Prompt, _) => Direction::Across,
    }
}

fn target(way: Direction, share: u32, key: &str) -> Option<u32> {
    let (less, more) = match way {
        Direction::Across => ("ArrowLeft", "ArrowRight"),
        Direction::Down => ("ArrowUp", "ArrowDown"),
        Direction::Up => ("ArrowDown", "ArrowUp"),
    };
    match (key, way) {
        _ if key == less && share <= 12 => Some(0),
        _ if key == less => Some(share.saturating_sub(2)),
        _ if key == more => Some(share + 2),
        ("Home", Direction::Up) => Some(0),
        ("Home", _) => Some(20),
        ("End", _) => Some(100),
        ("Enter", Direction::Up) => Some(if share == 0 { 26 } else { 0 }),
        ("Enter", _) => Some(50),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_move_by_two_and_enter_opens_and_closes_the_dock() {
        assert_eq!(target(Direction::Across, 50, "ArrowLeft"), Some(48));
        assert_eq!(target(Direction::Up, 26, "ArrowUp"), Some(28));
        assert_eq!(target(Direction::Up, 12, "ArrowDown"), Some(0));
        assert_eq!(target(Direction::Up, 26, "Enter"), Some(0));
        assert_eq!(target(Direction::Up, 0, "Enter"), Some(26));
        assert_eq!(target(Direction::Across, 50, "a"), None);
    }

    #[test]
    fn an_editor_above_the_prompt_grows_downwards() {
        let way = way(Split::Prompt, Layout::Stacked);
        assert_eq!(target(way, 50, "ArrowDown"), Some(52));
        assert_eq!(target(way, 50, "ArrowRight"), None);
    }
}

//! A boundary between two zones: dragged, or moved by arrow keys; Home and End go to its bounds,
//! Enter puts it back in the middle or closes the dock.

use crate::browser::{input, place};
use crate::state::Action;
use crate::state::prefs::Split;
use yew::prelude::*;

/// The boundary; its share is measured in the element `within`.
pub fn view(split: Split, share: u32, within: &NodeRef, dispatch: &Callback<Action>) -> Html {
    let move_to = dispatch.reform(move |to: u32| Action::Split(split, to));
    let (to, within) = (move_to.clone(), within.clone());
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if place::held(&event)
            && let Some((x, y)) = place::share(&event, &within)
        {
            to.emit(if split == Split::Prompt { x } else { 100_u32.saturating_sub(y) });
        }
    });
    let onpointerdown = Callback::from(|event: PointerEvent| place::hold(&event));
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(share) = target(split, share, &event.key()) {
            input::take(&event);
            move_to.emit(share);
        }
    });
    let (label, orientation, range) = match split {
        Split::Prompt => ("Width of the editor", "vertical", ("20", "80")),
        Split::Dock => ("Height of the problems", "horizontal", ("0", "70")),
    };
    html! {
        <div class={classes!("splitter", orientation)} role="separator" tabindex="0"
            aria-label={label} aria-orientation={orientation} aria-valuenow={share.to_string()}
            aria-valuemin={range.0} aria-valuemax={range.1}
            {onpointerdown} {onpointermove} {onkeydown} />
    }
}

fn target(split: Split, share: u32, key: &str) -> Option<u32> {
    let (less, more) = match split {
        Split::Prompt => ("ArrowLeft", "ArrowRight"),
        Split::Dock => ("ArrowDown", "ArrowUp"),
    };
    match (key, split) {
        _ if key == less && share <= 12 => Some(0),
        _ if key == less => Some(share.saturating_sub(2)),
        _ if key == more => Some(share + 2),
        ("Home", Split::Prompt) => Some(20),
        ("Home", Split::Dock) => Some(0),
        ("End", _) => Some(100),
        ("Enter", Split::Prompt) => Some(50),
        ("Enter", Split::Dock) => Some(if share == 0 { 26 } else { 0 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_move_by_two_and_enter_opens_and_closes_the_dock() {
        assert_eq!(target(Split::Prompt, 50, "ArrowLeft"), Some(48));
        assert_eq!(target(Split::Dock, 26, "ArrowUp"), Some(28));
        assert_eq!(target(Split::Dock, 12, "ArrowDown"), Some(0));
        assert_eq!(target(Split::Dock, 26, "Enter"), Some(0));
        assert_eq!(target(Split::Dock, 0, "Enter"), Some(26));
        assert_eq!(target(Split::Prompt, 50, "a"), None);
    }
}

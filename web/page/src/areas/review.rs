//! The dialog that shows a change before it is applied, because it may change the meaning of the text.

use super::prose::prose;
use super::{changes, on};
use crate::browser::dialog;
use crate::state::list::Event as ListEvent;
use crate::state::{Action, Review};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The change, while there is one.
    pub review: Option<Review>,
    pub dispatch: Callback<Action>,
}

/// The dialog.
#[component]
pub fn ReviewDialog(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.review.is_some(), move |open| dialog::set_open(&node, *open));
    }
    let Some(review) = &props.review else {
        return html! { <dialog ref={node} class="review" aria-label="Review fix" /> };
    };
    let dispatch = &props.dispatch;
    let cancel = Action::List(ListEvent::Cancel);
    html! {
        <dialog ref={node} class="review" aria-labelledby="review-title"
            onclose={dispatch.reform(|_: Event| Action::List(ListEvent::Cancel))}>
            <h2 id="review-title">{ prose(&review.title) }</h2>
            <p>{ "This may change the meaning of the text. Review the changes." }</p>
            <div class="diff" tabindex="0" role="group" aria-label="Changes">{ changes::files(&review.diffs) }</div>
            <footer>
                <button onclick={on(dispatch, cancel)}>{ "Cancel" }</button>
                <button class="primary" autofocus=true onclick={on(dispatch, Action::List(ListEvent::Apply))}>{ "Apply" }</button>
            </footer>
        </dialog>
    }
}

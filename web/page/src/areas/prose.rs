//! Formats messages with names in backticks, numbers and durations for display.

pub use crate::state::figures::number;
use yew::prelude::*;

/// A sentence, with text between backticks as code.
pub fn prose(text: &str) -> Html {
    let parts = text.split('`').enumerate().map(|(i, part)| {
        if i % 2 == 1 {
            html! { <code>{ part.to_owned() }</code> }
        } else {
            html! { part.to_owned() }
        }
    });
    parts.collect()
}

/// "1 word", "1,234 words".
pub fn counted(n: u32, noun: &str) -> String {
    format!("{} {noun}{}", number(n), if n == 1 { "" } else { "s" })
}

/// `part` as a percentage of `whole`, rounded.
pub fn percent(part: u32, whole: u32) -> u64 {
    let whole = u64::from(whole.max(1));
    (u64::from(part) * 100 + whole / 2) / whole
}

/// `part` as a percentage of `whole` for display: something is never nothing.
pub fn share(part: u32, whole: u32) -> String {
    match percent(part, whole) {
        0 if part > 0 => "<1%".into(),
        share => format!("{share}%"),
    }
}

/// An estimated number of tokens with the two digits that are worth showing.
pub fn tokens(estimate: u32) -> String {
    let mut unit = 1;
    while estimate / unit >= 100 {
        unit *= 10;
    }
    format!("about {}", counted((estimate + unit / 2) / unit * unit, "token"))
}

/// A duration in milliseconds with at most two significant digits below 10 ms.
pub fn milliseconds(ms: f64) -> String {
    // Formatting a float would add ten kilobytes of code for one digit.
    let tenths = (ms * 10.0).round() as u32;
    // A browser's clock may be as coarse as a millisecond.
    if tenths == 0 {
        return "< 1 ms".into();
    }
    if tenths < 100 {
        format!("{}.{} ms", tenths / 10, tenths % 10)
    } else {
        format!("{} ms", (tenths + 5) / 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(
            (counted(1, "word"), counted(1_234, "word")),
            ("1 word".into(), "1,234 words".into())
        );
    }

    #[test]
    fn shares_are_rounded_and_nothing_of_nothing_is_nothing() {
        assert_eq!((percent(1, 3), percent(2, 3), percent(0, 0)), (33, 67, 0));
        assert_eq!(
            (share(1, 300), share(0, 300), share(2, 3)),
            ("<1%".into(), "0%".into(), "67%".into())
        );
    }

    #[test]
    fn an_estimate_has_two_digits() {
        assert_eq!(tokens(1), "about 1 token");
        assert_eq!(tokens(75), "about 75 tokens");
        assert_eq!(tokens(157), "about 160 tokens");
        assert_eq!(tokens(2_995), "about 3,000 tokens");
    }

    #[test]
    fn times_are_short() {
        assert_eq!((milliseconds(0.0), milliseconds(0.04)), ("< 1 ms".into(), "< 1 ms".into()));
        assert_eq!(milliseconds(0.84), "0.8 ms");
        assert_eq!(milliseconds(23.4), "23 ms");
    }
}

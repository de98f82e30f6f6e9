//! Tests how a diagnostic is drawn: the line, the marks, the window, the notes.

use super::*;

/// The frame of a text in which « and » enclose the range.
fn drawn_in(marked: &str, width: usize) -> String {
    let start = marked.find('«').unwrap();
    let text = marked.replacen('«', "", 1);
    let end = text.find('»').unwrap();
    let text = text.replacen('»', "", 1);
    let page = Page::of(&text);
    let span = Span::new(start, end);
    let message = "Something is wrong";
    Frame::new(Severity::Warning, "some-rule", message, "a.md", &page, span)
        .drawn(Style::PLAIN, width)
}

fn rows(marked: &str) -> Vec<String> {
    rows_in(marked, 100)
}

fn rows_in(marked: &str, width: usize) -> Vec<String> {
    drawn_in(marked, width).lines().skip(3).map(str::to_string).collect()
}

#[test]
fn a_range_over_several_lines_is_marked_on_its_first_and_on_its_last() {
    assert_eq!(rows("a\nb «c\nd\ne\nf» g\n"), ["2 | b c", "  |   ^", "...", "5 | f g", "  | ^"]);
    assert_eq!(rows("b «c\nd» e\n"), ["1 | b c", "  |   ^", "2 | d e", "  | ^"]);
}

#[test]
fn a_range_without_characters_is_one_mark_at_the_end_of_a_text_too() {
    assert_eq!(rows("ab«»c\n"), ["1 | abc", "  |   ^"]);
    assert_eq!(rows("ab«»"), ["1 | ab", "  |   ^"]);
    assert_eq!(rows("ab\n«»"), ["2 |", "  | ^"]);
    assert_eq!(rows("«»"), ["1 |", "  | ^"]);
}

#[test]
fn line_ends_of_every_kind_end_a_line_and_are_not_shown() {
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(rows(&format!("a{end}«b»{end}c")), ["2 | b", "  | ^"]);
    }
}

#[test]
fn tabs_reach_to_their_stops_wide_characters_take_two_cells_marks_follow_both() {
    assert_eq!(rows("\t«x»\n"), ["1 |     x", "  |     ^"]);
    assert_eq!(rows("ab\t«x»\n"), ["1 | ab  x", "  |     ^"]);
    assert_eq!(rows("漢字 «漢字» x\n"), ["1 | 漢字 漢字 x", "  |      ^^^^"]);
    assert_eq!(rows("👩‍👩‍👧 «e\u{301}» x\n"), ["1 | 👩‍👩‍👧 e\u{301} x", "  |    ^"]);
}

#[test]
fn an_invisible_character_is_shown_by_its_number_and_marked_in_its_whole_length() {
    assert_eq!(rows("a«\u{202e}»b\n"), ["1 | a⟨U+202E⟩b", "  |  ^^^^^^^^"]);
    assert_eq!(visible("\x1b[31m\x07"), "⟨U+001B⟩[31m⟨U+0007⟩");
}

#[test]
fn a_long_line_is_cut_around_the_range_wherever_that_is() {
    let line = "abcdefghi ".repeat(900);
    for at in [0, 1, 500, 4096, 8000, 8996] {
        for width in [30, 80, 200] {
            let text = format!("{}«{}»{}\n", &line[..at], &line[at..at + 4], &line[at + 4..]);
            let rows = rows_in(&text, width);
            assert!(rows.iter().all(|row| row.chars().count() <= width));
            let from = rows[1].find('^').unwrap();
            let shown: String = rows[0].chars().skip(from).take(4).collect();
            assert_eq!(format!("{shown:4}"), line[at..at + 4], "{at} {width}");
        }
    }
}

#[test]
fn a_range_longer_than_the_window_fills_it() {
    let rows = rows_in(&format!("x «{}» z\n", "y".repeat(9000)), 60);
    assert!(rows[0].ends_with('…') && rows[1].ends_with('^'));
    assert!(rows.iter().all(|row| row.chars().count() <= 60));
}

#[test]
fn of_a_line_of_a_megabyte_only_the_window_is_drawn() {
    let text = format!("{}«y»{}\n", "x".repeat(1 << 20), "漢".repeat(1 << 20));
    assert!(rows_in(&text, 60).iter().all(|row| row.chars().count() <= 60));
}

#[test]
fn labels_are_in_order_with_their_words_and_other_files_below_with_their_own_lines() {
    let page = Page::of("one\ntwo\nthree\n");
    let labels = [
        FrameLabel { path: "a.md".into(), page: None, span: Span::new(0, 3), message: "first" },
        FrameLabel {
            path: "b.md".into(),
            page: Some(Page::of("x\ny\n")),
            span: Span::new(2, 3),
            message: "there",
        },
    ];
    let frame = Frame {
        labels: &labels,
        ..Frame::new(Severity::Error, "r", "m", "a.md", &page, Span::new(8, 13))
    };
    assert_eq!(
        frame.drawn(Style::PLAIN, 100),
        "error[r]: m
 --> a.md:3:1
  |
1 | one
  | --- first
...
3 | three
  | ^^^^^
 ::: b.md:2:1
  |
2 | y
  | - there
"
    );
}

#[test]
fn notes_are_broken_at_words_and_stay_below_their_first_word() {
    let page = Page::of("x\n");
    let frame = Frame {
        help: Some("Put the words where they belong, one after the other."),
        ..Frame::new(Severity::Error, "r", "m", "a.md", &page, Span::new(0, 1))
    };
    let drawn = frame.drawn(Style::PLAIN, 40);
    let lines: Vec<&str> = drawn.lines().collect();
    assert_eq!(
        lines[lines.len() - 3..],
        ["  |", "  = help: Put the words where they", "          belong, one after the other."]
    );
}

#[test]
fn several_labels_of_one_line_are_one_line() {
    let page = Page::of("one two three four five six seven eight nine\nten\n");
    let label = |start: usize| FrameLabel {
        path: "a.md".into(),
        page: None,
        span: Span::new(start, start + 1),
        message: "",
    };
    let labels: Vec<FrameLabel<'_>> = (1..=MOST_LABELS + 3).map(label).collect();
    let frame = Frame {
        labels: &labels,
        ..Frame::new(Severity::Error, "r", "m", "a.md", &page, Span::new(0, 1))
    };
    let drawn = frame.drawn(Style::PLAIN, 100);
    assert!(drawn.ends_with("= also: line 1\n"), "{drawn}");
}

#[test]
fn a_place_is_shown_once_and_what_is_not_shown_is_listed_in_order() {
    let own = Page::of("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    let label = |path: &str, line: usize| FrameLabel {
        path: path.into(),
        page: Some(Page::of("1\n2\n3\n4\n5\n6\n7\n8\n9\n")),
        span: Span::new(2 * line, 2 * line + 1),
        message: "here",
    };
    let own_lines = [7, 8, 1, 2, 1, 3].map(|line| label("a.md", line));
    let far_lines = [5, 1, 3, 3, 2].map(|line| label("b.md", line));
    let labels: Vec<FrameLabel<'_>> = own_lines.into_iter().chain(far_lines).collect();
    let frame = Frame {
        labels: &labels,
        ..Frame::new(Severity::Error, "r", "m", "a.md", &own, Span::new(0, 1))
    };
    let drawn = frame.drawn(Style::PLAIN, 100);
    assert_eq!(drawn.matches("- here").count(), MOST_LABELS);
    assert_eq!(drawn.matches(":::").count(), 1, "{drawn}");
    assert!(drawn.ends_with("= also: lines 3, 4, 6 of b.md\n"), "{drawn}");
}

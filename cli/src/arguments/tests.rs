//! The messages about invalid arguments.

use super::*;

fn refused(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
    match parse(&words) {
        Err(failure) => failure.to_string().lines().next().unwrap_or("").to_string(),
        Ok(_) => String::from("accepted"),
    }
}

#[test]
fn the_definition_is_sound() {
    command().debug_assert();
}

#[test]
fn what_is_misspelled_is_named_with_what_was_probably_meant() {
    for (words, expected) in [
        (&["chek"][..], "unknown command \"chek\"; did you mean \"check\"?"),
        (
            &[".claude"],
            "unknown command \".claude\"; to check files, run `rolewright check .claude`",
        ),
        (&["--fix"], "unknown option --fix; options follow a command, as in `rolewright check`"),
        (&["completions"], "completions requires <SHELL>"),
        (&["check", "--fromat", "json"], "unknown option --fromat; did you mean --format?"),
        (
            &["check", "--format", "jsn"],
            "--format must be text, json, sarif, github, junit or gitlab, not \"jsn\"; did you mean \"json\"?",
        ),
        (&["check", "--rule", "tool-case"], "--rule must be NAME=VALUE, not \"tool-case\""),
        (&["check", "--max-warnings", "-1"], "--max-warnings must be a whole number, not \"-1\""),
        (&["check", "--value"], "--value requires a value"),
        (&["check", "--fix=yes"], "--fix does not take a value"),
        (&["init", "x"], "unexpected argument \"x\""),
    ] {
        assert_eq!(refused(words), format!("rolewright: {expected}"), "{words:?}");
    }
}

#[test]
fn the_last_of_several_counts_and_everything_after_two_dashes_is_a_path() {
    let words = ["check", "--format", "json", "--format=sarif", "--", "--fix"].map(String::from);
    let Ok(Command::Check(options)) = parse(&words) else { panic!("refused") };
    assert_eq!((options.format, options.fix), (Format::Sarif, false));
    assert_eq!(options.shared.paths, ["--fix"]);
}

//! The colors of the style sheet have the contrast that WCAG 2.2 AA requires, light and dark.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../www/styles/tokens.css");

type Colors = BTreeMap<String, [f64; 3]>;

/// The colors of one theme by name: `--name: light-dark(#rrggbb, #rrggbb)`.
fn colors(dark: bool) -> Colors {
    let mut found = Colors::new();
    for line in TOKENS.lines().filter(|line| line.contains("light-dark(#")) {
        let (name, rest) = line.trim().split_once(':').expect("a name");
        let inside = rest.split_once("light-dark(").expect("two colors").1;
        let inside = inside.split(')').next().expect("a closing bracket");
        let colour = inside.split(',').nth(usize::from(dark)).expect("a colour").trim();
        let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal");
        let rgb = [part(1), part(3), part(5)].map(|p| f64::from(p) / 255.0);
        found.insert(name.trim_start_matches("--").into(), rgb);
    }
    found
}

fn luminance(rgb: &[f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

fn contrast(colors: &Colors, front: &str, back: &str) -> f64 {
    let of = |name: &str| luminance(colors.get(name).unwrap_or_else(|| panic!("no --{name}")));
    let (a, b) = (of(front), of(back));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn check(least: f64, fronts: &[&str], backs: &[&str]) {
    for dark in [false, true] {
        let colors = colors(dark);
        for front in fronts {
            for back in backs {
                let ratio = contrast(&colors, front, back);
                assert!(ratio >= least, "{front} on {back}, dark {dark}: {ratio:.2} < {least}");
            }
        }
    }
}

#[test]
fn text_is_readable_on_every_ground() {
    check(4.5, &["text", "text-2", "text-3"], &["bg", "surface", "sunken"]);
    check(4.5, &["text", "text-2"], &["selection"]);
    check(4.5, &["accent"], &["bg", "surface", "sunken"]);
    check(4.5, &["on-accent"], &["accent"]);
}

#[test]
fn severities_are_readable_on_the_page_and_on_their_soft_ground() {
    check(4.5, &["error", "warning", "info", "ok"], &["bg", "surface", "sunken"]);
    for name in ["error", "warning", "info", "ok"] {
        check(4.5, &[name], &[&format!("soft-{name}")]);
        check(7.0, &["text"], &[&format!("soft-{name}")]);
    }
}

#[test]
fn controls_and_bars_have_enough_contrast() {
    check(3.0, &["control"], &["bg", "surface"]);
    for n in 1..=6 {
        check(3.0, &[&format!("bar-{n}")], &["bg", "surface"]);
        check(7.0, &["text"], &[&format!("tint-{n}")]);
    }
}

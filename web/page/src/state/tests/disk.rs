//! Tests of saving to a folder.

use super::super::disk::{DiskResult, Event};
use super::*;

fn linked() -> State {
    let mut state = settled(Vec::new());
    let found = Event::Found { can: true, folder: Some("work".into()), dirty: false };
    state.apply(Action::Disk(found), 20.0);
    state
}

fn ended(state: &mut State, how: &str, paths: &[&str]) -> (String, Option<&'static str>) {
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    let result =
        DiskResult { state: how.into(), folder: "work".into(), paths, ..DiskResult::default() };
    state.apply(Action::Disk(Event::Saved(result)), 30.0);
    let notice = state.notice.clone().expect("a notice");
    (notice.text, notice.offer.map(|offer| offer.0))
}

#[test]
fn saving_goes_to_the_folder_of_the_project() {
    let mut state = linked();
    typed(&mut state, "x", 5_000.0);
    assert!(state.kept.disk.dirty);
    let effects = state.apply(Action::Command("save".into()), 5_010.0);
    assert!(effects.iter().any(|e| matches!(e, Effect::SaveToDisk(_, false))));
}

#[test]
fn every_end_of_saving_is_said_and_only_one_of_them_is_called_saved() {
    let mut state = linked();
    typed(&mut state, "x", 5_000.0);
    let said = ended(&mut state, "changed", &["a.md"]);
    let text = "`a.md` has different contents in `work`. Nothing was saved there.";
    assert_eq!(said, (text.into(), Some("Overwrite")));
    let said = ended(&mut state, "denied", &[]);
    let text = "The browser was not allowed to save to `work`.";
    assert_eq!(said, (text.into(), Some("Try again")));
    let said = ended(&mut state, "gone", &[]);
    assert_eq!(said, ("`work` no longer exists.".into(), Some("Choose a folder")));
    assert!(state.kept.disk.dirty);
    let said = ended(&mut state, "saved", &["a.md", "b.md"]);
    assert_eq!(said, ("Saved 2 files to `work`.".into(), Some("Undo")));
    assert!(!state.kept.disk.dirty);
    assert_eq!(ended(&mut state, "saved", &[]), ("`work` is up to date.".into(), None));
}

#[test]
fn a_browser_without_folders_offers_the_archive() {
    let mut state = settled(Vec::new());
    state.apply(Action::Disk(Event::Choose), 20.0);
    assert_eq!(state.notice.and_then(|n| n.offer).map(|offer| offer.0), Some("Download"));
}

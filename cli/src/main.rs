//! The native command line `rolewright`.

use rolewright_cli::World;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let world = rolewright_cli::native::Native::new();
    let code = rolewright_cli::run(&world, &words);
    world.flush();
    ExitCode::from(code)
}

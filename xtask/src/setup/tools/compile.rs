//! Compiles several tools at the same time, with one line of progress for all of them.

use super::tool::Tool;
use crate::command::{Shell, name};
use anyhow::{Context, Result, bail};
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const BETWEEN_LINES: Duration = Duration::from_secs(15);
/// Lines of a failed compilation that are shown.
const SHOWN: usize = 40;

/// Compiles `tools` in parallel; fails with the errors of the tools that did not compile.
pub fn side_by_side(shell: &Shell, tools: &[&Tool]) -> Result<()> {
    if tools.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = tools.iter().map(|t| format!("{} {}", t.package, t.version)).collect();
    eprintln!("\n==> Compiling {} (once; 10 to 15 minutes on two cores)", names.join(" and "));
    let started = Instant::now();
    let mut jobs = Vec::new();
    for tool in tools {
        jobs.push(Job::start(tool.program, &mut install(shell, tool))?);
    }
    let mut told = Instant::now();
    while jobs.iter_mut().any(Job::is_running) {
        std::thread::sleep(Duration::from_millis(200));
        if told.elapsed() >= BETWEEN_LINES {
            told = Instant::now();
            let jobs: Vec<_> = jobs.iter().map(Job::progress).collect();
            eprintln!("    {} ({} s)", jobs.join(", "), started.elapsed().as_secs());
        }
    }
    let failed: Vec<_> = jobs.into_iter().filter_map(Job::error).collect();
    if !failed.is_empty() {
        bail!(
            "{}\n\nCompiling a tool needs the network and a C linker (Debian: `apt-get install \
             build-essential`). Running this command again continues where it stopped",
            failed.join("\n\n")
        );
    }
    for tool in tools {
        // Leftover build files are useless, but keeping them is not an error.
        let _ = std::fs::remove_dir_all(tool.home.join("build"));
    }
    Ok(())
}

fn install(shell: &Shell, tool: &Tool) -> Command {
    let mut command = shell.command("cargo", ["install", tool.package, "--version", &tool.version]);
    command.args(tool.arguments).arg("--root").arg(&tool.home);
    // A persistent folder, so that an interrupted compilation can continue.
    command.env("CARGO_TARGET_DIR", tool.home.join("build"));
    // Cargo counts crates only in its progress bar.
    command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "80");
    // The published profiles take half an hour, and the tools need not be fast here.
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    command
}

/// A command that runs in the background while its output is collected.
struct Job {
    title: &'static str,
    command: String,
    child: Child,
    printed: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Job {
    fn start(title: &'static str, command: &mut Command) -> Result<Job> {
        let shown = name(command);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{shown}` did not start"))?;
        let printed = Arc::new(Mutex::new(String::new()));
        let (into, stderr) = (printed.clone(), child.stderr.take());
        let reader = stderr.map(|mut stderr| {
            std::thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = stderr.read(&mut bytes) {
                    let text = String::from_utf8_lossy(bytes.get(..count).unwrap_or_default());
                    into.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
                }
            })
        });
        Ok(Job { title, command: shown, child, printed, reader })
    }

    fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn progress(&self) -> String {
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        let done = crates(&printed).unwrap_or_else(|| "fetching".into());
        format!("{}: {done}", self.title)
    }

    /// The message about a job that failed.
    fn error(mut self) -> Option<String> {
        let status = self.child.wait().ok();
        if status.is_some_and(|status| status.success()) {
            return None;
        }
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
        let printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = status.map_or("unknown status".into(), |status| status.to_string());
        Some(format!("`{}` failed ({ended}):\n{}", self.command, last_lines(&printed)))
    }
}

/// The last `done/all crates` of the progress bar in Cargo's output.
fn crates(printed: &str) -> Option<String> {
    let bar = printed.rsplit("] ").find_map(|after| {
        let (done, rest) = after.split_once('/')?;
        let all = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        Some((done.parse::<u32>().ok()?, all.parse::<u32>().ok()?))
    });
    bar.map(|(done, all)| format!("{done}/{all} crates"))
}

/// The end of Cargo's output, without progress bars.
fn last_lines(printed: &str) -> String {
    let lines: Vec<_> = printed
        .lines()
        .map(|line| line.rsplit('\r').find(|part| !part.trim().is_empty()).unwrap_or_default())
        .filter(|line| !line.is_empty() && !line.trim_start().starts_with("Building ["))
        .collect();
    lines.get(lines.len().saturating_sub(SHOWN)..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "   Compiling libc v0.2.1\n    Building [=>      ] 3/180: libc(build)\r\
        \x20   Building [==>     ] 57/180: syn, walrus\r";

    #[test]
    fn progress_is_that_of_the_last_bar() {
        assert_eq!(crates(PRINTED).as_deref(), Some("57/180 crates"));
        assert_eq!(crates("    Updating crates.io index\n"), None);
    }

    #[test]
    fn the_end_of_a_failed_compilation_is_shown_without_progress_bars() {
        let printed = format!("{PRINTED}error: linker `cc` not found\n\n");
        assert_eq!(last_lines(&printed), "   Compiling libc v0.2.1\nerror: linker `cc` not found");
    }

    #[cfg(unix)]
    #[test]
    fn a_job_that_fails_tells_what_it_said() {
        let mut command = Command::new("sh");
        let job = Job::start("cc", command.args(["-c", "echo broken >&2; exit 3"])).unwrap();
        let expected = "`sh -c echo broken >&2; exit 3` failed (exit status: 3):\nbroken";
        assert_eq!(job.error().as_deref(), Some(expected));
    }
}

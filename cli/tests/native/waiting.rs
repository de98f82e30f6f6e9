//! Commands that wait: the language server, and `--watch`.

use super::{A, Folder, role};
use std::process::{Command, Stdio};

#[test]
fn the_language_server_speaks_over_standard_input_and_survives_nonsense() {
    use std::io::Write;
    let folder = Folder::of(&[(A, &role("a", "bash"))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .arg("lsp")
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut send = |text: &str| {
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    };
    send("{ nonsense");
    send(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#);
    send(r#"{"jsonrpc":"2.0","id":2,"method":"workspace/diagnostic","params":{}}"#);
    send(r#"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#);
    send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let done = child.wait_with_output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{out}");
    assert!(out.contains("\"code\":-32700") && out.contains("tool-case"), "{out}");
}

#[test]
fn a_client_that_dies_in_the_middle_of_a_message_ends_the_language_server() {
    use std::io::Write;
    let folder = Folder::of(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .arg("lsp")
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"Content-Length: 100\r\n\r\n{").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_language_server_while_it_waits() {
    use std::io::{Read, Write};
    let folder = Folder::of(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .arg("lsp")
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let request = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    let mut input = child.stdin.take().unwrap();
    write!(input, "Content-Length: {}\r\n\r\n{request}", request.len()).unwrap();
    // Once it has answered, it waits for the next message.
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0; 20]).unwrap();
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(unix)]
#[test]
fn watching_checks_again_when_a_role_changes_and_not_because_its_report_was_written() {
    use std::io::{BufRead, BufReader};
    use std::sync::mpsc::channel;
    use std::time::Duration;
    let folder = Folder::of(&[(A, &role("a", "bash"))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .args(["check", "--watch", "--format", "json", "--output-file", "report.json"])
        .current_dir(folder.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, said) = channel();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let runs = || said.recv_timeout(Duration::from_secs(20)).is_ok();
    assert!(runs() && folder.read("report.json").contains("tool-case"));
    assert!(said.recv_timeout(Duration::from_millis(1500)).is_err(), "nothing has changed");
    folder.write(A, &role("a", "Bash"));
    assert!(runs() && !folder.read("report.json").contains("tool-case"));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

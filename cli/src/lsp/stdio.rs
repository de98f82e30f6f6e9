//! A session over standard input and output. Bytes are read on a thread, so that a request that was
//! cancelled while another was at work is not begun.

use super::LanguageServer;
use crate::exit;
use crate::world::{Stream, World};
use std::io::Read;
use std::sync::mpsc::channel;

/// Serves until the client exits or goes away; the exit code.
pub(crate) fn serve(world: &dyn World) -> u8 {
    let (sender, bytes) = channel();
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = input.read(&mut buffer) {
            if sender.send(buffer[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut session = LanguageServer::new(world);
    loop {
        while let Ok(piece) = bytes.try_recv() {
            session.push(&piece);
        }
        if let Some(out) = session.step() {
            world.write(Stream::Output, &out);
            world.flush();
            if let Some(code) = session.exited() {
                return code;
            }
            continue;
        }
        match bytes.recv() {
            Ok(piece) => session.push(&piece),
            // The client closed the stream without a shutdown request.
            Err(_) => return exit::FOUND,
        }
    }
}

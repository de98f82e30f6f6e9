//! A session over standard input and output.

use super::LanguageServer;
use crate::exit;
use crate::world::{Stream, World};

/// Serves until the client exits or disconnects; returns the exit code.
pub(crate) fn serve(world: &dyn World) -> u8 {
    let mut session = LanguageServer::new(world);
    let mut is_idle = true;
    loop {
        // A message that arrived during processing may cancel a waiting message.
        match world.receive(is_idle) {
            Some(bytes) => session.push(&bytes),
            // The client closed the stream without a shutdown request.
            None if is_idle => return exit::FOUND,
            None => {}
        }
        let Some(out) = session.step() else {
            is_idle = true;
            continue;
        };
        is_idle = false;
        world.write(Stream::Output, &out);
        world.flush();
        if let Some(code) = session.exited() {
            return code;
        }
    }
}

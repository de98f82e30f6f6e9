//! A progress line on terminals for runs longer than a second.

use crate::world::{Stream, World};
use std::time::Duration;

/// The line, which is redrawn at most ten times a second.
pub(crate) struct Progress<'w> {
    world: &'w dyn World,
    is_on: bool,
    started: Duration,
    drawn: Option<Duration>,
    shown: bool,
}

impl<'w> Progress<'w> {
    /// Nothing is drawn where nobody can see it.
    pub(crate) fn new(world: &'w dyn World) -> Self {
        let is_on =
            world.is_terminal(Stream::Error) && world.variable("TERM").as_deref() != Some("dumb");
        Self { world, is_on, started: world.clock(), drawn: None, shown: false }
    }

    /// Says how far the run is.
    pub(crate) fn show(&mut self, count: usize) {
        if !self.is_on {
            return;
        }
        let now = self.world.clock();
        let is_early = now.saturating_sub(self.started) < Duration::from_secs(1);
        let is_fresh = |drawn| now.saturating_sub(drawn) < Duration::from_millis(100);
        if is_early || self.drawn.is_some_and(is_fresh) {
            return;
        }
        (self.drawn, self.shown) = (Some(now), true);
        self.world.write(Stream::Error, &format!("\r\x1b[Kchecked {count} files…"));
    }

    /// Removes the line before other output.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            self.world.write(Stream::Error, "\r\x1b[K");
        }
    }
}

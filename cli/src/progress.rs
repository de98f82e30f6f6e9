//! Shows a progress line on terminals, for runs longer than a second.

use crate::world::{Stream, World};
use std::time::Duration;

/// The line.
pub(crate) struct Progress<'w> {
    world: &'w dyn World,
    is_on: bool,
    pace: Throttle,
    shown: bool,
}

impl<'w> Progress<'w> {
    /// Draws nothing unless the stream is a terminal.
    pub(crate) fn new(world: &'w dyn World) -> Self {
        let is_on =
            world.is_terminal(Stream::Error) && world.variable("TERM").as_deref() != Some("dumb");
        Self { world, is_on, pace: Throttle { started: world.clock(), drawn: None }, shown: false }
    }

    /// Shows the progress of the run.
    pub(crate) fn show(&mut self, count: usize) {
        if self.is_on && self.pace.is_due(self.world.clock()) {
            self.shown = true;
            self.world.write(Stream::Error, &format!("\r\x1b[Kchecked {count} files…"));
        }
    }

    /// Removes the line before other output.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            self.world.write(Stream::Error, "\r\x1b[K");
        }
    }
}

/// The time to draw the line: after a second, and at most ten times per second.
struct Throttle {
    started: Duration,
    drawn: Option<Duration>,
}

impl Throttle {
    fn is_due(&mut self, now: Duration) -> bool {
        let is_early = now.saturating_sub(self.started) < Duration::from_secs(1);
        let is_fresh = |drawn| now.saturating_sub(drawn) < Duration::from_millis(100);
        let is_due = !is_early && !self.drawn.is_some_and(is_fresh);
        if is_due {
            self.drawn = Some(now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_drawn_after_a_second_and_at_most_ten_times_in_one() {
        let mut pace = Throttle { started: Duration::from_millis(500), drawn: None };
        let due = [0, 1499, 1500, 1501, 1599, 1600, 1700, 1799]
            .map(|time| pace.is_due(Duration::from_millis(time)));
        assert_eq!(due, [false, false, true, false, false, true, true, false]);
    }
}

//! Time: the reducer's timers, one of each name, and the time stamp it is given.

use crate::state::{Action, Timer};
use gloo_timers::callback::Timeout;
use std::collections::BTreeMap;
use yew::Callback;

/// The timers that run.
pub struct Clock {
    ring: Callback<Action>,
    timers: BTreeMap<Timer, Timeout>,
}

impl Clock {
    /// A clock that reports what rang.
    pub fn new(ring: Callback<Action>) -> Clock {
        Clock { ring, timers: BTreeMap::new() }
    }

    /// Rings after so many milliseconds, in place of the same timer set before.
    pub fn later(&mut self, timer: Timer, ms: u32) {
        let ring = self.ring.clone();
        self.timers.insert(timer, Timeout::new(ms, move || ring.emit(Action::Rang(timer))));
    }

    /// Stops a timer.
    pub fn cancel(&mut self, timer: Timer) {
        self.timers.remove(&timer);
    }
}

/// Milliseconds since the page began to load.
pub fn now() -> f64 {
    super::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

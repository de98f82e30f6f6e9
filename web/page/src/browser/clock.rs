//! The timers and timestamps of the reducer.

use crate::state::{Action, Timer};
use gloo_timers::callback::Timeout;
use std::collections::BTreeMap;
use yew::Callback;

/// The running timers.
pub struct Clock {
    ring: Callback<Action>,
    timers: BTreeMap<Timer, Timeout>,
}

impl Clock {
    /// A clock that reports expired timers.
    pub fn new(ring: Callback<Action>) -> Clock {
        Clock { ring, timers: BTreeMap::new() }
    }

    /// Starts a timer, in milliseconds; replaces a running one of the same name.
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

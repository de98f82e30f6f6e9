//! Decides which request the engine gets next: at most one is running and one of each kind is waiting.

use rolewright_messages::{Project, Request, Task};
use std::rc::Rc;

/// The purpose of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The problems and the prompt on the screen.
    Analysis,
    /// All safe fixes of the file of that path.
    FixAll(String),
    /// The prompt with another set of values, for a comparison.
    Comparison,
    /// The result of compiling the main file for every host.
    Matrix,
    /// How the files of the project are connected.
    Graph,
    /// The prompt's source map, to save.
    SourceMap,
    /// The possible completions at a place.
    Completions {
        /// The editor's number of the request.
        ticket: u32,
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        at: u32,
    },
    /// An explanation of the element at a place.
    Hover {
        /// The editor's number of the request.
        ticket: u32,
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        at: u32,
    },
    /// The target of the name at a place.
    Definition {
        /// The file.
        path: String,
        /// The offset in the file, UTF-16.
        at: u32,
    },
    /// The actions for the problems of a range.
    CodeActions {
        /// The file.
        path: String,
        /// Start of the range, UTF-16.
        from: u32,
        /// End of the range, UTF-16.
        to: u32,
    },
    /// The edits that rename a variable.
    Rename {
        /// The file.
        path: String,
        /// The offset of the variable, UTF-16.
        at: u32,
        /// Its current name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// The edits that moving a file requires.
    MoveFile {
        /// Its path.
        from: String,
        /// The path it gets.
        to: String,
    },
    /// The way to turn off a rule for a range, or for the whole file.
    TurnOff {
        /// The file.
        path: String,
        /// Start of the range, UTF-16.
        from: u32,
        /// End of the range, UTF-16.
        to: u32,
        /// The rule.
        rule: String,
        /// Whether for the whole file.
        whole: bool,
    },
}

impl Purpose {
    /// Whether the user is waiting at the caret: such requests take precedence.
    pub fn is_service(&self) -> bool {
        use Purpose::{CodeActions, Completions, Definition, Hover, TurnOff};
        let at_caret = matches!(self, Completions { .. } | Hover { .. } | Definition { .. });
        at_caret || matches!(self, CodeActions { .. } | TurnOff { .. })
    }

    fn task(&self) -> Task {
        match self.clone() {
            Purpose::Analysis | Purpose::Comparison => Task::Analyze,
            Purpose::FixAll(path) => Task::FixAll { path },
            Purpose::Matrix => Task::Matrix,
            Purpose::Graph => Task::Graph,
            Purpose::SourceMap => Task::SourceMap,
            Purpose::Completions { path, at, .. } => Task::Complete { path, offset: at },
            Purpose::Hover { path, at, .. } => Task::Hover { path, offset: at },
            Purpose::Definition { path, at } => Task::Definition { path, offset: at },
            Purpose::Rename { path, at, to, .. } => Task::Rename { path, offset: at, name: to },
            Purpose::MoveFile { from, to } => Task::MoveFile { from, to },
            Purpose::CodeActions { path, from, to } | Purpose::TurnOff { path, from, to, .. } => {
                Task::CodeActions { path, start: from, end: to }
            }
        }
    }
}

/// A queued request with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuedRequest {
    /// Number of the request; the answer repeats it.
    pub rev: u64,
    /// The purpose of the answer.
    pub want: Purpose,
    /// The project it is about.
    pub project: Rc<Project>,
}

impl QueuedRequest {
    /// The message to the engine.
    pub fn message(&self) -> Request {
        Request { rev: self.rev, project: (*self.project).clone(), task: self.want.task() }
    }

    fn same_kind(&self, other: &QueuedRequest) -> bool {
        std::mem::discriminant(&self.want) == std::mem::discriminant(&other.want)
    }
}

/// Requests on their way to the engine.
#[derive(Debug, Default)]
pub struct Queue {
    last: u64,
    open: bool,
    running: Option<Rc<QueuedRequest>>,
    waiting: Vec<Rc<QueuedRequest>>,
    /// The request on which the engine stopped, which is not sent again.
    crashed: Option<Rc<QueuedRequest>>,
    failures: u32,
}

impl Queue {
    /// Queues a request, replacing a waiting request of the same kind. Returns `false` if the
    /// engine stopped on the same request.
    pub fn ask(&mut self, want: Purpose, project: Rc<Project>) -> bool {
        self.last += 1;
        let request = QueuedRequest { rev: self.last, want, project };
        self.waiting.retain(|w| !w.same_kind(&request));
        let deadly = self
            .crashed
            .as_ref()
            .is_some_and(|k| k.want == request.want && k.project == request.project);
        if !deadly {
            let at = if request.want.is_service() { 0 } else { self.waiting.len() };
            self.waiting.insert(at, Rc::new(request));
        }
        !deadly
    }

    /// The request to send now, if the engine is running and idle.
    pub fn next(&mut self) -> Option<Rc<QueuedRequest>> {
        if !self.open || self.running.is_some() || self.waiting.is_empty() {
            return None;
        }
        let request = self.waiting.remove(0);
        self.running = Some(request.clone());
        Some(request)
    }

    /// The engine has started.
    pub fn opened(&mut self) {
        self.open = true;
    }

    /// Handles the engine's answer to `rev`: returns the request, unless nothing is waiting for it
    /// anymore.
    pub fn answered(&mut self, rev: u64) -> Option<Rc<QueuedRequest>> {
        if self.running.as_ref().is_none_or(|q| q.rev != rev) {
            return None;
        }
        self.failures = 0;
        self.running.take()
    }

    /// Handles an engine that stopped or never started. Returns the milliseconds to wait before
    /// restarting it.
    pub fn died(&mut self) -> u32 {
        self.open = false;
        if let Some(request) = self.running.take() {
            self.waiting.retain(|w| w.want != request.want || w.project != request.project);
            self.crashed = Some(request);
        }
        self.failures += 1;
        match self.failures {
            1 => 0,
            2 => 1_000,
            3 => 2_000,
            _ => 4_000,
        }
    }

    /// The number of consecutive times that the engine stopped without an answer in between.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Whether the engine is busy.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Allows the request on which the engine stopped to be sent again, and resets the count.
    pub fn forgive(&mut self) {
        self.crashed = None;
        self.failures = 0;
    }

    /// Whether an analysis is running or waiting.
    pub fn busy(&self) -> bool {
        self.running.iter().chain(&self.waiting).any(|q| q.want == Purpose::Analysis)
    }
}

/// The delay between a keystroke and a request, in milliseconds: none after a pause or a paste;
/// during continuous typing, twice the duration of the last check.
pub fn delay(since_last_edit_ms: f64, last_check_ms: f64) -> u32 {
    if since_last_edit_ms > 300.0 { 0 } else { (2.0 * last_check_ms).clamp(16.0, 150.0) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(text: &str) -> Rc<Project> {
        Rc::new(Project { entry: text.into(), ..Project::default() })
    }

    fn rev(queue: &mut Queue) -> Option<u64> {
        queue.next().map(|q| q.rev)
    }

    #[test]
    fn nothing_is_sent_before_the_engine_is_up() {
        let mut queue = Queue::default();
        queue.ask(Purpose::Analysis, project("a"));
        assert_eq!(rev(&mut queue), None);
        queue.opened();
        assert_eq!(rev(&mut queue), Some(1));
    }

    #[test]
    fn a_newer_question_replaces_the_waiting_one_and_never_the_running_one() {
        let mut queue = Queue::default();
        queue.opened();
        queue.ask(Purpose::Analysis, project("a"));
        assert_eq!(rev(&mut queue), Some(1));
        queue.ask(Purpose::Analysis, project("b"));
        queue.ask(Purpose::Analysis, project("c"));
        assert_eq!(rev(&mut queue), None);
        assert_eq!(queue.answered(1).map(|q| q.rev), Some(1));
        assert_eq!(rev(&mut queue), Some(3));
        assert_eq!(queue.answered(3).map(|q| q.project.entry.clone()), Some("c".into()));
        assert_eq!(rev(&mut queue), None);
    }

    #[test]
    fn kinds_do_not_replace_each_other() {
        let mut queue = Queue::default();
        queue.ask(Purpose::FixAll("a.md".into()), project("a"));
        queue.ask(Purpose::Analysis, project("a"));
        queue.opened();
        assert_eq!(rev(&mut queue), Some(1));
        queue.answered(1);
        assert_eq!(rev(&mut queue), Some(2));
    }

    #[test]
    fn a_service_waits_for_what_is_running_and_goes_before_what_waits() {
        let mut queue = Queue::default();
        queue.opened();
        queue.ask(Purpose::Analysis, project("a"));
        assert_eq!(rev(&mut queue), Some(1));
        queue.ask(Purpose::Analysis, project("b"));
        for at in [3, 4] {
            let hover = Purpose::Hover { ticket: at, path: "a.md".into(), at };
            queue.ask(hover, project("b"));
        }
        assert_eq!(rev(&mut queue), None);
        queue.answered(1);
        assert_eq!(rev(&mut queue), Some(4));
        queue.answered(4);
        assert_eq!(rev(&mut queue), Some(2));
    }

    #[test]
    fn an_unexpected_answer_is_ignored() {
        let mut queue = Queue::default();
        queue.opened();
        queue.ask(Purpose::Analysis, project("a"));
        queue.next();
        assert_eq!(queue.answered(7), None);
        assert!(queue.busy());
    }

    #[test]
    fn the_question_that_killed_the_engine_is_not_asked_again() {
        let mut queue = Queue::default();
        queue.opened();
        queue.ask(Purpose::Analysis, project("deadly"));
        queue.next();
        assert_eq!(queue.died(), 0);
        queue.opened();
        assert!(!queue.ask(Purpose::Analysis, project("deadly")));
        assert_eq!(rev(&mut queue), None);
        assert!(queue.ask(Purpose::Analysis, project("deadly, edited")));
        assert_eq!(rev(&mut queue), Some(3));
    }

    #[test]
    fn restarts_are_spaced_out_until_an_answer_comes() {
        let mut queue = Queue::default();
        let waits: Vec<u32> = (0..5).map(|_| queue.died()).collect();
        assert_eq!(waits, [0, 1_000, 2_000, 4_000, 4_000]);
        queue.opened();
        queue.ask(Purpose::Analysis, project("a"));
        queue.next();
        queue.answered(1);
        assert_eq!(queue.died(), 0);
    }

    #[test]
    fn typing_waits_twice_the_last_check_within_bounds() {
        assert_eq!(delay(1_000.0, 40.0), 0);
        assert_eq!(delay(90.0, 0.4), 16);
        assert_eq!(delay(90.0, 40.0), 80);
        assert_eq!(delay(90.0, 400.0), 150);
    }
}

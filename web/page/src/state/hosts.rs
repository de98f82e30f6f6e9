//! The part of the reducer for hosts: the host that the text is written for, the host that it is
//! compiled for, and the result for each host.

use super::queue::Purpose;
use super::{Action, Effect, Panel, Shared, State, Zone};
use crate::state::action::HostAction;
use rolewright_messages::HostRow;

/// The two questions about hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The host whose rules the text is checked against.
    WrittenFor,
    /// The host whose file is produced.
    CompiledFor,
}

impl Question {
    /// The action that answers it with a host, or with none in particular.
    pub fn answer(self, host: Option<String>) -> Action {
        Action::Host(match self {
            Question::WrittenFor => HostAction::WrittenFor(host),
            Question::CompiledFor => HostAction::CompiledFor(host),
        })
    }
}

/// The host dialog.
#[derive(Debug, Default)]
pub struct Hosts {
    /// The question that the dialog asks, while it is open.
    pub asks: Option<Question>,
    /// The result of compiling the main file for each host; empty until the engine answered.
    pub rows: Shared<Vec<HostRow>>,
}

impl State {
    /// Handles an action about hosts, or returns any other action.
    pub(super) fn choose_host(
        &mut self,
        action: Action,
        now: f64,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        match action {
            Action::Host(HostAction::Ask(asks)) => {
                self.hosts.asks = asks;
                if asks.is_some() {
                    self.ask_for(Purpose::Matrix, effects);
                }
                return None;
            }
            Action::Host(HostAction::WrittenFor(host)) => self.workspace.host = host,
            Action::Host(HostAction::CompiledFor(target)) => {
                let own = self.analysis().map(|a| a.report.host.as_str());
                self.workspace.target = target.filter(|target| own != Some(target));
                (self.screen.panel, self.screen.zone) = (Panel::File, Zone::Prompt);
            }
            other => return Some(other),
        }
        self.hosts.asks = None;
        self.changed(0, now, effects);
        None
    }

    /// The title of a host.
    pub fn title_of<'s>(&'s self, id: &'s str) -> &'s str {
        self.facts.title_of(id)
    }
}

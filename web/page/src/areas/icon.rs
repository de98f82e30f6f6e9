//! Icons in the color of the surrounding text; they are decoration, and the label next to them carries
//! the meaning.

use rolewright_wire::Severity;
use yew::prelude::*;

/// The shapes there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Add.
    Plus,
    /// Close.
    Cross,
    /// Rename.
    Pencil,
    /// Delete.
    Bin,
    /// Open from disk.
    Up,
    /// A folder.
    Folder,
    /// Save to disk.
    Down,
    /// Copy.
    Copy,
    /// The files rail.
    Rail,
    /// Make this the main file.
    Flag,
    /// A menu opens.
    Chevron,
    /// Done.
    Tick,
    /// Share.
    Share,
    /// Settings of the view.
    View,
    /// Commands.
    Commands,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Keep for a comparison.
    Pin,
    /// To the next one.
    Next,
    /// Fix.
    Wrench,
    /// Partly.
    Minus,
    /// From one thing to another.
    Arrow,
    /// An empty icon of the same size.
    None,
}

/// Draws an icon.
pub fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Cross => "M4 4l8 8M12 4l-8 8",
        Icon::Pencil => "M3 13l1-3.5L10.500 3l2.500 2.500L6.500 12z",
        Icon::Bin => {
            "M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500l.5 8.500h6l.5-8.500M6.700 7v3.700M9.300 7v3.700"
        }
        Icon::Up => "M8 11V3M4.500 6L8 2.500 11.500 6M3 13.500h10",
        Icon::Folder => "M2 12.500v-9h4l1.500 2H14v7z",
        Icon::Down => "M8 2.500v8M4.500 7.500L8 11l3.500-3.500M3 13.500h10",
        Icon::Copy => "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
        Icon::Rail => "M2.500 3h11v10h-11zM6.500 3v10",
        Icon::Flag => "M4 14V2.500h8.500l-2 3 2 3H4",
        Icon::Chevron => "M4.500 6.500L8 10l3.500-3.500",
        Icon::Tick => "M3 8.500l3.300 3.300L13 4.800",
        Icon::Share => "M8 10V2.500M5 5.200L8 2.200l3 3M5 7.500H3.500v6h9v-6H11",
        Icon::View => {
            "M2.500 5h6.500M12.500 5h1M2.500 11h1M7 11h6.500M9 3.200h3.500v3.600H9zM3.500 9.200H7v3.600H3.500z"
        }
        Icon::Commands => "M3 4.500L6.500 8 3 11.500M8 12h5",
        Icon::Undo => "M3 6.500h6.500a3.500 3.500 0 0 1 0 7H6M5.500 3.500l-3 3 3 3",
        Icon::Redo => "M13 6.500H6.500a3.500 3.500 0 0 0 0 7H10M10.500 3.500l3 3-3 3",
        Icon::Pin => "M8 10v4M4.500 10h7L10 7.500v-4h1v-1H5v1h1v4z",
        Icon::Next => "M8 2.500v11M3.500 9L8 13.500 12.500 9",
        Icon::Wrench => {
            "M13.200 4.800l-2.300 2.300-2-2 2.300-2.300a3.600 3.600 0 0 0-4.700 4.700l-4 4 2 2 4-4a3.600 3.600 0 0 0 4.700-4.700z"
        }
        Icon::Minus => "M3.500 8h9",
        Icon::Arrow => "M2.500 8h11M9.500 4l4 4-4 4",
        Icon::None => "",
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}

/// Draws a severity: an octagon, a triangle or a disc.
pub fn severity(severity: Severity) -> Html {
    let path = match severity {
        Severity::Error => "M5 1.500h6L14.500 5v6L11 14.500H5L1.500 11V5z",
        Severity::Warning => "M8 1.500l7 12.500H1z",
        Severity::Info => "M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0-11z",
    };
    html! {
        <svg class={classes!("shape", class(severity))} viewBox="0 0 16 16" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

/// The style name of a severity.
pub fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

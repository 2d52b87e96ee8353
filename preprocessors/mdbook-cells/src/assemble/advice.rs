//! What is said of an end before the end, and what to do about it.

use engine::{Limit, Limits};

/// What to do about an error that ended the page: what the sandbox refuses is not in the book.
pub fn help<'a>(message: &str, otherwise: &'a str) -> &'a str {
    /// EPERM and EACCES, as `Display` and `Debug` write them: what the sandbox answers.
    const REFUSED: [&str; 4] = ["(os error 1)", "(os error 13)", "Os { code: 1,", "Os { code: 13,"];
    /// ENOENT: programs run in an empty folder.
    const MISSING: [&str; 2] = ["(os error 2)", "Os { code: 2,"];
    if REFUSED.iter().any(|refused| message.contains(refused)) {
        "the sandbox refused it: a page has no network and reads only the book's data folder, by `ml::data` or `kernel::read`"
    } else if MISSING.iter().any(|missing| message.contains(missing)) && !message.contains("data folder") {
        "a page has no such file: it reads the book's data folder, by `ml::data` or `kernel::read`, and what it has written itself"
    } else {
        otherwise
    }
}

/// That a page went beyond a limit.
pub fn limit_message(limit: Limit, limits: &Limits) -> String {
    const MEGABYTE: u64 = 1 << 20;
    match limit {
        Limit::Wall => format!("the cell was stopped: the page takes longer than {} s", limits.wall.as_secs()),
        Limit::Cpu => {
            format!("the cell was stopped: the page takes more than {} s of processor time", limits.cpu.as_secs())
        }
        Limit::Memory => {
            format!("the cell was stopped: the page needs more than {} MB of memory", limits.memory / MEGABYTE)
        }
        Limit::Output => format!("the cell was stopped: the page prints more than {} MB", limits.output / MEGABYTE),
        Limit::Disk => format!("the cell was stopped: the page writes more than {} MB", limits.disk / MEGABYTE),
        Limit::Processes => format!("the cell was stopped: the page starts more than {} processes", limits.processes),
    }
}

/// What to do about it.
pub fn limit_help(limit: Limit) -> &'static str {
    match limit {
        Limit::Wall => "make it faster, or give it more time as in `timeout=60s`",
        Limit::Cpu | Limit::Memory | Limit::Output | Limit::Disk | Limit::Processes => {
            "make it smaller; the limits stand in `[preprocessor.cells.limits]` of book.toml"
        }
    }
}

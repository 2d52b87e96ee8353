//! The life of a page program: cells, values in sentences, claims, panics, the end.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind, panic_any};
use std::process::ExitCode;

use crate::Result;
use crate::channel::{engine, tell};
use crate::wire::{Event, Nature, Spot};

/// Runs the page and reports how it ended.
pub fn main(page: fn() -> Result) -> ExitCode {
    if engine().is_none() {
        return match page() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:?}");
                ExitCode::FAILURE
            }
        };
    }
    let own = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        let (spot, message) = described(panic);
        tell_where(spot.as_ref());
        tell(if std::thread::current().id() == own {
            Event::Panic { spot, message }
        } else {
            Event::ThreadPanic { spot, message }
        });
    }));
    match catch_unwind(page) {
        Ok(Ok(())) => {
            tell(Event::Done);
            ExitCode::SUCCESS
        }
        Ok(Err(error)) => {
            let spot = spot(error.place());
            tell_where(Some(&spot));
            tell(Event::Failed { spot: Some(spot), message: error.message().to_owned() });
            ExitCode::FAILURE
        }
        Err(_) => ExitCode::FAILURE,
    }
}

fn described(panic: &PanicHookInfo<'_>) -> (Option<Spot>, String) {
    let late = panic.payload().downcast_ref::<Mistake>();
    let place = late.map(|mistake| mistake.place).or(panic.location());
    let spot = place.map(spot);
    let message = late.map(|mistake| &*mistake.message).or(panic.payload_as_str());
    (spot, message.unwrap_or("a panic without a message").to_owned())
}

fn spot(place: &Location<'_>) -> Spot {
    Spot { file: place.file().to_owned(), line: place.line(), column: place.column() }
}

/// Tells which statement of the page runs, unless the place is on the page itself.
fn tell_where(place: Option<&Spot>) {
    if let Some(here) = HERE.get().filter(|here| place.is_none_or(|place| place.file != here.file())) {
        tell(Event::Here(spot(here)));
    }
}

thread_local! {
    /// The statement of the page that runs in this thread.
    static HERE: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// A statement of the page begins.
#[track_caller]
pub fn here() {
    HERE.set(Some(Location::caller()));
}

/// A mistake that showed later than it was made.
struct Mistake {
    place: &'static Location<'static>,
    message: String,
}

/// Panics for a mistake at the place where it was made: a picture is drawn long after its data were given.
///
/// # Panics
/// Always.
pub fn panic_at(place: &'static Location<'static>, message: &str) -> ! {
    if engine().is_none() {
        panic!("{message} ({place})");
    }
    panic_any(Mistake { place, message: message.to_owned() })
}

/// A cell begins.
pub fn enter(cell: u32) {
    tell(Event::Enter(cell));
}

/// A cell ends.
pub fn leave(cell: u32) {
    tell(Event::Leave(cell));
}

/// Runs a cell that must panic.
pub fn should_panic(cell: impl FnOnce() -> Result) {
    // The cell's variables end with it, and what it changed before the panic is what the reader is shown.
    if catch_unwind(AssertUnwindSafe(cell)).is_err() {
        tell(Event::Expected);
    }
}

/// Reports a value inside a sentence.
pub fn inline(id: u32, nature: Nature, value: fmt::Arguments<'_>) {
    match engine() {
        Some(mut engine) => engine.tell(Event::Inline { id, text: value.to_string(), nature }),
        None => println!("{value}"),
    }
}

/// Reports whether a claim holds.
pub fn claim(id: u32, holds: bool) {
    report_claim(id, holds, String::new());
}

/// Reports whether a comparison holds, with what it compared when it does not.
pub fn claim_pair<L: fmt::Debug + ?Sized, R: fmt::Debug + ?Sized>(id: u32, holds: bool, left: &L, right: &R) {
    let values = if holds { String::new() } else { format!("left: {left:?}, right: {right:?}") };
    report_claim(id, holds, values);
}

/// The parts of a claim that were looked at, and their values.
#[derive(Default)]
pub struct Parts(Vec<String>);

impl Parts {
    /// A part that compares.
    pub fn pair<L: fmt::Debug + ?Sized, R: fmt::Debug + ?Sized>(
        &mut self,
        code: &str,
        holds: bool,
        left: &L,
        right: &R,
    ) -> bool {
        self.0.push(format!("`{code}` is {holds} (left: {left:?}, right: {right:?})"));
        holds
    }

    /// A part that is true or false.
    pub fn plain(&mut self, code: &str, holds: bool) -> bool {
        self.0.push(format!("`{code}` is {holds}"));
        holds
    }

    /// Reports whether the claim that consists of them holds.
    pub fn claim(self, id: u32, holds: bool) {
        report_claim(id, holds, if holds { String::new() } else { self.0.join(", ") });
    }
}

fn report_claim(id: u32, holds: bool, values: String) {
    match engine() {
        Some(mut engine) => engine.tell(Event::Claim { id, holds, values }),
        None => assert!(holds, "a claim is false; {values}"),
    }
}

/// The page's seed: every random number of the course comes from it.
pub fn seed() -> u64 {
    std::env::var(crate::SEED).ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

/// The language of the book, as `[book] language` begins.
pub fn language() -> String {
    std::env::var(crate::LANGUAGE).unwrap_or_else(|_| "en".to_owned())
}

/// Prints to standard error and tells the engine which part of the text that was.
#[doc(hidden)]
pub fn __stderr(text: fmt::Arguments<'_>) {
    use std::io::Write as _;
    let from = engine().map(|engine| engine.printed());
    // As with `eprint!` itself, a closed standard error is nobody's business here.
    drop(std::io::stderr().write_fmt(text));
    if let Some(from) = from {
        tell(Event::Stderr { from });
    }
}

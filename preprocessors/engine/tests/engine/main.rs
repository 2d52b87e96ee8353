//! The engine with the real compiler and the real sandbox.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod compile;
mod fake;
mod library;
mod limits;
mod notes;
mod run;
mod sandbox;
mod version;
mod wire;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use engine::{Conditions, End, Engine as _, Library, Limits, Names, Outcome, Purpose, Rustc, Unit, World};
use kernel::wire::{Event, Input};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The kernel is the least library that a page can be compiled against.
fn engine() -> &'static Rustc {
    static ENGINE: OnceLock<Rustc> = OnceLock::new();
    ENGINE.get_or_init(new_engine)
}

fn new_engine() -> Rustc {
    let store = root().join(".book/store");
    let library = Library {
        book: root(),
        root: root(),
        package: "mdbook-cells-kernel".into(),
        profile: "cells".into(),
        store,
        names: Names::Own,
    };
    Rustc::new(library, env!("CARGO_BIN_EXE_engine-launcher").into()).unwrap()
}

/// A book with one file and no artefacts.
#[derive(Default)]
struct Book {
    asked: Vec<String>,
}

impl World for Book {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        self.asked.push(format!("read {path}"));
        if path == "ирис.csv" {
            Ok("5.1,3.5\n".repeat(20_000).into_bytes())
        } else {
            Err(format!("нет файла {path}"))
        }
    }

    fn load(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.asked.push(format!("load {name}"));
        Err(format!("нет артефакта {name}"))
    }

    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        self.asked.push(format!("save {name}, {} bytes", bytes.len()));
        Ok(())
    }

    fn input(&mut self, input: Input) -> Result<u32, String> {
        self.asked.push(format!("input {}", input.name));
        Ok(input.default)
    }

    fn state(&mut self, group: u32) -> u32 {
        self.asked.push(format!("state of {group}"));
        u32::MAX
    }

    fn again(&mut self, group: u32, _: Duration) -> bool {
        self.asked.push(format!("again {group}"));
        false
    }
}

const LIMITS: Limits = Limits {
    // A busy machine gives a program little of its time: only what hangs takes that long.
    wall: Duration::from_secs(600),
    cpu: Duration::from_secs(20),
    memory: 512 << 20,
    output: 1 << 20,
    processes: 16,
    disk: 1 << 20,
};

fn unit(text: String, purpose: Purpose) -> Unit {
    Unit { file: "src/math/спуск.md".into(), text, opt: 1, language: "ru".into(), purpose }
}

/// A page whose code begins on line 3.
fn page(code: &str) -> String {
    format!(
        "fn main() -> std::process::ExitCode {{ kernel::main(page) }}\nfn page() -> kernel::Result {{\n{code}\nOk(()) }}\n"
    )
}

fn run_within(code: &str, limits: Limits) -> Outcome {
    let unit = unit(page(code), Purpose::Run { seed: 7, limits });
    engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap()
}

/// The same with little time for a program that never ends; with more where a busy machine did not let it begin.
fn run_by_the_clock(code: &str) -> Outcome {
    let outcome = |seconds| run_within(code, Limits { wall: Duration::from_secs(seconds), ..LIMITS });
    let began = |outcome: &Outcome| outcome.run.as_ref().is_some_and(|run| !run.frames.is_empty());
    [5, 60, 600].into_iter().map(outcome).find(began).expect("a program begins within ten minutes")
}

/// What a page prints, its frames without `Done`, and how it ends unless well, as a text.
fn run(code: &str) -> String {
    told(run_within(code, LIMITS))
}

fn told(outcome: Outcome) -> String {
    assert_eq!(outcome.messages, []);
    let run = outcome.run.expect("a program that compiles runs");
    let mut told = String::from_utf8(run.printed).unwrap();
    for frame in run.frames.iter().filter(|frame| frame.event != Event::Done) {
        told.push_str(&format!("@{} {:?}\n", frame.printed, frame.event));
    }
    if run.end != End::Exit(0) {
        told.push_str(&format!("{:?}\n", run.end));
    }
    told
}

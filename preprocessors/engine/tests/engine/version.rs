//! A kernel of another version than the engine's.

use engine::{Conditions, End, Engine as _, Purpose};

use super::library::{LOCK, Workspace};
use super::{Book, LIMITS, page, unit};

#[test]
fn a_program_with_another_kernel_is_stopped_and_its_version_is_named() {
    let workspace = Workspace::new();
    workspace.write(
        "tools/kernel/Cargo.toml",
        "[package]\nname = \"kernel\"\nversion = \"0.0.9\"\nedition.workspace = true\n",
    );
    workspace.write("Cargo.lock", &LOCK.replacen("0.1.0", "0.0.9", 1));
    let engine = workspace.build().0.unwrap();
    let unit = unit(page("println!(\"шаг\");"), Purpose::Run { seed: 0, limits: LIMITS });
    let run = engine.run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
    assert_eq!((run.end, run.frames), (End::Foreign("0.0.9".into()), vec![]));
}

//! The engine with the real compiler: what a program prints, reports, and how it ends.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use mdbook_cells::engine::{Built, End, Engine, Library, Limits, Outcome, Purpose, Toolchain, Unit, World};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let library = Library { root: root(), package: "kernel".into(), profile: "dev".into() };
        let toolchain = Toolchain::find(&root()).unwrap();
        let built: Built = library.build(&toolchain, &|_| {}).unwrap().unwrap();
        Engine::new(toolchain, built, PathBuf::new())
    })
}

struct Nothing;

impl World for Nothing {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        Ok(format!("содержимое {path}").into_bytes())
    }
    fn load(&mut self, name: &str) -> Result<Vec<u8>, String> {
        Err(format!("нет {name}"))
    }
    fn save(&mut self, _: &str, _: Vec<u8>) -> Result<(), String> {
        Ok(())
    }
}

const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    cpu: Duration::from_secs(10),
    memory: 1 << 30,
    output: 1 << 20,
    processes: 16,
    disk: 1 << 20,
};

fn run(body: &str) -> Outcome {
    let text = format!(
        "fn main() -> std::process::ExitCode {{ kernel::main(page) }}\nfn page() -> kernel::Result {{\n{body}\nOk(()) }}\n"
    );
    let unit =
        Unit { file: "src/спуск.md".into(), text, opt: 1, purpose: Purpose::Run { seed: 7, limits: LIMITS } };
    engine().run(&unit, &mut Nothing).unwrap()
}

#[test]
fn a_program_prints_shows_and_asks() {
    let outcome = run(
        r#"println!("привет"); kernel::enter(0); kernel::show!(1 + 2); println!("{}", String::from_utf8(kernel::read("ирис.csv")?)?); kernel::load("модель")?;"#,
    );
    let run = outcome.run.unwrap();
    println!("{:?} {}", outcome.messages, String::from_utf8_lossy(&run.printed));
    for frame in &run.frames {
        println!("{frame:?}");
    }
    assert_eq!(run.end, End::Exit(1));
}

#[test]
fn a_mistake_has_its_place() {
    let outcome = run("let шаг: u32 = \"один\";");
    println!("{outcome:#?}");
    assert!(outcome.run.is_none());
}

//! The teaching crate: what it is made of, how it is built, what is said when it is wrong.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use engine::{Conditions, Engine as _, Fingerprint, Library, Names, Purpose, Rustc, Toolchain};
use insta::{assert_debug_snapshot, assert_snapshot};

use super::{Book, LIMITS, page, root, unit};

/// A workspace with a tool, a teaching crate and a kernel of its own.
pub(super) struct Workspace(tempfile::TempDir);

impl Workspace {
    pub(super) fn new() -> Self {
        let it = Self(tempfile::tempdir().unwrap());
        it.write("Cargo.toml", WORKSPACE);
        it.write("Cargo.lock", LOCK);
        it.write("курс/Cargo.toml", &manifest("kurs", "kernel.workspace = true\n"));
        it.write("курс/src/lib.rs", "//! Курс.\npub use kernel;\npub fn шаг() -> f64 { 0.1 }\n");
        it.write("курс/tests/проверка.rs", "");
        it.write("tools/tool/Cargo.toml", &manifest("tool", "serde.workspace = true\n"));
        it.write("tools/tool/src/main.rs", "fn main() {}\n");
        let kernel = root().join("preprocessors/kernel");
        it.write("tools/kernel/Cargo.toml", &manifest("kernel", ""));
        for file in fs::read_dir(kernel.join("src")).unwrap() {
            let file = file.unwrap();
            it.write(
                &format!("tools/kernel/src/{}", file.file_name().to_str().unwrap()),
                &fs::read_to_string(file.path()).unwrap(),
            );
        }
        it
    }

    pub(super) fn root(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn library(&self) -> Library {
        let store = self.root().join(".book/store");
        Library {
            book: self.root(),
            root: self.root(),
            package: "kurs".into(),
            profile: "dev".into(),
            store,
            names: Names::Own,
        }
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        self.library().fingerprint(&toolchain()).unwrap()
    }

    /// The names whose hashes are different after a file was written.
    fn changed(&self, path: &str, text: &str) -> Vec<String> {
        let before = self.fingerprint();
        self.write(path, text);
        let after = self.fingerprint();
        assert_eq!(before == after, before.key() == after.key());
        let names = before.files.keys().chain(after.files.keys());
        let mut names: Vec<String> =
            names.filter(|name| before.files.get(*name) != after.files.get(*name)).cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    /// Builds, and says what cargo did.
    pub(super) fn build(&self) -> (Result<Rustc, String>, Vec<String>) {
        let engine = Rustc::new(self.library(), env!("CARGO_BIN_EXE_engine-launcher").into()).unwrap();
        let steps = Mutex::new(Vec::new());
        let step = |step: &str| steps.lock().unwrap().push(step.split(" (").next().unwrap().to_owned());
        let prepared = engine.prepare(&step).unwrap();
        (prepared.map(|()| engine).map_err(|broken| broken.0), steps.into_inner().unwrap())
    }
}

pub(super) fn toolchain() -> Toolchain {
    Toolchain::find(&root()).unwrap()
}

const WORKSPACE: &str = r#"
[workspace]
resolver = "3"
members = ["tools/*", "курс"]
[workspace.package]
edition = "2024"
[workspace.dependencies]
kernel = { path = "tools/kernel" }
serde = "1"
"#;

pub(super) const LOCK: &str = r#"
version = 4
[[package]]
name = "kernel"
version = "0.1.0"
[[package]]
name = "kurs"
version = "0.1.0"
dependencies = ["kernel"]
[[package]]
name = "tool"
version = "0.1.0"
"#;

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition.workspace = true\n[dependencies]\n{dependencies}"
    )
}

#[test]
fn a_crate_is_its_sources_its_path_dependencies_and_what_they_inherit() {
    let workspace = Workspace::new();
    let files = workspace.fingerprint().files;
    let modules = |name: &String| name.starts_with("tools/kernel/src/") && !name.ends_with("/lib.rs");
    assert_debug_snapshot!(files.keys().filter(|name| !modules(name)).collect::<Vec<_>>());
}

#[test]
fn what_changes_a_fingerprint_is_named_and_the_rest_does_not() {
    let workspace = Workspace::new();
    assert_eq!(workspace.changed("курс/src/lib.rs", "pub fn шаг() -> f64 { 0.2 }\n"), ["курс/src/lib.rs"]);
    assert_eq!(workspace.changed("курс/src/новый.rs", ""), ["курс/src/новый.rs"]);
    assert_eq!(workspace.changed("tools/kernel/src/lib.rs", "//! Ядро.\n"), ["tools/kernel/src/lib.rs"]);
    assert_eq!(workspace.changed("Cargo.toml", &WORKSPACE.replace("2024", "2021")), ["Cargo.toml"]);
    let newer = manifest("kernel", "").replace("0.1.0", "0.1.1");
    assert_eq!(workspace.changed("tools/kernel/Cargo.toml", &newer), ["Cargo.lock", "tools/kernel/Cargo.toml"]);
    assert_eq!(workspace.changed(".cargo/config.toml", "[env]\nA = \"1\"\n"), [".cargo/config.toml"]);
    let with_alias = "[alias]\nb = \"build\"\n\n[env]\nA = \"1\"\n";
    assert!(workspace.changed(".cargo/config.toml", with_alias).is_empty());
    let nothing: [String; 0] = [];
    assert_eq!(workspace.changed("курс/tests/проверка.rs", "fn x() {}"), nothing);
    assert_eq!(workspace.changed("курс/target/мусор", "1"), nothing);
    assert_eq!(workspace.changed("tools/tool/src/main.rs", "fn main() { }"), nothing);
    // What other tools depend on is none of the course's business.
    let other = WORKSPACE.replace("serde = \"1\"", "serde = \"1.0.1\"").replace("2024", "2021");
    assert_eq!(workspace.changed("Cargo.toml", &other), nothing);
    let newer = manifest("tool", "serde.workspace = true\n").replace("0.1.0", "9.0.0");
    assert_eq!(workspace.changed("tools/tool/Cargo.toml", &newer), nothing);
    for leftover in ["курс/src/lib.rs~", "курс/src/.lib.rs.swp", "курс/src/#lib.rs#"] {
        assert_eq!(workspace.changed(leftover, "старое"), nothing);
    }
}

#[test]
fn an_unknown_crate_is_an_error() {
    let workspace = Workspace::new();
    let library = Library { package: "нет".into(), ..workspace.library() };
    assert_snapshot!(format!("{:#}", library.fingerprint(&toolchain()).unwrap_err()), @"reading what the crate `нет` is made of: the workspace has no package `нет`");
}

#[test]
fn a_fingerprint_whose_manifests_are_the_same_starts_no_process() {
    let workspace = Workspace::new();
    let known = workspace.fingerprint();
    let nowhere = Toolchain { sysroot: "/нет".into(), ..toolchain() };
    assert_eq!(workspace.library().fingerprint(&nowhere).unwrap(), known);
}

/// A crate that takes in files of all kinds from outside its folder, and variables.
pub(super) fn that_takes_in(workspace: &Workspace) {
    let lib = "//! Курс.\npub use kernel;\npub const СЛОВА: &str = include_str!(\"../../слова.txt\");\n\
               #[path = \"../../общее.rs\"]\npub mod общее;\npub const ПУТЬ: Option<&str> = option_env!(\"PATH\");\n";
    workspace.write("курс/src/lib.rs", lib);
    let script = "fn main() {\n    println!(\"cargo::rerun-if-changed=../погода\");\n    \
                  println!(\"cargo::rerun-if-env-changed=HOME\");\n}\n";
    workspace.write("курс/build.rs", script);
    workspace.write("слова.txt", "мир");
    workspace.write("общее.rs", "pub const ОБЩЕЕ: u8 = 1;");
    workspace.write("погода/май день.csv", "20");
}

#[test]
fn what_a_crate_takes_in_from_elsewhere_is_found_when_it_is_built_and_then_part_of_it() {
    let workspace = Workspace::new();
    that_takes_in(&workspace);
    assert!(!workspace.fingerprint().is_complete);
    let engine = workspace.build().0.unwrap();
    let found = engine.environment().library.clone();
    assert_eq!(found, workspace.fingerprint().files, "what is kept is kept under what was found");
    assert!(workspace.fingerprint().is_complete);
    let elsewhere: Vec<&str> = ["слова.txt", "общее.rs", "погода/май день.csv", "$PATH", "$HOME"].into();
    for name in &elsewhere {
        assert!(found.contains_key(*name), "{name} is not in {:?}", found.keys());
    }
    assert_eq!(workspace.changed("слова.txt", "война"), ["слова.txt"]);
    assert_eq!(workspace.changed("погода/май день.csv", "21"), ["погода/май день.csv"]);
    assert_eq!(workspace.changed("погода/июнь.csv", "25"), ["погода/июнь.csv"]);
    assert_eq!(workspace.changed("прочее.txt", "ничьё"), [""; 0]);

    // A file that is taken in may take in another.
    let further = "pub const ОБЩЕЕ: &str = include_str!(\"ещё.txt\");";
    workspace.write("ещё.txt", "да");
    assert_eq!(workspace.changed("общее.rs", further), ["общее.rs"]);
    assert!(!workspace.fingerprint().is_complete);
    let engine = workspace.build().0.unwrap();
    assert!(engine.environment().library.contains_key("ещё.txt"));
    assert_eq!(workspace.changed("ещё.txt", "нет"), ["ещё.txt"]);
    fs::remove_file(workspace.root().join("слова.txt")).unwrap();
    assert_eq!(workspace.changed("прочее.txt", ""), [""; 0], "a file that is gone is part of it as that");
}

#[test]
fn who_has_the_store_knows_what_a_crate_takes_in_before_it_is_built() {
    let workspace = Workspace::new();
    that_takes_in(&workspace);
    let engine = workspace.build().0.unwrap();
    let other = Workspace::new();
    that_takes_in(&other);
    fs::copy(workspace.root().join("Cargo.lock"), other.root().join("Cargo.lock")).unwrap();
    let store = other.root().join(".book/store");
    for folder in fs::read_dir(workspace.root().join(".book/store/taken")).unwrap() {
        let folder = folder.unwrap();
        let to = store.join("taken").join(folder.file_name());
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
    let known = other.fingerprint();
    assert!(known.is_complete);
    assert_eq!(&known.files, &engine.environment().library);
}

#[test]
fn sources_behind_patches_and_of_other_workspaces_are_part_of_a_crate() {
    let workspace = Workspace::new();
    let other = tempfile::tempdir().unwrap();
    let other = other.path().canonicalize().unwrap();
    for (path, text) in [
        ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n[workspace.package]\nedition = \"2021\"\n"),
        ("чужое/Cargo.toml", &manifest("chuzhoe", "")),
        ("чужое/src/lib.rs", "pub fn чужое() {}\n"),
    ] {
        fs::create_dir_all(other.join(path).parent().unwrap()).unwrap();
        fs::write(other.join(path), text).unwrap();
    }
    let patched = "[package]\nname = \"itoa\"\nversion = \"1.99.0\"\nedition = \"2021\"\n";
    workspace.write("замена/Cargo.toml", patched);
    workspace.write("замена/src/lib.rs", "pub fn itoa() {}\n");
    let beside = format!("chuzhoe = {{ path = {:?} }}", other.join("чужое"));
    workspace
        .write("курс/Cargo.toml", &manifest("kurs", &format!("kernel.workspace = true\nitoa = \"1\"\n{beside}\n")));
    let patch = format!("{WORKSPACE}\n[patch.crates-io]\nitoa = {{ path = \"замена\" }}\n");
    let patch = patch.replace("\"курс\"]", "\"курс\"]\nexclude = [\"замена\"]");
    workspace.write("Cargo.toml", &patch);
    assert_eq!(workspace.changed("замена/src/lib.rs", "pub fn itoa() -> u8 { 1 }\n"), ["замена/src/lib.rs"]);
    let changed = |path: &str, text: &str| {
        let before = workspace.fingerprint();
        fs::write(other.join(path), text).unwrap();
        let after = workspace.fingerprint();
        let names = after.files.iter().filter(|(name, hash)| before.files.get(*name) != Some(hash));
        names.map(|(name, _)| name.rsplit_once("/").map_or(&**name, |(_, file)| file).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(changed("чужое/src/lib.rs", "pub fn чужое() -> u8 { 2 }\n"), ["lib.rs"]);
    let newer = "[workspace]\nmembers = [\"*\"]\n[workspace.package]\nedition = \"2024\"\n";
    assert_eq!(changed("Cargo.toml", newer), ["Cargo.toml"]);
    let files = workspace.fingerprint().files;
    assert!(files.keys().all(|name| !name.starts_with('/')), "no place of this machine: {:?}", files.keys());
}

#[test]
fn sources_behind_replacements_and_overrides_are_part_of_a_crate() {
    // Both stand in the place of one version only.
    let locked = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let (_, behind) = locked.split_once("name = \"itoa\"\nversion = \"").unwrap();
    let version = behind.split('"').next().unwrap();
    let without = WORKSPACE.replace("\"курс\"]", "\"курс\"]\nexclude = [\"замена\"]");
    let replaced = format!("{without}\n[replace]\n\"itoa:{version}\" = {{ path = \"замена\" }}\n");
    for (workspace_manifest, settings) in [(replaced.as_str(), ""), (&without, "paths = [\"замена\"]\n")] {
        let workspace = Workspace::new();
        let copy = format!("[package]\nname = \"itoa\"\nversion = \"{version}\"\nedition = \"2021\"\n");
        workspace.write("замена/Cargo.toml", &copy);
        workspace.write("замена/src/lib.rs", "pub fn itoa() {}\n");
        let needed = format!("kernel.workspace = true\nitoa = \"={version}\"\n");
        workspace.write("курс/Cargo.toml", &manifest("kurs", &needed));
        workspace.write("Cargo.toml", workspace_manifest);
        workspace.write(".cargo/config.toml", settings);
        let changed = workspace.changed("замена/src/lib.rs", "pub fn itoa() -> u8 { 1 }\n");
        assert_eq!(changed, ["замена/src/lib.rs"], "{workspace_manifest}{settings}");
    }
}

#[test]
fn a_crate_is_built_once_and_cargo_is_not_asked_again() {
    let workspace = Workspace::new();
    let (engine, steps) = workspace.build();
    assert!(steps.iter().any(|step| step == "Compiling kurs v0.1.0"), "{steps:?}");
    let text = page("println!(\"{}\", kurs::шаг());");
    let unit = unit(text, Purpose::Run { seed: 0, limits: LIMITS });
    let run = engine.unwrap().run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
    assert_eq!(String::from_utf8(run.printed).unwrap(), "0.1\n");

    // A cargo that is asked again would find this mistake, whose fingerprint is not asked for here.
    let (toolchain, before) = (toolchain(), workspace.fingerprint());
    workspace.write("курс/src/lib.rs", "ошибка");
    assert!(workspace.library().build(&toolchain, &before, &|_| {}).unwrap().is_ok());
    let error = workspace.build().0.err().unwrap();
    assert!(error.contains("error: expected one of") && error.contains("ошибка"), "{error}");
}

#[test]
fn a_crate_that_changes_while_pages_are_compiled_stops_the_build() {
    let workspace = Workspace::new();
    let engine = workspace.build().0.unwrap();
    workspace.write("курс/src/lib.rs", "//! Курс.\npub use kernel;\npub fn шаг() -> f64 { 0.25 }\n");
    workspace.build().0.unwrap();
    let unit = unit(page("println!(\"{}\", kurs::шаг());"), Purpose::Check);
    let error = format!("{:#}", engine.run(&unit, Conditions::Usual, &mut Book::default()).unwrap_err());
    assert_snapshot!(error, @"compiling src/math/спуск.md: the library was built anew meanwhile; build again");
}

/// A crate that has the C library's names answers in its place, and the compiler does not answer before it.
#[test]
fn functions_of_constants_are_those_of_the_crate_too() {
    let workspace = Workspace::new();
    let lib = "//! Курс.\npub use kernel;\n#[unsafe(no_mangle)]\npub extern \"C\" fn exp(_: f64) -> f64 { 42.0 }\n";
    workspace.write("курс/src/lib.rs", lib);
    let engine = workspace.build().0.unwrap();
    let code = "use kurs as _;\nprintln!(\"{} {}\", 1.5_f64.exp(), std::hint::black_box(1.5_f64).exp());";
    let unit = unit(page(code), Purpose::Run { seed: 0, limits: LIMITS });
    let run = engine.run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
    assert_eq!(String::from_utf8(run.printed).unwrap(), "42 42\n");
}

#[test]
fn no_path_of_this_machine_is_in_a_program() {
    let workspace = Workspace::new();
    workspace.write("курс/src/lib.rs", "//! Курс.\npub use kernel;\npub fn где() -> &'static str { file!() }\n");
    let engine = workspace.build().0.unwrap();
    let code = "println!(\"{} {} {}\", file!(), kurs::где(), std::panic::Location::caller());\nlet mut v = vec![1]; v.drain(3..);";
    let unit = unit(page(code), Purpose::Run { seed: 0, limits: LIMITS });
    let run = engine.run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
    assert_snapshot!(String::from_utf8(run.printed).unwrap(), @"src/math/спуск.md курс/src/lib.rs src/math/спуск.md:3:44");
    assert_debug_snapshot!(run.frames);
}

/// A sum of `u8` in the code of others is a page's number too.
#[test]
fn what_overflows_in_the_code_of_others_is_not_let_pass() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["profile"]["cells"]["package"]["*"]["overflow-checks"].as_bool(), Some(true));
}

/// The profile's levels rest on it: below level 2 a crate exports the generic functions that it instantiates, and a page that
/// uses them does not compile them again.
#[test]
fn pages_do_not_compile_generic_functions_that_the_crate_has() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["profile"]["cells"]["opt-level"].as_integer(), Some(1));
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("lib.rs"),
        "pub fn порядок<T: Copy + PartialOrd>(x: &mut [T]) -> usize {
            let mut шаги = 0;
            for i in 1..x.len() { let mut j = i; while j > 0 && x[j - 1] > x[j] { x.swap(j - 1, j); j -= 1; шаги += 1; } }
            шаги
        }
        pub fn нужна(x: &mut [f64]) -> usize { порядок(x) }",
    )
    .unwrap();
    fs::write(
        folder.path().join("page.rs"),
        "fn main() { std::hint::black_box(lib::порядок::<f64> as fn(&mut [f64]) -> usize); }",
    )
    .unwrap();
    let rustc = Toolchain::find(&root()).unwrap().rustc();
    let compile = |arguments: &[&str]| {
        let output = std::process::Command::new(&rustc).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let compiled = |level: &str| {
        compile(&["--edition=2024", "--crate-type=rlib", level, "lib.rs"]);
        compile(&["--edition=2024", "--extern=lib=liblib.rlib", "--emit=llvm-ir", level, "page.rs"]);
        let code = fs::read_to_string(folder.path().join("page.ll")).unwrap();
        code.lines().filter(|line| line.starts_with("define") && line.contains("lib")).count()
    };
    assert_eq!(["-Copt-level=0", "-Copt-level=1", "-Copt-level=2"].map(compiled), [0, 0, 1]);
}

//! What the compiler says about a page, and what it may take in.

use std::time::Duration;

use engine::{CompilerLimits, Conditions, Engine as _, Message, Purpose, Rustc, Unit};
use insta::assert_snapshot;

use super::{Book, LIMITS, engine, page, unit};

/// The messages of a page, each place as the text it covers.
fn said(code: &str, purpose: Purpose) -> String {
    let unit = unit(page(code), purpose);
    let outcome = engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap();
    assert_eq!(outcome.run, None);
    let mut lines = Vec::new();
    for message in &outcome.messages {
        tell(message, &unit.text, 0, &mut lines);
    }
    lines.join("\n")
}

fn tell(message: &Message, text: &str, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    lines.push(format!("{indent}{}[{}] {}", message.level, message.code, message.text));
    for span in &message.spans {
        let mark = if span.primary { "^" } else { "-" };
        let line = text[..span.range.start].lines().count();
        let place = &text[span.range.clone()];
        let instead = span.replacement.as_ref().map(|text| format!(" => `{text}`")).unwrap_or_default();
        lines.push(format!("{indent}  {mark} {line}: `{place}` {}{instead}", span.label));
    }
    message.children.iter().for_each(|child| tell(child, text, depth + 1, lines));
}

fn check(code: &str) -> String {
    said(code, Purpose::Check)
}

#[test]
fn a_mistake_after_cyrillic_text_has_its_place() {
    assert_snapshot!(check("let приветствие = \"привет, мир\"; let шаг: u32 = \"один\";"));
}

#[test]
fn a_moved_value_shows_both_places_and_the_remedy() {
    assert_snapshot!(check("let веса = vec![1.0, 2.0];\nlet другие = веса;\nprintln!(\"{веса:?} {другие:?}\");"));
}

#[test]
fn a_mistake_inside_macros_of_others_is_placed_at_their_call() {
    assert_snapshot!(check(
        "struct Матрица;\nkernel::show!(Матрица);\nprintln!(\"{}\", Матрица);\nassert_eq!(Матрица, Матрица);"
    ));
}

#[test]
fn a_mistake_inside_a_macro_of_the_page_is_placed_in_it() {
    assert_snapshot!(check("macro_rules! квадрат { ($x:expr) => { $x * неизвестное } }\nlet y = квадрат!(3);"));
}

#[test]
fn code_elsewhere_is_named_in_words_without_absolute_paths() {
    let said = check("kernel::inline(\"не число\", 3);");
    assert!(!said.contains(env!("CARGO_MANIFEST_DIR").trim_end_matches("/preprocessors/engine")), "{said}");
    assert_snapshot!(said);
}

#[test]
fn code_that_does_not_parse_has_its_place() {
    assert_snapshot!(check("let шаг = (1 + ;"));
}

#[test]
fn what_a_cell_does_not_use_is_no_mistake() {
    assert_eq!(check("let mut X = 1; use std::collections::HashMap; fn лишняя() {}"), "");
}

#[test]
fn a_page_that_is_checked_is_borrow_checked() {
    assert_snapshot!(check("let ссылка;\n{ let временная = 1; ссылка = &временная; }\nprintln!(\"{ссылка}\");"));
}

#[test]
fn what_the_compiler_would_take_in_unseen_is_an_error() {
    let run = Purpose::Run { seed: 0, limits: LIMITS };
    assert_snapshot!(said("println!(\"{}\", env!(\"PATH\"));", run.clone()), @r#"
    error[undeclared-input] the environment variable `PATH` is read while the page is compiled
      ^ 3: `"PATH"` not covered by the page's key
    "#);
    assert_snapshot!(said("println!(\"{:?}\", option_env!(\"СЕКРЕТ\"));", run.clone()), @r#"
    error[undeclared-input] the environment variable `СЕКРЕТ` is read while the page is compiled
      ^ 3: `"СЕКРЕТ"` not covered by the page's key
    "#);
    assert_snapshot!(said("println!(\"{}\", include_str!(\"/usr/include/stdio.h\").len());", run));
}

#[test]
fn the_compiler_does_not_reach_files_of_the_machine() {
    let said = check("println!(\"{}\", include_str!(\"/etc/passwd\"));");
    assert!(said.contains("Permission denied"), "{said}");
    let assembled = "mod m { std::arch::global_asm!(\".incbin \\\"/etc/passwd\\\"\"); }";
    let unit = unit(page(assembled), Purpose::Run { seed: 0, limits: LIMITS });
    let outcome = engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap();
    assert_eq!(outcome.run, None);
    let found =
        outcome.messages.iter().any(|message| message.text.ends_with("Could not find incbin file '/etc/passwd'"));
    assert!(found, "{:?}", outcome.messages);
}

#[test]
fn a_page_that_is_compiled_again_and_again_gives_what_its_text_says() {
    for (number, place) in [(1, "a"), (2, "a"), (2, "b"), (3, "b"), (1, "a")] {
        let code = format!("fn {place}(x: u32) -> u32 {{ x + {number} }}\nprintln!(\"{{}}\", {place}(10));");
        let unit =
            Unit { file: "src/правка.md".into(), ..unit(page(&code), Purpose::Run { seed: 0, limits: LIMITS }) };
        let run = engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
        assert_eq!(String::from_utf8(run.printed).unwrap(), format!("{}\n", 10 + number));
    }
}

#[test]
fn a_page_outside_of_the_book_is_not_written() {
    for file in ["/tmp/страница.md", "../страница.md", "src/../../страница.md"] {
        let unit = Unit { file: file.into(), ..unit(page(""), Purpose::Check) };
        let error = format!("{:#}", engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap_err());
        assert!(error.ends_with("is not a path inside the book"), "{error}");
    }
}

#[test]
fn what_the_compiler_read_is_not_in_its_messages() {
    let run = Purpose::Run { seed: 0, limits: LIMITS };
    let secret = std::env::var("PATH").unwrap();
    for code in [
        "compile_error!(env!(\"PATH\"));",
        "let x: u32 = env!(\"PATH\");",
        "const X: () = panic!(env!(\"PATH\"));",
        "let x: [u8; 1] = *include_bytes!(\"/usr/include/stdio.h\");",
    ] {
        for purpose in [run.clone(), Purpose::Check] {
            let said = said(code, purpose);
            assert!(said.contains("error[undeclared-input]"), "{said}");
            assert!(!said.contains(&secret), "{said}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_compiler_that_finds_no_end_is_stopped() {
    let endless = said("let x = include_bytes!(\"/dev/urandom\");", Purpose::Check);
    assert!(endless.contains("Permission denied"), "{endless}");
    let small = CompilerLimits { wall: Duration::from_secs(600), cpu: 600, memory: 700, file: 8, messages: 1 };
    let said = |engine: &Rustc, code: &str| {
        let unit = unit(page(code), Purpose::Run { seed: 0, limits: LIMITS });
        let messages = engine.run(&unit, Conditions::Usual, &mut Book::default()).unwrap().messages;
        messages.iter().map(|message| message.text.clone()).collect::<Vec<String>>().join("\n")
    };
    let code = "static X: [u64; 2 << 20] = [0x55; 2 << 20]; println!(\"{}\", X[std::env::args().count()]);";
    assert_eq!(
        said(&super::new_engine().within(small.clone()), code),
        "the compiler writes more than 8 MB for this page"
    );
    let code = "#[allow(long_running_const_eval)] const X: u64 = { let mut i = 0; loop { i += 1; if i == u64::MAX { break i; } } };\nprintln!(\"{X}\");";
    let engine = super::new_engine().within(CompilerLimits { cpu: 2, ..small.clone() });
    assert_eq!(said(&engine, code), "the compiler needs more than 2 s for this page");
    let engine = super::new_engine().within(CompilerLimits { wall: Duration::from_secs(1), ..small });
    assert_eq!(said(&engine, code), "the compiler takes longer than 1 s for this page");
    let code =
        "const X: [[u64; 1 << 20]; 400] = [[1; 1 << 20]; 400]; println!(\"{:?}\", X[std::env::args().count()][7]);";
    let memory = said(&super::new_engine().within(CompilerLimits { memory: 700, ..CompilerLimits::default() }), code);
    assert!(memory.contains("memory"), "{memory}");
}

#[test]
fn a_page_that_crashes_the_compiler_or_the_linker_is_a_mistake_of_the_page() {
    let run = Purpose::Run { seed: 0, limits: LIMITS };
    let deep = format!("let x = {}1{};", "(".repeat(20_000), ")".repeat(20_000));
    assert!(said(&deep, Purpose::Check).contains("error["), "{}", said(&deep, Purpose::Check));
    let said = said("unsafe extern \"C\" { fn nowhere(); }\nunsafe { nowhere() }", run);
    assert!(said.starts_with("error[] the page cannot be linked") && said.contains("nowhere"), "{said}");
    assert!(!said.contains("cell-"), "{said}");
}

#[test]
fn mistakes_deep_inside_macros_are_read() {
    let steps = "@".repeat(110);
    let code =
        format!("macro_rules! m {{ (@ $($rest:tt)*) => {{ m!($($rest)*) }}; () => {{ нет }} }}\nlet x = m!({steps});");
    assert!(check(&code).starts_with("error[E0425]"), "{}", check(&code));
}

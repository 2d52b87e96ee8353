//! What a program prints, reports and asks.

use engine::{Conditions, End, Engine as _, Purpose};
use insta::assert_snapshot;
use kernel::wire::Event;

use super::{Book, LIMITS, engine, page, run, run_within, unit};

#[test]
fn text_and_frames_come_in_their_order() {
    assert_snapshot!(run(r#"kernel::enter(0);
println!("привет");
kernel::show!(1 + 2);
print!("без конца строки");
kernel::leave(0);
kernel::enter(1);
kernel::inline!(0, "{:.2}", 2.0_f64.sqrt());
kernel::leave(1);"#), @r#"
    привет
    без конца строки@0 Enter(0)
    @13 Show([Text("3")])
    @43 Leave(0)
    @43 Enter(1)
    @43 Inline { id: 0, text: "1.41", nature: Value }
    @43 Leave(1)
    "#);
}

#[test]
fn both_streams_are_one_text_in_order() {
    assert_snapshot!(run(r#"for шаг in 0..3 {
    println!("вывод {шаг}");
    std::eprintln!("ошибка {шаг}");
    kernel::eprintln!("помеченная {шаг}");
}"#), @r"
    вывод 0
    ошибка 0
    помеченная 0
    вывод 1
    ошибка 1
    помеченная 1
    вывод 2
    ошибка 2
    помеченная 2
    @51 Stderr { from: 28 }
    @102 Stderr { from: 79 }
    @153 Stderr { from: 130 }
    ");
}

#[test]
fn a_panic_has_its_line_and_column() {
    assert_snapshot!(run("let пусто: Vec<u32> = vec![];\nlet i = пусто.len();\nkernel::show!(пусто[i]);"));
}

#[test]
fn a_failed_question_mark_has_its_line_and_column() {
    assert_snapshot!(run("let число: u32 = \"два\".parse()?;\nkernel::show!(число);"));
}

#[test]
fn overflow_is_an_error_at_every_level() {
    for opt in 0..=3 {
        let code = "let a: u8 = std::hint::black_box(255);\nkernel::show!(a + 1);";
        let unit = engine::Unit { opt, ..unit(page(code), Purpose::Run { seed: 0, limits: LIMITS }) };
        let run = engine().run(&unit, Conditions::Usual, &mut Book::default()).unwrap().run.unwrap();
        let Event::Panic { message, .. } = &run.frames[0].event else { panic!("{:?}", run.frames) };
        assert_eq!(message, "attempt to add with overflow", "opt {opt}");
    }
}

#[test]
fn questions_are_answered_and_refusals_are_errors_of_the_page() {
    let code = r#"let данные = kernel::read("ирис.csv")?;
println!("{} байт", данные.len());
kernel::save("веса", &vec![0; 3 << 20])?;
if let Err(error) = kernel::load("веса") { println!("{error}"); }
kernel::read("вино.csv")?;"#;
    let mut book = Book::default();
    // More than it may print, but not more than it may keep.
    let limits = engine::Limits { disk: 4 << 20, ..LIMITS };
    let unit = unit(page(code), Purpose::Run { seed: 0, limits });
    let run = engine().run(&unit, Conditions::Usual, &mut book).unwrap().run.unwrap();
    assert_eq!(String::from_utf8(run.printed).unwrap(), "160000 байт\nнет артефакта веса\n");
    assert_eq!(book.asked, ["read ирис.csv", "save веса, 3145728 bytes", "load веса", "read вино.csv"]);
    assert!(
        matches!(&run.frames[..], [frame] if matches!(&frame.event, Event::Failed { message, .. } if message == "нет файла вино.csv"))
    );
    assert_eq!(run.end, End::Exit(1));
}

#[test]
fn a_program_may_end_itself_in_the_middle() {
    assert_snapshot!(run("println!(\"до\"); kernel::enter(0); std::process::exit(3);"), @r"
    до
    @5 Enter(0)
    Exit(3)
    ");
    assert_snapshot!(run("println!(\"до\"); std::process::abort();"), @r"
    до
    Signal(6)
    ");
}

#[test]
fn the_seed_arrives() {
    assert_snapshot!(run("println!(\"{}\", kernel::seed());"), @"7");
}

#[test]
fn standard_input_is_at_its_end() {
    assert_snapshot!(run(r#"let mut строка = String::new();
println!("{}", std::io::stdin().read_line(&mut строка)?);"#), @"0");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let code = r#"kernel::enter(0); for шаг in 0..100 { println!("{шаг}"); std::eprint!("!"); kernel::show!(шаг); }"#;
    assert_eq!(run_within(code, LIMITS), run_within(code, LIMITS));
}

#[test]
fn threads_report_too() {
    assert_snapshot!(run(r#"let сумма = std::thread::spawn(|| { kernel::show!("из потока"); (1..=10).sum::<u32>() }).join().unwrap();
println!("{сумма}");"#), @r#"
    55
    @0 Show([Text("\"из потока\"")])
    "#);
}

#[test]
fn pages_run_at_once() {
    std::thread::scope(|scope| {
        let runs: Vec<_> =
            (0..6).map(|page| scope.spawn(move || run(&format!("println!(\"страница {page}\");")))).collect();
        for (page, run) in runs.into_iter().enumerate() {
            assert_eq!(run.join().unwrap(), format!("страница {page}\n"));
        }
    });
}

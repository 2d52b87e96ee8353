//! A program that does not end, grows, floods or multiplies is stopped, with what it told until then.

use std::time::{Duration, Instant};

use mdbook_cells::engine::{End, Limit, Limits, Run};

use super::{LIMITS, run_within};

fn stopped(code: &str, limits: Limits) -> (End, Run) {
    let code = format!("kernel::enter(0); println!(\"начало\");\n{code}");
    let outcome = run_within(&code, limits);
    assert_eq!(outcome.messages, []);
    let run = outcome.run.unwrap();
    assert!(run.printed.starts_with("начало\n".as_bytes()), "{}", String::from_utf8_lossy(&run.printed));
    assert!(!run.frames.is_empty());
    (run.end.clone(), run)
}

#[test]
fn an_endless_loop_ends_by_the_clock() {
    let start = Instant::now();
    let (end, _) = stopped("loop { std::hint::black_box(1); }", Limits { wall: Duration::from_millis(300), ..LIMITS });
    assert_eq!(end, End::Limit(Limit::Wall));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn an_endless_sleep_ends_by_the_clock() {
    let code = "std::thread::sleep(std::time::Duration::from_secs(1000));";
    let (end, _) = stopped(code, Limits { wall: Duration::from_millis(300), ..LIMITS });
    assert_eq!(end, End::Limit(Limit::Wall));
}

#[test]
fn a_program_that_reports_for_ever_ends_by_the_clock_or_its_output() {
    let (end, run) = stopped("loop { kernel::leave(0); }", Limits { wall: Duration::from_secs(10), ..LIMITS });
    assert_eq!(end, End::Limit(Limit::Output));
    assert!(run.frames.len() > 1000);
}

#[test]
#[cfg(unix)]
fn processor_time_is_limited() {
    let (end, _) = stopped("loop { std::hint::black_box(1); }", Limits { cpu: Duration::from_secs(1), ..LIMITS });
    assert_eq!(end, End::Limit(Limit::Cpu));
}

#[test]
#[cfg(target_os = "linux")]
fn an_allocation_bomb_is_stopped() {
    let code = "let mut всё = Vec::new(); loop { всё.push(vec![1_u8; 1 << 20]); std::hint::black_box(&всё); }";
    assert_eq!(stopped(code, LIMITS).0, End::Limit(Limit::Memory));
    let code = "std::hint::black_box(Vec::<u8>::with_capacity(1 << 40));";
    assert_eq!(stopped(code, LIMITS).0, End::Limit(Limit::Memory));
}

#[test]
fn memory_below_the_limit_is_given() {
    let code = "let v = vec![1_u8; 300 << 20]; std::hint::black_box(&v);";
    assert_eq!(stopped(code, LIMITS).0, End::Exit(0));
}

#[test]
fn a_flood_of_output_is_stopped_and_cut() {
    let (end, run) = stopped("loop { println!(\"потоп\"); }", LIMITS);
    assert_eq!(end, End::Limit(Limit::Output));
    assert_eq!(run.printed.len() as u64, LIMITS.output);
}

#[test]
fn files_are_limited_each_and_together() {
    let one = "let m = vec![0_u8; 1 << 16]; use std::io::Write; let mut f = std::fs::File::create(\"файл\")?; loop { f.write_all(&m)?; }";
    assert_eq!(stopped(one, LIMITS).0, End::Limit(Limit::Disk));
    let many = "for i in 0.. { std::fs::write(format!(\"файл{i}\"), \"мало\")?; }";
    assert_eq!(stopped(many, LIMITS).0, End::Limit(Limit::Disk));
}

#[test]
#[cfg(target_os = "linux")]
fn threads_are_limited() {
    let code = "loop { std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_secs(100))); std::thread::sleep(std::time::Duration::from_millis(1)); }";
    assert_eq!(stopped(code, LIMITS).0, End::Limit(Limit::Processes));
}

#[test]
#[cfg(target_os = "linux")]
fn a_deep_recursion_says_what_it_was() {
    let code = "fn вниз(n: u64) -> u64 { std::hint::black_box([n; 64]); if n == u64::MAX { 0 } else { 1 + вниз(n + 1) } }\nprintln!(\"{}\", вниз(0));";
    let (end, run) = stopped(code, LIMITS);
    assert_eq!(end, End::Signal(6));
    assert!(String::from_utf8_lossy(&run.printed).contains("has overflowed its stack"));
}

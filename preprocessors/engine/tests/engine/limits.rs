//! A program that does not end, grows, floods or multiplies is stopped, with what it told until then.

use std::time::Duration;

use engine::{End, Limit, Limits, Outcome, Run};

use super::{LIMITS, run_by_the_clock, run_within};

/// A program that says that it begins, before its first frame.
fn begun(code: &str) -> String {
    format!("println!(\"начало\"); kernel::enter(0);\n{code}")
}

fn stopped(code: &str, limits: Limits) -> (End, Run) {
    ended(run_within(&begun(code), limits))
}

fn stopped_by_the_clock(code: &str) -> End {
    ended(run_by_the_clock(&begun(code))).0
}

fn ended(outcome: Outcome) -> (End, Run) {
    assert_eq!(outcome.messages, []);
    let run = outcome.run.unwrap();
    assert!(run.printed.starts_with("начало\n".as_bytes()), "{}", String::from_utf8_lossy(&run.printed));
    assert!(!run.frames.is_empty());
    (run.end.clone(), run)
}

#[test]
fn an_endless_loop_ends_by_the_clock() {
    assert_eq!(stopped_by_the_clock("loop { std::hint::black_box(1); }"), End::Limit(Limit::Wall));
}

#[test]
fn an_endless_sleep_ends_by_the_clock() {
    let code = "std::thread::sleep(std::time::Duration::from_secs(1000));";
    assert_eq!(stopped_by_the_clock(code), End::Limit(Limit::Wall));
}

#[test]
fn a_program_that_reports_for_ever_ends_by_the_clock_or_its_output() {
    let (end, run) = stopped("loop { kernel::leave(0); }", LIMITS);
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

#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn a_program_that_takes_no_notice_of_signals_ends_all_the_same() {
    let ignore = "for signal in 1..=31_u64 { let action = [1_u64, 0x0400_0000, 0, 0]; syscall(13, [signal, action.as_ptr() as u64, 0, 8]); }";
    let code = format!("{SYSCALL}\n{ignore}\nloop {{ std::hint::black_box(1); }}");
    let (end, _) = stopped(&code, Limits { cpu: Duration::from_secs(1), ..LIMITS });
    assert_eq!(end, End::Limit(Limit::Cpu), "SIGXCPU is ignored");
    assert_eq!(stopped_by_the_clock(&code), End::Limit(Limit::Wall));
    // 39 is `getpid`, 234 is `tgkill`, 19 is SIGSTOP.
    let code = format!("{SYSCALL}\nlet id = syscall(39, [0; 4]) as u64; syscall(234, [id, id, 19, 0]);");
    assert_eq!(stopped_by_the_clock(&code), End::Limit(Limit::Wall), "a program that stopped itself");
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_that_reads_for_ever_is_told_that_there_is_nothing() {
    let code =
        "let mut s = String::new(); while std::io::stdin().read_line(&mut s)? > 0 {}\nprintln!(\"{}\", s.len());";
    assert_eq!(stopped(code, LIMITS).0, End::Exit(0));
}

/// `fork`, `vfork`, `clone`, `clone3` and the 32-bit `fork`, over and over.
#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn a_fork_bomb_has_no_first_child() {
    let forks = "for _ in 0..1000 { for (number, flags) in [(57, 0), (58, 0), (56, 17), (56, 0), (435, 0)] {
        let child = syscall(number, [flags, 0, 0, 0]);
        if child == 0 { loop { std::hint::spin_loop(); } }
        assert!(child < 0, \"{number} gave {child}\");
    } }";
    assert_eq!(stopped(&format!("{SYSCALL}\n{forks}"), LIMITS).0, End::Exit(0));
    let old = "let mut child: u64 = 2; unsafe { std::arch::asm!(\"int 0x80\", inout(\"rax\") child) }; println!(\"{child}\");";
    let (end, run) = stopped(old, LIMITS);
    assert!(matches!(end, End::Signal(31 | 11)), "{end:?} {}", String::from_utf8_lossy(&run.printed));
}

#[test]
#[cfg(target_os = "linux")]
fn files_without_a_name_are_counted() {
    let unlinked = "use std::io::Write; let m = vec![0_u8; 1 << 16]; let mut open = Vec::new();
for i in 0.. {
    let mut file = std::fs::File::create(format!(\"файл{i}\"))?; std::fs::remove_file(format!(\"файл{i}\"))?;
    for _ in 0..8 { file.write_all(&m)?; }
    open.push(file); std::thread::sleep(std::time::Duration::from_millis(5));
}";
    assert_eq!(stopped(unlinked, LIMITS).0, End::Limit(Limit::Disk));
}

#[test]
#[cfg(target_os = "linux")]
fn files_deeper_than_a_path_is_long_are_counted_and_removed() {
    let deep = "let name = \"я\".repeat(100);
for _ in 0..400 { std::fs::create_dir(&name)?; std::env::set_current_dir(&name)?; }
std::fs::write(\"файл\", \"x\")?;";
    let end = stopped(&format!("{deep}\nstd::thread::sleep(std::time::Duration::from_secs(1000));"), LIMITS).0;
    assert_eq!(end, End::Limit(Limit::Disk));
    // What `run` cannot remove is an error of the machine's.
    let deeper = deep.replace("400", "3000").replace("repeat(100)", "repeat(1)");
    stopped(&deeper, Limits { disk: 1 << 30, ..LIMITS });
}

#[test]
fn millions_of_files_are_not_made() {
    let code = "for i in 0..5_000_000 { std::fs::File::create(format!(\"{i}\"))?; }";
    assert_eq!(stopped(code, LIMITS).0, End::Limit(Limit::Disk));
    let code = "for i in 0..5_000_000 { std::fs::create_dir(format!(\"{i}\"))?; }";
    assert_eq!(stopped(code, LIMITS).0, End::Limit(Limit::Disk));
}

/// What a frame says of its length is judged before any of it is read: nothing but heads is ever sent here.
#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn a_frame_that_would_be_too_long_is_not_waited_for() {
    for (kind, limit) in [(2, Limit::Output), (11, Limit::Disk)] {
        let head = format!(
            "let mut head = [0_u8; 13]; head[..4].copy_from_slice(&(200_u32 << 20).to_le_bytes()); head[12] = {kind};"
        );
        let send = "for fd in 3..10 { syscall(1, [fd, head.as_ptr() as u64, 13, 0]); } loop {}";
        assert_eq!(stopped(&format!("{SYSCALL}\n{head}\n{send}"), LIMITS).0, End::Limit(limit), "kind {kind}");
    }
}

#[test]
fn artefacts_are_limited_together() {
    let one = "kernel::save(\"модель\", &vec![0; 2 << 20])?;";
    assert_eq!(stopped(one, LIMITS).0, End::Limit(Limit::Disk));
    let many = "for i in 0.. { kernel::save(&format!(\"модель{i}\"), &[0; 10_000])?; }";
    assert_eq!(stopped(many, LIMITS).0, End::Limit(Limit::Disk));
    assert_eq!(stopped("kernel::save(\"модель\", &vec![0; 1 << 19])?;", LIMITS).0, End::Exit(0));
}

/// A page that speaks to the engine by itself, or takes its address away, is stopped; the engine is not.
#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn a_program_that_reaches_around_the_kernel_hangs_nobody() {
    let garbage =
        format!("{SYSCALL}\nfor fd in 3..10 {{ syscall(1, [fd, [0xff_u8; 64].as_ptr() as u64, 64, 0]); }} loop {{}}");
    assert!(matches!(stopped(&garbage, LIMITS).0, End::Nonsense(_)));
    // 87 is `unlink`, 231 is `exit_group`: before `main`, so that nobody ever comes to the socket.
    let early = format!(
        "{SYSCALL} extern \"C\" fn early() {{ syscall(87, [c\"e\".as_ptr() as u64, 0, 0, 0]); syscall(231, [3, 0, 0, 0]); }}
#[unsafe(link_section = \".init_array\")] #[used] static EARLY: extern \"C\" fn() = early;"
    );
    let outcome = run_within(&early, LIMITS);
    assert_eq!(outcome.run.unwrap().end, End::Exit(3), "nobody waits until its time is over");
}

/// A system call that no library would make.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub const SYSCALL: &str = "fn syscall(number: u64, a: [u64; 4]) -> i64 { let result: i64; unsafe { std::arch::asm!(\"syscall\", inlateout(\"rax\") number => result, in(\"rdi\") a[0], in(\"rsi\") a[1], in(\"rdx\") a[2], in(\"r10\") a[3], out(\"rcx\") _, out(\"r11\") _) }; result }";

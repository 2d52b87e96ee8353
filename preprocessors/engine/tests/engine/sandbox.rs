//! What a program cannot do. Each test says so and passes where the system has no means to stop it.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use engine::Lack;
use insta::assert_snapshot;
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

use super::limits::SYSCALL;
use super::{run, run_by_the_clock, told};

/// Runs the test's body only where the sandbox is whole.
fn is_whole() -> bool {
    let lacking = engine::lacking(Path::new(env!("CARGO_BIN_EXE_engine-launcher"))).unwrap();
    if !lacking.is_empty() {
        assert!(std::env::var_os("BOOK_REQUIRE_SANDBOX").is_none(), "{lacking:?}");
        eprintln!("not tested: {lacking:?}");
    }
    lacking.is_empty()
}

#[test]
fn files_of_the_machine_cannot_be_read() {
    if !is_whole() {
        return;
    }
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "тайна").unwrap();
    let paths = ["/etc/passwd", "/proc/version", "/usr/bin/env", "/usr/lib/os-release", env!("CARGO_MANIFEST_DIR")];
    for path in paths.map(Path::new).into_iter().chain([secret.path(), &std::env::home_dir().unwrap()]) {
        let said = run(&format!(
            "use std::fs::*; println!(\"{{:?}} {{:?}}\", read({path:?}).map_err(|e| e.kind()), read_dir({path:?}).map_err(|e| e.kind()).map(drop));"
        ));
        let denied = ["Err(PermissionDenied) Err(PermissionDenied)\n", "Err(PermissionDenied) Err(NotADirectory)\n"];
        assert!(denied.contains(&&*said), "{}: {said}", path.display());
    }
}

#[test]
fn only_the_scratch_folder_can_be_written() {
    if !is_whole() {
        return;
    }
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("важное");
    fs::write(&file, "целое").unwrap();
    let said = run(&format!(
        r#"use std::fs::*;
println!("{{:?}}", write({:?}, "новое").map_err(|e| e.kind()));
println!("{{:?}}", write({file:?}, "порча").map_err(|e| e.kind()));
println!("{{:?}}", File::options().write(true).open({file:?}).map(drop).map_err(|e| e.kind()));
println!("{{:?}}", remove_file({file:?}).map_err(|e| e.kind()));
println!("{{:?}}", rename({file:?}, "украдено").map_err(|e| e.kind()));
println!("{{:?}}", std::os::unix::fs::symlink("/etc/passwd", "ссылка").map_err(|e| e.kind()));
println!("{{:?}}", hard_link({file:?}, "ссылка").map_err(|e| e.kind()));
create_dir_all("папка/внутри")?;
write(std::env::temp_dir().join("папка/внутри/файл"), "можно")?;
println!("{{}}", read_to_string("папка/внутри/файл")?);"#,
        outside.path().join("новое")
    ));
    assert_eq!(fs::read_to_string(&file).unwrap(), "целое");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_snapshot!(said);
}

#[test]
fn there_is_no_network() {
    if !is_whole() {
        return;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let socket = tempfile::tempdir().unwrap();
    let path = socket.path().join("служба");
    let _service = std::os::unix::net::UnixListener::bind(&path).unwrap();
    assert_snapshot!(run(&format!(
        r#"use std::net::*; use std::os::unix::net::*;
println!("{{:?}}", TcpStream::connect("{}").map(drop).map_err(|e| e.kind()));
println!("{{:?}}", TcpListener::bind("127.0.0.1:0").map(drop).map_err(|e| e.kind()));
println!("{{:?}}", UdpSocket::bind("127.0.0.1:0").map(drop).map_err(|e| e.kind()));
println!("{{:?}}", UnixStream::connect({path:?}).map(drop).map_err(|e| e.kind()));
println!("{{:?}}", UnixDatagram::unbound().map(drop).map_err(|e| e.kind()));
println!("{{:?}}", UnixListener::bind("x").map(drop).map_err(|e| e.kind()));"#,
        listener.local_addr().unwrap()
    )), @r"
    Err(PermissionDenied)
    Err(PermissionDenied)
    Err(PermissionDenied)
    Err(PermissionDenied)
    Err(PermissionDenied)
    Err(PermissionDenied)
    ");
}

#[test]
fn the_environment_is_listed() {
    assert_snapshot!(run(r#"let mut имена: Vec<_> = std::env::vars().map(|(имя, значение)| format!("{имя}={значение}")).collect();
имена.sort();
println!("{}", имена.join("\n"));"#), @r"
    BOOK_LANGUAGE=ru
    BOOK_SEED=7
    BOOK_SOCKET=e
    HOME=.
    LANG=C.UTF-8
    RAYON_NUM_THREADS=1
    TMP=.
    TMPDIR=.
    TZ=UTC
    ");
}

#[test]
fn no_other_program_can_be_started() {
    if !is_whole() {
        return;
    }
    assert_snapshot!(run(r#"use std::process::Command; use std::os::unix::process::CommandExt;
println!("{:?}", Command::new("/bin/sleep").arg("100").spawn().map(drop).map_err(|e| e.kind()));
println!("{:?}", Command::new("/bin/sleep").arg("100").exec().kind());
println!("{:?}", Command::new(std::env::current_exe()?).spawn().map(drop).map_err(|e| e.kind()));"#), @r"
    Err(PermissionDenied)
    PermissionDenied
    Err(PermissionDenied)
    ");
}

#[test]
fn nothing_is_left_behind() {
    let marker = "осталось-ли-что-нибудь";
    let code = format!(
        r#"use std::fs::*; use std::os::unix::fs::*;
println!("{{}}", std::env::current_dir()?.display());
create_dir_all("{marker}/внутри")?;
write("{marker}/файл", "x")?;
set_permissions("{marker}", Permissions::from_mode(0))?;"#
    );
    let said = run(&code);
    let folder = Path::new(said.trim());
    assert!(folder.is_absolute() && !folder.exists() && !folder.parent().unwrap().exists(), "{said}");
}

#[test]
fn a_program_cannot_ignore_its_end() {
    // What a program could do about SIGTERM does not matter: it is killed at once.
    let said = told(run_by_the_clock("kernel::enter(0); loop { std::thread::park(); }"));
    assert_snapshot!(said, @r"
    @0 Enter(0)
    Limit(Wall)
    ");
}

#[test]
fn root_is_nobody_in_the_sandbox() {
    if !is_whole() {
        return;
    }
    let said =
        run(r#"println!("{}", std::fs::read_to_string("/proc/self/status").map_err(|e| e.kind()).unwrap_or_default());
println!("{:?}", std::os::unix::fs::chown("e", Some(1), None).map_err(|e| e.kind()));"#);
    assert_eq!(said, "\nErr(PermissionDenied)\n");
}

/// Calls that reach other processes of the same user without any right being needed.
#[test]
#[cfg(target_arch = "x86_64")]
fn other_processes_are_left_alone() {
    if !is_whole() {
        return;
    }
    let others = std::process::id();
    let calls = format!(
        "{SYSCALL}
let parent = {others}_u64; let limit = [0_u64, 0];
println!(\"{{:?}}\", [
    syscall(302, [parent, 0, limit.as_ptr() as u64, 0]), // prlimit64
    syscall(203, [parent, 8, limit.as_ptr() as u64, 0]), // sched_setaffinity
    syscall(141, [0, parent, 19, 0]), // setpriority
    syscall(434, [parent, 0, 0, 0]), // pidfd_open
    syscall(62, [parent, 0, 0, 0]), // kill
    syscall(101, [16, parent, 0, 0]), // ptrace
    syscall(310, [parent, 0, 0, 0]), // process_vm_readv
    syscall(157, [1, 0, 0, 0]), // prctl(PR_SET_PDEATHSIG)
    syscall(425, [8, limit.as_ptr() as u64, 0, 0]), // io_uring_setup
    syscall(46, [3, limit.as_ptr() as u64, 0, 0]), // sendmsg
]);"
    );
    assert_eq!(run(&calls), format!("{:?}\n", [-1; 10]));
}

/// An engine that is killed takes its programs along.
#[test]
fn a_program_ends_with_its_engine() {
    if !is_whole() {
        return;
    }
    let policy = r#"{"read":["/"],"write":[],"processes":"One","engine":1,"cpu":null,"memory":null,"file":null,"processors":null,"lacking":[]}"#;
    let launcher = env!("CARGO_BIN_EXE_engine-launcher");
    let orphan =
        std::process::Command::new(launcher).args(["sandbox-exec", policy, "/bin/sleep", "100"]).output().unwrap();
    assert_eq!(String::from_utf8(orphan.stderr).unwrap(), "sandbox-exec: the engine is gone\n");
}

/// What a launcher says of the system, and what comes of a program of a whole sandbox, where a system call does not exist.
fn without(call: libc::c_long) -> (Vec<Lack>, String) {
    // A filter holds for the thread that sets it and for what it starts.
    let found = std::thread::spawn(move || {
        let launcher = Path::new(env!("CARGO_BIN_EXE_engine-launcher"));
        let arch = std::env::consts::ARCH.try_into().unwrap();
        let (rules, missing) = ([(call, Vec::new())].into(), SeccompAction::Errno(libc::ENOSYS.unsigned_abs()));
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, missing, arch).unwrap();
        seccompiler::apply_filter(&BpfProgram::try_from(filter).unwrap()).unwrap();
        let policy = r#"{"read":["/"],"write":[],"processes":"One","engine":null,"cpu":null,"memory":null,"file":null,"processors":null,"lacking":[]}"#;
        let program =
            std::process::Command::new(launcher).args(["sandbox-exec", policy, "/bin/echo", "тайна"]).output();
        let program = program.unwrap();
        assert_eq!(String::from_utf8(program.stdout).unwrap(), "", "nothing runs that was to run in a whole sandbox");
        (engine::lacking(launcher).unwrap(), String::from_utf8(program.stderr).unwrap())
    });
    found.join().unwrap()
}

#[test]
fn a_kernel_without_landlock_is_found_out_and_nothing_runs_as_if_it_had_it() {
    if !is_whole() {
        return;
    }
    let (lacking, said) = without(libc::SYS_landlock_create_ruleset);
    assert_eq!(lacking, [Lack::Files]);
    assert_snapshot!(said, @"sandbox-exec: the sandbox became weaker meanwhile: this kernel has no Landlock: page programs may read and write your files");
}

#[test]
fn a_kernel_without_seccomp_is_found_out_and_nothing_runs_as_if_it_had_it() {
    if !is_whole() {
        return;
    }
    let (lacking, said) = without(libc::SYS_seccomp);
    assert_eq!(lacking, [Lack::Calls]);
    assert_snapshot!(said, @"sandbox-exec: the sandbox became weaker meanwhile: seccomp is not available: page programs may use the network and start processes that outlive them");
}

//! seccomp: a page program is one process without a network.
//!
//! A denied call fails with an ordinary error, so that a page is told what it may not do and where.

use anyhow::Context as _;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter, sock_filter,
};

use super::{Lack, Processes};

/// A call that is denied: whenever it is made, or when all conditions of one of the rules hold.
type Denied = (libc::c_long, Vec<SeccompRule>);

/// Restricts this thread; gives what the kernel lacks.
pub(super) fn restrict(processes: Processes) -> anyhow::Result<Option<Lack>> {
    let Ok(arch) = seccompiler::TargetArch::try_from(std::env::consts::ARCH) else {
        return Ok(Some(Lack::Calls));
    };
    let mut filters = foreign();
    let (denied, missing) = match processes {
        Processes::One => ([alone()?, vec![copies()?]].concat(), unseen()),
        Processes::Copies => (alone()?, unseen()),
        Processes::Many => (several(), Vec::new()),
    };
    // A program is told that calls do not exist whose purpose cannot be seen from outside, and uses older ones.
    for (calls, error) in [(denied, libc::EPERM), (missing, libc::ENOSYS)] {
        if !calls.is_empty() {
            let action = SeccompAction::Errno(error.unsigned_abs());
            let filter = SeccompFilter::new(calls.into_iter().collect(), SeccompAction::Allow, action, arch);
            filters.push(filter.and_then(BpfProgram::try_from).context("writing a seccomp filter")?);
        }
    }
    for filter in &filters {
        match apply_filter(filter) {
            Ok(()) => {}
            Err(seccompiler::Error::Seccomp(error)) if error.raw_os_error() != Some(libc::EFAULT) => {
                return Ok(Some(Lack::Calls));
            }
            Err(error) => return Err(error).context("restricting system calls"),
        }
    }
    Ok(None)
}

/// What neither a page program nor a compiler needs: leaving its group, other networks, other processes' memory, and doors to the
/// kernel that go around these rules.
fn several() -> Vec<Denied> {
    let calls = [
        libc::SYS_setsid,
        libc::SYS_setpgid,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_io_uring_setup,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_open_by_handle_at,
        libc::SYS_fanotify_init,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_shmget,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_mq_open,
        libc::SYS_socket,
        // Other processes' places in line, priorities and pages; theirs are no privilege to change.
        libc::SYS_pidfd_open,
        libc::SYS_process_madvise,
        libc::SYS_process_mrelease,
        libc::SYS_migrate_pages,
        libc::SYS_move_pages,
        libc::SYS_kcmp,
    ];
    calls.into_iter().map(|call| (call, Vec::new())).collect()
}

fn alone() -> anyhow::Result<Vec<Denied>> {
    use SeccompCmpOp::{MaskedEq, Ne};
    let mut denied = several();
    denied.retain(|(call, _)| *call != libc::SYS_socket);
    let always = [
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_rt_sigqueueinfo,
        libc::SYS_rt_tgsigqueueinfo,
        libc::SYS_pidfd_send_signal,
        libc::SYS_socketpair,
        libc::SYS_bind,
        // Descriptors on their way through a socket are files that nobody sees.
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_setpriority,
        libc::SYS_ioprio_set,
        libc::SYS_sched_setparam,
        libc::SYS_sched_setscheduler,
        libc::SYS_sched_setattr,
        // Memory that no limit counts.
        libc::SYS_memfd_create,
        libc::SYS_memfd_secret,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_fork,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_vfork,
    ];
    denied.extend(always.into_iter().map(|call| (call, Vec::new())));
    let socket = |kind: i32| when(1, MaskedEq(0xf), kind);
    denied.extend([
        // The engine is a local stream; datagrams could be sent anywhere without connecting.
        (
            libc::SYS_socket,
            vec![
                when(0, Ne, libc::AF_UNIX)?,
                socket(libc::SOCK_DGRAM)?,
                socket(libc::SOCK_RAW)?,
                socket(libc::SOCK_SEQPACKET)?,
            ],
        ),
        // An address of one letter: the engine's, and nobody else's on any system.
        (libc::SYS_connect, vec![when(2, Ne, ADDRESS)?]),
        // A program may end itself by a signal; exec keeps this process's number.
        (libc::SYS_tgkill, vec![when(0, Ne, i32::try_from(std::process::id()).context("a process number")?)?]),
        // Limits are its own to read and to lower.
        (libc::SYS_prlimit64, vec![when(0, Ne, 0)?]),
        // The tie to the engine stays.
        (libc::SYS_prctl, vec![when(0, SeccompCmpOp::Eq, libc::PR_SET_PDEATHSIG)?]),
    ]);
    Ok(denied)
}

/// A thread is welcome, a process is not.
fn copies() -> anyhow::Result<Denied> {
    Ok((libc::SYS_clone, vec![when(0, SeccompCmpOp::MaskedEq(libc::CLONE_THREAD as u64), 0)?]))
}

/// Calls whose purpose cannot be seen from outside.
fn unseen() -> Vec<Denied> {
    vec![(libc::SYS_clone3, Vec::new()), (libc::SYS_openat2, Vec::new())]
}

/// The length of a local address whose path is one letter: family, letter, end.
const ADDRESS: i32 = 4;

fn when(argument: u8, operator: SeccompCmpOp, value: i32) -> anyhow::Result<SeccompRule> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value.unsigned_abs().into());
    SeccompRule::new(vec![condition.context("a condition on a system call")?]).context("a rule for a system call")
}

/// On x86-64 every call has a second number, for the x32 interface, that the other filters do not know.
fn foreign() -> Vec<BpfProgram> {
    if cfg!(not(target_arch = "x86_64")) {
        return Vec::new();
    }
    const X32: u32 = 0x4000_0000;
    let code = |code: u32| u16::try_from(code).unwrap_or(u16::MAX);
    let denied = libc::SECCOMP_RET_ERRNO | libc::EPERM.unsigned_abs();
    let load = sock_filter { code: code(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS), jt: 0, jf: 0, k: 0 };
    let jump = sock_filter { code: code(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K), jt: 0, jf: 1, k: X32 };
    let end = |action| sock_filter { code: code(libc::BPF_RET | libc::BPF_K), jt: 0, jf: 0, k: action };
    vec![vec![load, jump, end(denied), end(libc::SECCOMP_RET_ALLOW)]]
}

//! Resource limits: what the system itself stops a program at.

use anyhow::Context as _;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::{Policy, Processes};

/// Stacks of the main thread: the same everywhere, and enough for a tree walked by recursion.
const STACK: u64 = 64 << 20;
/// Address space beyond the data: the binary, shared libraries, what allocators reserve and never touch.
const RESERVED: u64 = 1 << 30;
/// Open files.
const OPEN: u64 = 1024;

pub(super) fn set(policy: &Policy) -> anyhow::Result<()> {
    limit(Resource::Core, 0, 0)?;
    limit(Resource::Stack, STACK, STACK)?;
    limit(Resource::Nofile, OPEN, OPEN)?;
    if let Some(seconds) = policy.cpu {
        // At the first the program is told, which names the limit; at the second it is killed.
        limit(Resource::Cpu, seconds, seconds + 1)?;
    }
    if let Some(bytes) = policy.file {
        limit(Resource::Fsize, bytes, bytes)?;
    }
    if let Some(bytes) = policy.memory {
        limit(Resource::Data, bytes, bytes)?;
        // A compiler maps more than it touches: its own libraries, the crates, what its allocator reserves.
        if policy.processes == Processes::One {
            limit(Resource::As, bytes + RESERVED, bytes + RESERVED)?;
        }
    }
    Ok(())
}

/// Sets a limit, or keeps the one that is lower already.
fn limit(resource: Resource, current: u64, maximum: u64) -> anyhow::Result<()> {
    let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let new = Rlimit { current: Some(current.min(most)), maximum: Some(maximum.min(most)) };
    setrlimit(resource, new).with_context(|| format!("limiting {resource:?}"))
}

/// Leaves the first few of this process's processors.
#[cfg(target_os = "linux")]
pub(super) fn processors(count: usize) -> anyhow::Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let ours = sched_getaffinity(None).context("reading which processors are ours")?;
    let mut few = CpuSet::new();
    let first = (0..CpuSet::MAX_CPU).filter(|processor| ours.is_set(*processor)).take(count);
    first.for_each(|processor| few.set(processor));
    sched_setaffinity(None, &few).context("leaving processors to others")
}

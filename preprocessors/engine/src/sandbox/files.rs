//! Landlock: a program sees the files of its policy and no others.

use anyhow::Context as _;
use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible as _, LandlockStatus, Ruleset,
    RulesetAttr as _, RulesetCreatedAttr as _, Scope, path_beneath_rules,
};

use super::{Policy, Processes};

/// The newest rights that are known; an older kernel gives those that it has.
const NEWEST: ABI = ABI::V10;

/// Restricts this thread; gives what the kernel lacks.
pub(super) fn restrict(policy: &Policy) -> anyhow::Result<Option<String>> {
    let all = AccessFs::from_all(NEWEST);
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(all)
        .and_then(|rules| rules.handle_access(AccessNet::from_all(NEWEST)))
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|rules| rules.add_rules(path_beneath_rules(&policy.read, AccessFs::from_read(NEWEST))))
        .and_then(|rules| rules.add_rules(path_beneath_rules(&policy.write, writing(policy.processes))))
        .and_then(landlock::RulesetCreated::restrict_self)
        .context("restricting files")?;
    Ok(match status.landlock {
        LandlockStatus::Available { effective_abi, .. } if effective_abi >= ABI::V3 => None,
        LandlockStatus::Available { .. } => {
            Some("this kernel's Landlock is old: page programs may truncate your files".into())
        }
        _ => Some("this kernel has no Landlock: page programs may read and write your files".into()),
    })
}

/// What may be done in a folder that may be written. A page program makes ordinary files: a link or a socket would lead out.
fn writing(processes: Processes) -> BitFlags<AccessFs> {
    let all = AccessFs::from_all(NEWEST);
    match processes {
        Processes::Many => all,
        Processes::One => {
            use AccessFs::{Execute, IoctlDev, MakeBlock, MakeChar, MakeFifo, MakeSock, MakeSym, Refer};
            all & !(Execute | IoctlDev | MakeBlock | MakeChar | MakeFifo | MakeSock | MakeSym | Refer)
        }
    }
}

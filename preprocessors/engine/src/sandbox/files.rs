//! Landlock: a program sees the files of its policy and no others.

use anyhow::Context as _;
use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible as _, LandlockStatus, Ruleset,
    RulesetAttr as _, RulesetCreatedAttr as _, Scope, path_beneath_rules,
};

use super::{Lack, Policy, Processes};

/// The newest rights that are known; an older kernel gives those that it has.
const NEWEST: ABI = ABI::V10;

/// Restricts this thread; gives what the kernel lacks.
pub(super) fn restrict(policy: &Policy) -> anyhow::Result<Option<Lack>> {
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
        LandlockStatus::Available { effective_abi, .. } => lack(Some(effective_abi)),
        _ => lack(None),
    })
}

/// What an old kernel's version of Landlock leaves open. What versions after the third add is refused by seccomp too, or needs a
/// device or a socket that no policy names.
fn lack(version: Option<ABI>) -> Option<Lack> {
    match version {
        None | Some(ABI::Unsupported) => Some(Lack::Files),
        Some(ABI::V1 | ABI::V2) => Some(Lack::Truncation),
        Some(_) => None,
    }
}

/// What may be done in a folder that may be written. A page program makes ordinary files: a link or a socket would lead out.
fn writing(processes: Processes) -> BitFlags<AccessFs> {
    let all = AccessFs::from_all(NEWEST);
    match processes {
        Processes::Many => all,
        Processes::One | Processes::Copies => {
            use AccessFs::{Execute, IoctlDev, MakeBlock, MakeChar, MakeFifo, MakeSock, MakeSym, Refer};
            all & !(Execute | IoctlDev | MakeBlock | MakeChar | MakeFifo | MakeSock | MakeSym | Refer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_landlock_leaves_open_is_named() {
        let lacks = [None, Some(ABI::Unsupported), Some(ABI::V1), Some(ABI::V2), Some(ABI::V3), Some(NEWEST)].map(lack);
        let [none, unsupported, first, second, third, newest] = lacks;
        assert_eq!([none, unsupported], [Some(Lack::Files); 2]);
        assert_eq!([first, second], [Some(Lack::Truncation); 2]);
        assert_eq!([third, newest], [None; 2]);
    }
}

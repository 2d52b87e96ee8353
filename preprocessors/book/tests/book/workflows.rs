//! The workflows of GitHub: what a stranger's pull request may do, and whose code runs.

use std::path::Path;

/// Names and texts of the workflows.
fn workflows() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/workflows");
    let mut found: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("there are workflows")
        .map(|entry| entry.expect("the folder can be listed").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a workflow can be read")))
        .collect();
    found.sort();
    found
}

#[test]
fn actions_are_pinned_by_their_full_commits() {
    for (name, text) in workflows() {
        let used: Vec<&str> = text.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, used)| used).collect();
        assert!(!used.is_empty(), "{name} uses nothing");
        for action in used {
            let (commit, version) = action.split_once('@').and_then(|(_, pin)| pin.split_once(" # v")).expect(action);
            let is_commit = commit.len() == 40 && commit.chars().all(|digit| digit.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {action}");
        }
    }
}

#[test]
fn a_pull_request_can_write_nothing_and_knows_no_secret() {
    for (name, text) in workflows() {
        let (head, jobs) = text.split_once("\njobs:\n").expect("a workflow has jobs");
        assert!(head.contains("permissions:\n  contents: read\n"), "{name} takes more than it needs");
        assert!(
            !text.contains("pull_request_target") && !text.contains("secrets."),
            "{name} gives secrets to strangers"
        );
        if head.contains("pull_request:") {
            assert!(!jobs.contains("permissions:") && !jobs.contains("token"), "{name} lets a pull request write");
        }
        assert_eq!(
            jobs.matches("actions/checkout@").count(),
            jobs.matches("persist-credentials: false").count(),
            "{name}"
        );
    }
}

#[test]
fn what_takes_too_long_for_every_change_runs_by_night() {
    let (_, night) = workflows().into_iter().find(|(name, _)| name.ends_with("nightly.yml")).expect("there is a night");
    assert!(night.contains("  schedule:\n    - cron: "));
    let commands = night.split_once("command: [").and_then(|(_, rest)| rest.split_once(']')).expect("commands").0;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.ci");
    let commands: Vec<&str> = commands.split(", ").collect();
    assert!(["plain", "twice", "views"].iter().all(|whole| commands.contains(whole)), "{commands:?}");
    assert!(commands.iter().all(|command| folder.join(command).is_file()), "{commands:?}");
}

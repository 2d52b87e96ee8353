//! The crate as text is the crate.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_file_of_the_crate_is_carried_with_what_it_depends_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut there, mut folders) = (BTreeSet::new(), vec![root.join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                there.insert(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    let carried: BTreeSet<String> = plots::sources::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(carried, there);
    // The copy's manifest has the dependencies of the crate's own.
    let own = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let of = |manifest: &str| -> Vec<String> {
        let table = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
        table.lines().filter(|line| !line.starts_with("kernel")).map(str::to_owned).collect()
    };
    assert_eq!(of(plots::sources::MANIFEST), of(&own));
}

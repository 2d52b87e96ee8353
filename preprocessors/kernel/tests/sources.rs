//! The crate as text is the crate.

use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn every_file_of_the_crate_is_carried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = std::fs::read_dir(folder).expect("the crate has a folder").map(|entry| entry.expect("it can be read"));
    let there: BTreeMap<String, String> = files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("sources are text");
            (format!("src/{}", file.file_name().to_string_lossy()), text)
        })
        .collect();
    let carried = kernel::sources::FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    assert_eq!(carried.collect::<BTreeMap<_, _>>(), there);
}

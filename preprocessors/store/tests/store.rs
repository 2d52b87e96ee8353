//! The store keeps what was put, and nothing that merely looks like it.

use std::fs;
use std::path::{Path, PathBuf};

use store::{Flaw, Key, Store, seal, unseal};

const CONTENT: &[u8] = "вывод".as_bytes();

fn key() -> Key {
    Key::of(&[("страница", b"src/math/svd.md")])
}

fn filled() -> (tempfile::TempDir, Store, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(folder.path().join("хранилище"));
    store.put("execution", &key(), CONTENT).expect("a new store can be written");
    let digits = key().to_string();
    let path = folder.path().join("хранилище/execution").join(&digits[..2]).join(&digits[2..]);
    (folder, store, path)
}

#[test]
fn an_entry_is_found_again_by_its_kind_and_key_only() {
    let (_folder, store, _) = filled();
    assert_eq!(store.get("execution", &key()).as_deref(), Some(CONTENT));
    assert_eq!(store.get("execution", &Key::of(&[])), None);
    assert_eq!(store.get("formula", &key()), None);
    assert_eq!(store.keys("execution").unwrap(), [key()]);
}

#[test]
fn an_entry_of_no_bytes_is_an_entry() {
    let (_folder, store, _) = filled();
    store.put("execution", &key(), b"").unwrap();
    assert_eq!(store.get("execution", &key()).as_deref(), Some(&b""[..]));
}

#[test]
fn every_flipped_byte_makes_a_miss() {
    let (_folder, store, path) = filled();
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        for flip in [1, 0x80, 0xff] {
            let mut broken = whole.clone();
            broken[at] ^= flip;
            fs::write(&path, broken).unwrap();
            assert_eq!(store.get("execution", &key()), None, "byte {at}");
        }
    }
    store.put("execution", &key(), CONTENT).unwrap();
    assert_eq!(store.get("execution", &key()).as_deref(), Some(CONTENT));
}

#[test]
fn every_torn_or_longer_entry_makes_a_miss() {
    let (_folder, store, path) = filled();
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert_eq!(store.get("execution", &key()), None, "{length} bytes");
    }
    fs::write(&path, [&whole[..], b"\0"].concat()).unwrap();
    assert_eq!(store.get("execution", &key()), None);
}

#[test]
fn an_entry_under_a_foreign_name_makes_a_miss() {
    let (folder, store, path) = filled();
    let other = Key::of(&[("страница", b"src/other.md")]);
    store.put("execution", &other, "другое".as_bytes()).unwrap();
    let digits = other.to_string();
    let foreign = folder.path().join("хранилище/execution").join(&digits[..2]).join(&digits[2..]);
    fs::copy(&foreign, &path).unwrap();
    assert_eq!(store.get("execution", &key()), None);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(store.get("execution", &key()), None);
}

#[test]
fn writers_at_once_never_show_a_reader_half_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path());
    let contents: Vec<Vec<u8>> = (0..2).map(|writer| vec![writer; 100_000]).collect();
    store.put("execution", &key(), &contents[0]).unwrap();
    std::thread::scope(|scope| {
        for content in &contents {
            scope.spawn(|| (0..50).for_each(|_| store.put("execution", &key(), content).unwrap()));
        }
        for _ in 0..200 {
            assert!(contents.contains(&store.get("execution", &key()).unwrap()));
        }
    });
    assert_eq!(fs::read_dir(folder.path().join("execution")).unwrap().count(), 1);
}

#[test]
fn a_copied_store_is_a_store() {
    let (folder, _, path) = filled();
    let copy = folder.path().join("копия");
    let place = copy.join(path.strip_prefix(folder.path().join("хранилище")).unwrap());
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::copy(&path, place).unwrap();
    assert_eq!(Store::open(copy).get("execution", &key()).as_deref(), Some(CONTENT));
}

#[test]
fn a_store_that_cannot_be_written_still_reads() {
    let (folder, store, _) = filled();
    // A file where a folder belongs stops root too, whom permissions do not.
    let other = Store::open(folder.path().join("файл"));
    fs::write(folder.path().join("файл"), "занято").unwrap();
    let error = other.put("execution", &key(), CONTENT).unwrap_err().to_string();
    assert!(error.starts_with("writing "), "{error}");
    assert_eq!(other.get("execution", &key()), None);
    read_only(folder.path(), |writable| {
        assert_eq!(store.get("execution", &key()).as_deref(), Some(CONTENT));
        assert!(writable || store.put("formula", &key(), CONTENT).is_err());
    });
}

/// Runs `check` while a folder is read-only, and says whether it is writable all the same, as for root.
#[cfg(unix)]
fn read_only(folder: &Path, check: impl FnOnce(bool)) {
    use std::os::unix::fs::PermissionsExt;
    let store = folder.join("хранилище");
    fs::set_permissions(&store, fs::Permissions::from_mode(0o555)).expect("the folder is ours");
    let writable = fs::create_dir(store.join("проба")).is_ok();
    check(writable);
    fs::set_permissions(&store, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
}

#[cfg(not(unix))]
fn read_only(_: &Path, check: impl FnOnce(bool)) {
    check(true);
}

#[test]
fn a_sweep_removes_what_is_not_kept() {
    let (folder, store, path) = filled();
    let other = Key::of(&[("страница", b"src/other.md")]);
    store.put("execution", &other, CONTENT).unwrap();
    let fresh = path.with_file_name(".new-fresh");
    fs::write(&fresh, "ещё пишется").unwrap();
    assert!(store.sweep("execution", &|found| *found == other).unwrap() > CONTENT.len() as u64);
    assert_eq!(store.keys("execution").unwrap(), [other]);
    assert!(fresh.exists(), "a file that may still be written stays");
    assert_eq!(Store::open(folder.path().join("нет")).sweep("execution", &|_| false).unwrap(), 0);
}

#[test]
fn a_kind_is_a_word() {
    let (_folder, store, _) = filled();
    for kind in ["", "../выше", "a/b", "Вид"] {
        assert!(store.put(kind, &key(), CONTENT).is_err(), "{kind}");
    }
}

#[test]
fn keys_are_read_as_they_are_written_and_parts_do_not_run_together() {
    assert_eq!(Key::parse(&key().to_string()), Some(key()));
    assert_eq!(Key::parse("не ключ"), None);
    assert_ne!(Key::of(&[("a", b"bc")]), Key::of(&[("ab", b"c")]));
    assert_ne!(Key::of(&[("a", b""), ("b", b"")]), Key::of(&[("a", b"\x01\0\0\0\0\0\0\0b")]));
}

#[test]
fn an_entry_that_comes_from_elsewhere_is_that_of_a_store_or_says_why_not() {
    let (_folder, store, path) = filled();
    let entry = seal("execution", &key(), CONTENT);
    assert_eq!(entry, fs::read(path).unwrap());
    assert_eq!(unseal("execution", &key(), &entry), Ok(CONTENT));
    for length in 0..entry.len() {
        assert_eq!(unseal("execution", &key(), &entry[..length]), Err(Flaw::Torn), "{length} bytes");
    }
    assert_eq!(unseal("execution", &key(), &[&*entry, b"\n"].concat()), Err(Flaw::Torn));
    assert_eq!(unseal("formula", &key(), &entry), Err(Flaw::Flipped));
    assert_eq!(unseal("execution", &Key::of(&[]), &entry), Err(Flaw::Flipped));
    for at in 0..entry.len() {
        let mut flipped = entry.clone();
        flipped[at] ^= 1;
        let flaw = match at {
            0..8 => Flaw::Foreign,
            8..12 => Flaw::Format,
            12..20 => Flaw::Torn,
            _ => Flaw::Flipped,
        };
        assert_eq!(unseal("execution", &key(), &flipped), Err(flaw), "byte {at}");
    }
    store.remove("execution", &key()).unwrap();
    store.remove("execution", &key()).unwrap();
    assert_eq!(store.get("execution", &key()), None);
}

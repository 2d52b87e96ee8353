//! Files and artefacts: everything a page takes from outside itself passes through the engine, which puts it into the page's key.

use std::io;

use crate::channel::engine;
use crate::wire::Event;

/// Reads a file of the book's `data` folder; `path` is relative to it, with forward slashes.
///
/// Without an engine the folder `data` is looked for in the working directory and above it.
pub fn read(path: &str) -> io::Result<Vec<u8>> {
    match engine() {
        Some(mut engine) => engine.ask(Event::Read(path.to_owned())),
        None => std::fs::read(above("data")?.join(path)),
    }
}

/// Saves an artefact (a trained model, a vocabulary) under a name that other pages load.
pub fn save(name: &str, bytes: &[u8]) -> io::Result<()> {
    match engine() {
        Some(mut engine) => engine.ask(Event::Save { name: name.to_owned(), bytes: bytes.to_vec() }).map(drop),
        None => std::fs::create_dir_all("artefacts").and_then(|()| std::fs::write(format!("artefacts/{name}"), bytes)),
    }
}

/// Loads an artefact that another page saved.
pub fn load(name: &str) -> io::Result<Vec<u8>> {
    match engine() {
        Some(mut engine) => engine.ask(Event::Load(name.to_owned())),
        None => std::fs::read(above("artefacts")?.join(name)),
    }
}

fn above(folder: &str) -> io::Result<std::path::PathBuf> {
    let here = std::env::current_dir()?;
    let found = here.ancestors().map(|parent| parent.join(folder)).find(|path| path.is_dir());
    found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("no folder `{folder}` here or above")))
}

//! The order of pages: a page that loads an artefact runs after the page that saves it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use diagnostic::{Diagnostic, Place};

use crate::page::Page;
use crate::plan::Session;
use crate::run::Scope;

/// Pages that can run at the same time, wave after wave, and what is wrong with the artefacts.
pub fn waves(pages: &[Page], sessions: &[Option<Session>]) -> (Vec<Vec<usize>>, Vec<Diagnostic>) {
    let (savers, mut diagnostics) = savers(pages, sessions);
    let mut waiting: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, session) in sessions.iter().enumerate() {
        let Some(session) = session else { continue };
        let mut needs = BTreeSet::new();
        for (name, range) in &session.loads {
            match savers.get(name.as_str()) {
                Some((saver, _)) => drop(needs.insert(*saver)),
                None => diagnostics.push(missing(&pages[index], name, range, savers.keys())),
            }
        }
        waiting.insert(index, needs);
    }
    let mut waves = Vec::new();
    loop {
        let ready: Vec<usize> = waiting.iter().filter(|(_, needs)| needs.is_empty()).map(|(index, _)| *index).collect();
        if ready.is_empty() {
            break;
        }
        waiting.retain(|index, _| !ready.contains(index));
        for needs in waiting.values_mut() {
            needs.retain(|need| !ready.contains(need) && sessions[*need].is_some());
        }
        waves.push(ready);
    }
    diagnostics.extend(cycle(pages, sessions, &waiting));
    (waves, diagnostics)
}

/// The pages that may be run: those of the scope, and all that save what they load.
pub fn scope(pages: &[Page], sessions: &[Option<Session>], scope: &Scope) -> BTreeSet<usize> {
    let Scope::Pages(paths) = scope else { return (0..pages.len()).collect() };
    let (savers, _) = savers(pages, sessions);
    let mut found = BTreeSet::new();
    let mut open: Vec<usize> = (0..pages.len()).filter(|index| paths.contains(&pages[*index].path)).collect();
    while let Some(index) = open.pop() {
        if found.insert(index) {
            let loads = sessions[index].iter().flat_map(|session| &session.loads);
            open.extend(loads.filter_map(|(name, _)| Some(savers.get(name.as_str())?.0)));
        }
    }
    found
}

type Savers<'a> = BTreeMap<&'a str, (usize, Range<usize>)>;

/// Which page saves which artefact.
fn savers<'a>(pages: &[Page], sessions: &'a [Option<Session>]) -> (Savers<'a>, Vec<Diagnostic>) {
    let mut savers = Savers::new();
    let mut diagnostics = Vec::new();
    for (index, session) in sessions.iter().enumerate() {
        for (name, range) in session.iter().flat_map(|session| &session.saves) {
            if let Some((other, first)) = savers.get(name.as_str()) {
                let place = Place::new(&pages[index].path, range.clone());
                diagnostics.push(
                    Diagnostic::error("artefact-twice", format!("the artefact `{name}` is saved twice"), place)
                        .also(Place::new(&pages[*other].path, first.clone()), "first here")
                        .help("give one of them another name"),
                );
                continue;
            }
            savers.insert(name, (index, range.clone()));
        }
    }
    (savers, diagnostics)
}

fn missing<'a>(page: &Page, name: &str, range: &Range<usize>, known: impl Iterator<Item = &'a &'a str>) -> Diagnostic {
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    let help = match known.as_slice() {
        [] => "no page saves an artefact; save it with `artefact::save(\"name\", &bytes)?`".to_owned(),
        known => format!("pages save {}", known.join(", ")),
    };
    Diagnostic::error(
        "unknown-artefact",
        format!("no page saves the artefact `{name}`"),
        Place::new(&page.path, range.clone()),
    )
    .help(help)
}

/// One message for the pages that wait for each other: where each loads what the next one saves.
fn cycle(
    pages: &[Page],
    sessions: &[Option<Session>],
    waiting: &BTreeMap<usize, BTreeSet<usize>>,
) -> Option<Diagnostic> {
    let mut path = vec![*waiting.keys().next()?];
    let round = loop {
        let next = *waiting.get(path.last()?)?.iter().find(|need| waiting.contains_key(need))?;
        if let Some(at) = path.iter().position(|page| *page == next) {
            break path.split_off(at);
        }
        path.push(next);
    };
    let place = |from: usize, to: usize| {
        let saved: Vec<&String> =
            sessions[to].iter().flat_map(|session| session.saves.iter().map(|(name, _)| name)).collect();
        let (name, range) =
            sessions[from].iter().flat_map(|session| &session.loads).find(|(name, _)| saved.contains(&name))?;
        Some((name.clone(), Place::new(&pages[from].path, range.clone())))
    };
    let pairs = round.iter().zip(round.iter().cycle().skip(1)).filter_map(|(from, to)| place(*from, *to));
    let places: Vec<(String, Place)> = pairs.collect();
    let (name, first) = places.first()?;
    let mut diagnostic = Diagnostic::error("artefact-cycle", "pages wait for each other's artefacts", first.clone())
        .label(format!("needs `{name}`"))
        .help("move what both need to a page of its own");
    for (name, place) in &places[1..] {
        diagnostic = diagnostic.also(place.clone(), format!("needs `{name}`"));
    }
    Some(diagnostic)
}

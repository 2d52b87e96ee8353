//! A small server that shows files of one folder to this machine, and tells open pages when it shows others.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::notice;
use super::published::{Published, State};

/// How many requests are answered at once.
const THREADS: usize = 4;
/// Where open pages hear of changes.
const EVENTS: &str = "/.book/events";

/// Starts the server on this machine's own address; port 0 takes a free one.
pub fn start(port: u16, published: &Arc<Published>) -> anyhow::Result<SocketAddr> {
    // Only this machine: the server knows no passwords.
    let server = Server::http((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| anyhow!("serving on port {port}: {error}; choose another one with --port"))?;
    let Some(address) = server.server_addr().to_ip() else { bail!("the server has no address") };
    let server = Arc::new(server);
    for _ in 0..THREADS {
        let (server, published) = (Arc::clone(&server), Arc::clone(published));
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                // A browser that went away needs no answer.
                let _ = answer(request, &published);
            }
        });
    }
    Ok(address)
}

fn answer(request: Request, published: &Arc<Published>) -> std::io::Result<()> {
    if !is_from_here(&request) || !matches!(request.method(), Method::Get | Method::Head) {
        return respond(request, 403, "text/html; charset=utf-8", notice::refused(published.now().words).into_bytes());
    }
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    if path == EVENTS {
        let published = Arc::clone(published);
        std::thread::spawn(move || tell(request.into_writer(), &published));
        return Ok(());
    }
    let (status, kind, body) = content(&path, &published.now());
    respond(request, status, kind, body)
}

/// Whether the browser believes to talk to this machine: a foreign page may not read the book under a name of its own.
fn is_from_here(request: &Request) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    let host = host.map(|header| header.value.as_str()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["127.0.0.1", "localhost", "[::1]"].contains(&name)
}

fn respond(request: Request, status: u16, kind: &str, body: Vec<u8>) -> std::io::Result<()> {
    let header = |name: &str, value: &str| Header::from_bytes(name, value).expect("headers are plain ASCII");
    let response = Response::from_data(body)
        .with_status_code(StatusCode(status))
        .with_header(header("Content-Type", kind))
        .with_header(header("Cache-Control", "no-store"));
    request.respond(response)
}

/// What is at an address: status, type, bytes.
fn content(path: &str, state: &State) -> (u16, &'static str, Vec<u8>) {
    const HTML: &str = "text/html; charset=utf-8";
    let page = |status, html: &str| (status, HTML, notice::with_script(html, state).into_bytes());
    let Some(folder) = &state.folder else { return page(503, &notice::not_built(state.words)) };
    let shown = percent_decode_str(path).decode_utf8_lossy();
    let Some((file, bytes)) = inside(folder, &shown).and_then(|file| Some((file.clone(), std::fs::read(file).ok()?)))
    else {
        return page(404, &notice::not_found(state.words, &shown));
    };
    match kind(&file) {
        HTML => page(200, &String::from_utf8_lossy(&bytes)),
        kind => (200, kind, bytes),
    }
}

/// The file of an address; `None` for whatever would lead out of the folder.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut file = folder.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == "." || part == ".." || part.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "txt" | "csv" | "rs" | "toml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Writes an event for every change, as long as the page is open.
fn tell(mut page: impl Write, published: &Published) -> std::io::Result<()> {
    page.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
    )?;
    let mut state = published.now();
    loop {
        page.write_all(event(&state).as_bytes())?;
        page.flush()?;
        loop {
            if let Some(newer) = published.after(state.moment) {
                state = newer;
                break;
            }
            // A comment, which fails when the page was closed.
            page.write_all(b":\n\n")?;
            page.flush()?;
        }
    }
}

fn event(state: &State) -> String {
    let name = match state {
        State { building: Some(_), .. } => "building",
        State { failure: Some(_), .. } => "failed",
        State { folder: Some(_), .. } => "built",
        _ => "waiting",
    };
    let data = serde_json::json!({ "version": state.version, "over": notice::over(state) });
    format!("event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir_all(site.join("глава")).unwrap();
        std::fs::write(folder.path().join("тайна"), "1").unwrap();
        std::fs::write(site.join("index.html"), "2").unwrap();
        std::fs::write(site.join("глава/а.html"), "3").unwrap();
        for out in ["/../тайна", "/глава/../../тайна", "/..", "/глава/..", "/\\..\\тайна", "/./index.html", "/C:/x"]
        {
            assert_eq!(inside(&site, out), None, "{out}");
        }
        assert_eq!(inside(&site, "/"), Some(site.join("index.html")));
        assert_eq!(inside(&site, "//глава//а.html"), Some(site.join("глава/а.html")));
        assert_eq!(inside(&site, "/глава/"), None);
    }
}

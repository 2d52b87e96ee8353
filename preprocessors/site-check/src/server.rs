//! A server of static files, as plain as GitHub Pages.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::pages::decode;

/// A server that runs until the process ends.
pub struct Server {
    /// How its addresses begin, `http://127.0.0.1:1234/`.
    pub address: String,
}

impl Server {
    /// Serves a folder on a free port of this machine.
    pub fn start(site: &Path) -> Result<Self> {
        Self::delaying(site, Duration::ZERO)
    }

    /// The same from far away: fonts come when the text has been drawn for long.
    pub fn with_late_fonts(site: &Path) -> Result<Self> {
        Self::delaying(site, Duration::from_millis(700))
    }

    fn delaying(site: &Path, fonts: Duration) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("opening a port for the site")?;
        let address = format!("http://{}/", listener.local_addr()?);
        let site = site.to_path_buf();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = site.clone();
                // A browser that goes away in the middle of an answer is no error.
                thread::spawn(move || _ = answer(stream, &site, fonts));
            }
        });
        Ok(Self { address })
    }
}

fn answer(mut stream: TcpStream, site: &Path, fonts: Duration) -> std::io::Result<()> {
    let mut request = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    request.read_line(&mut line)?;
    loop {
        let mut header = String::new();
        if request.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
    }
    let target = line.split_whitespace().nth(1).unwrap_or("/");
    let path = decode(target.split(['?', '#']).next().unwrap_or_default());
    let path = path.trim_start_matches('/');
    let is_outside = path.split('/').any(|part| part == "..");
    let file = if path.is_empty() || is_outside { site.join("index.html") } else { site.join(path) };
    let (status, body) = match fs::read(&file) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", fs::read(site.join("404.html")).unwrap_or_default()),
    };
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        _ if status != "200 OK" => "text/html; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    if kind == "font/woff2" {
        thread::sleep(fonts);
    }
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

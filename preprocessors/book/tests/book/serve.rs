//! `serve`: pages in a browser, reloads, failures on top.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use serde_json::Value;

use crate::fixture::{self, BookTest};

/// A server and its address.
struct Server {
    child: Child,
    address: String,
    /// Where it may leave things behind.
    temporary: tempfile::TempDir,
    /// Its events.
    said: Arc<Mutex<Vec<Value>>>,
}

/// What a page is told.
#[derive(Debug)]
struct Event {
    name: String,
    version: String,
    /// HTML that lies over the page.
    over: String,
}

/// All that a page hears.
struct Events(BufReader<TcpStream>);

impl Server {
    fn start(book: &BookTest) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut command = book.command(&["serve", "--port", "0", "--message-format", "json"]);
        let mut child = command.env("TMPDIR", temporary.path()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(first["reason"], "serving");
        let address = first["address"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let said = Arc::<Mutex<Vec<Value>>>::default();
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| heard.lock().unwrap().push(serde_json::from_str(&line).unwrap()));
        });
        Self { child, address, temporary, said }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(600))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Status and body.
    fn get(&self, path: &str) -> (u16, String) {
        const BARE: &AsciiSet = &CONTROLS.add(b' ');
        let path = utf8_percent_encode(path, BARE);
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn ask(&self, request: &str) -> (u16, String) {
        let mut answer = Vec::new();
        self.connect(request).read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// Waits until no program of a page is left.
    fn wait_for_programs(&self) {
        let is_ours = |process: &std::fs::DirEntry| {
            std::fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe.starts_with(self.temporary.path()))
        };
        while std::fs::read_dir("/proc").into_iter().flatten().flatten().any(|process| is_ours(&process)) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn events(&self) -> Events {
        let request = format!("GET /.book/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let mut stream = BufReader::new(self.connect(&request));
        let mut line = String::new();
        while stream.read_line(&mut line).unwrap() > 2 {
            line.clear();
        }
        Events(stream)
    }

    fn interrupt(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        assert_eq!(std::fs::read_dir(self.temporary.path()).unwrap().count(), 0, "nothing is left behind");
    }
}

impl Events {
    /// The first event from here on that is wanted.
    fn first(&mut self, is_wanted: impl Fn(&Event) -> bool) -> Event {
        self.until(is_wanted).pop().unwrap()
    }

    /// The events up to that one, itself included.
    fn until(&mut self, is_wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut events = vec![self.next()];
        while !is_wanted(&events[events.len() - 1]) {
            events.push(self.next());
        }
        events
    }

    fn next(&mut self) -> Event {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the server went away");
            if let Some(event) = line.strip_prefix("event: ") {
                event.trim_end().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                let said: Value = serde_json::from_str(data).unwrap();
                let text = |key: &str| said[key].as_str().unwrap().to_owned();
                return Event { name, version: text("version"), over: text("over") };
            }
        }
    }
}

fn built(event: &Event) -> bool {
    event.name == "built"
}

fn failed(event: &Event) -> bool {
    event.name == "failed"
}

#[test]
fn pages_are_served_reloaded_and_kept_when_the_book_is_wrong() {
    let book = fixture::book();
    let server = Server::start(&book);
    let mut events = server.events();
    let first = events.first(built).version;
    let (status, page) = server.get("/данные.html");
    assert_eq!(status, 200);
    assert!(page.contains("строк: 2") && page.contains(&format!("data-version=\"{first}\"")), "{page}");
    assert!(!book.path("book").exists(), "the folder of `build` is not touched");

    book.replace("src/данные.md", "# Данные", "# Новые данные");
    let said = events.until(|event| built(event) && event.version != first);
    assert!(said.iter().any(|event| event.name == "building" && event.over.contains("собирается…")), "{said:?}");
    assert!(server.get("/данные.html").1.contains("Новые данные"));

    book.replace("src/данные.md", "claim: длина > 1", "claim: длина > 2 && \"<script>\".is_empty()");
    let failure = events.first(failed).over;
    assert!(failure.contains("role=\"alert\"") && failure.contains("&lt;script&gt;"), "{failure}");
    assert!(failure.contains("1\u{a0}ошибка: показана прежняя страница"), "{failure}");
    assert!(failure.contains("ошибка[false-claim]: утверждение ложно"), "{failure}");
    assert!(failure.contains("src/данные.md:11"), "{failure}");
    let (status, page) = server.get("/");
    assert_eq!(status, 200);
    assert!(
        page.contains("role=\"alert\"") && !page.contains("<script>\".is_empty"),
        "the old page, with the failure on top"
    );

    book.replace("src/данные.md", "claim: длина > 2 && \"<script>\".is_empty()", "claim: длина > 2");
    book.write("data/ирис.csv", "1\n2\n3\n");
    events.first(built);
    assert!(server.get("/данные.html").1.contains("строк: 3"));
    server.interrupt();
}

#[test]
fn a_save_stops_a_program_that_nobody_wants_any_more() {
    let book = fixture::book();
    // Whoever waited for the limit would wait longer than this test is patient.
    book.replace("book.toml", "seconds = 20", "seconds = 3600");
    let server = Server::start(&book);
    let mut events = server.events();
    events.first(built);
    let right = book.read("src/данные.md");
    book.write("src/данные.md", &format!("{right}\n```rust cell\nloop {{}}\n```\n"));
    events.first(|event| event.over.contains("собирается… src/данные.md"));
    book.write("src/данные.md", &right.replace("# Данные", "# Исправлено"));
    let said = events.until(built);
    assert!(said.iter().all(|event| event.name != "failed"), "{said:?}");
    assert!(server.get("/данные.html").1.contains("Исправлено"));
    let ran = |event: &&Value| event["result"] == "started";
    let ran: Vec<String> =
        server.said.lock().unwrap().iter().filter(ran).map(|event| event["page"].to_string()).collect();
    let of_the_page = ran.iter().filter(|page| page.contains("данные")).count();
    assert_eq!(of_the_page, 2, "the first time and the one that hangs; what was right before is in the store: {ran:?}");
    assert_eq!(
        ran.iter().collect::<std::collections::BTreeSet<_>>().len() + 1,
        ran.len(),
        "no other page is run again: {ran:?}"
    );
    server.wait_for_programs();
    server.interrupt();
}

#[test]
fn a_save_elsewhere_lets_a_program_go_on() {
    let book = fixture::book();
    let server = Server::start(&book);
    let mut events = server.events();
    events.first(built);
    // It waits: work would take longer the busier the machine is, and be stopped.
    let slow = "\n```rust cell\nstd::thread::sleep(std::time::Duration::from_secs(3));\n1 < 2\n```\n";
    let before = book.read("src/данные.md");
    book.write("src/данные.md", &format!("{before}{slow}"));
    events.first(|event| event.over.contains("собирается… src/данные.md"));
    book.replace("src/index.md", "# ", "# Правка. ");
    while !server.get("/index.html").1.contains("Правка.") {
        events.first(built);
    }
    assert!(server.get("/данные.html").1.contains("true"));
    let started = |event: &Value| event["result"] == "started" && event["page"] == "src/данные.md";
    let starts = server.said.lock().unwrap().iter().filter(|event| started(event)).count();
    assert_eq!(starts, 2, "once for the first site, once for the slow cell");
    server.interrupt();
}

#[test]
fn a_page_says_what_a_check_would_find() {
    let book = fixture::book();
    book.write("src/забытая.md", "# Забытая\n");
    let server = Server::start(&book);
    let mut events = server.events();
    let found = events.first(|event| event.over.contains("проверка нашла"));
    assert!(found.over.contains("проверка нашла: 1\u{a0}предупреждение"), "{found:?}");
    assert!(found.over.contains("нет в SUMMARY.md, так что в книге этой страницы нет"), "and what it is: {found:?}");
    assert!(found.over.contains("role=\"status\"") && !found.over.contains("role=\"alert\""), "the page is not hidden");
    server.interrupt();
}

#[test]
fn every_file_that_the_book_depends_on_is_seen_and_leftovers_of_editors_are_not() {
    let book = fixture::book();
    book.write("src/SUMMARY.md", "- [О книге](index.md)\n");
    book.write("заметки/включено.md", "Раз.\n");
    book.write("src/index.md", "# О книге\n\n{{#include ../заметки/включено.md}}\n\n[рисунок](рис/а.txt)\n");
    book.write("src/рис/а.txt", "один");
    let server = Server::start(&book);
    let mut events = server.events();
    let version = events.first(built).version;
    // Nothing comes of these; if a build came of them, the next one would be its.
    for name in ["src/.#index.md", "src/index.md~", "src/.index.md.swp", "src/#index.md#", "src/4913"] {
        book.write(name, "Ничего.");
    }
    book.write("заметки/включено.md", "Два.\n");
    events.first(|event| built(event) && event.version != version);
    assert!(server.get("/index.html").1.contains("Два."));
    assert_eq!(server.get("/index.md~").0, 404);
    book.write("src/рис/а.txt", "два");
    while server.get("/рис/а.txt").1 != "два" {
        events.first(built);
    }
    book.write("syllabus.json", "{}");
    events.first(|event| event.name == "building");
    events.first(built);
    server.interrupt();
}

#[test]
fn the_server_shows_the_book_and_nothing_else() {
    let book = fixture::book();
    // No cells: the first build is quick.
    book.write("src/SUMMARY.md", "- [О книге](index.md)\n");
    book.write("src/index.md", "# О книге\n");
    let server = Server::start(&book);
    server.events().first(built);
    for path in [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/..%2fbook.toml",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/нет.html",
        "//etc/passwd",
    ] {
        let (status, page) = server.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("Такой страницы нет") && page.contains("lang=\"ru\""), "{page}");
    }
    let foreign = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.ask(foreign).0, 403);
    let post = format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", server.address);
    assert_eq!(server.ask(&post).0, 403);
    server.interrupt();
}

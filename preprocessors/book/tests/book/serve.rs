//! `serve`: pages in a browser, reloads, failures on top.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::fixture::{self, BookTest};

/// A server and its address.
struct Server {
    child: Child,
    address: String,
    /// Where it may leave things behind.
    temporary: tempfile::TempDir,
}

/// What a page hears.
struct Events(BufReader<TcpStream>);

impl Server {
    fn start(book: &BookTest) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut command = book.command(&["serve", "--port", "0", "--message-format", "json"]);
        let mut child = command.env("TMPDIR", temporary.path()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(first["reason"], "serving");
        let address = first["address"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, temporary }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
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
    /// The next event: its name and what it says.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the server went away");
            if let Some(event) = line.strip_prefix("event: ") {
                event.trim_end().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, data.trim_end().to_owned());
            }
        }
    }
}

#[test]
fn pages_are_served_reloaded_and_kept_when_the_book_is_wrong() {
    let book = fixture::book();
    let server = Server::start(&book);
    let mut events = server.events();
    let (name, first) = events.next();
    assert_eq!(name, "built");
    let (status, page) = server.get("/данные.html");
    assert_eq!(status, 200);
    assert!(page.contains("строк: 2") && page.contains(&format!("data-version=\"{first}\"")), "{page}");
    assert!(!book.path("book").exists(), "the folder of `build` is not touched");

    book.replace("src/данные.md", "# Данные", "# Новые данные");
    let (name, second) = events.next();
    assert_eq!(name, "built");
    assert_ne!(second, first);
    assert!(server.get("/данные.html").1.contains("Новые данные"));

    book.replace("src/данные.md", "claim: длина > 1", "claim: длина > 2 && \"<script>\".is_empty()");
    let (name, failure) = events.next();
    assert_eq!(name, "failed");
    let failure: String = serde_json::from_str(&failure).unwrap();
    assert!(failure.contains("role=\"alert\"") && failure.contains("&lt;script&gt;"), "{failure}");
    assert!(failure.contains("src/данные.md:11"), "{failure}");
    let (status, page) = server.get("/");
    assert_eq!(status, 200);
    assert!(
        page.contains("role=\"alert\"") && !page.contains("<script>\".is_empty"),
        "the old page, with the failure on top"
    );

    book.replace("src/данные.md", "claim: длина > 2 && \"<script>\".is_empty()", "claim: длина > 2");
    book.write("data/ирис.csv", "1\n2\n3\n");
    while events.next().0 == "failed" {}
    assert!(server.get("/данные.html").1.contains("строк: 3"));
    server.interrupt();
}

#[test]
fn the_server_shows_the_book_and_nothing_else() {
    let book = fixture::book();
    // No cells: the first build is quick.
    book.write("src/SUMMARY.md", "- [О книге](index.md)\n");
    book.write("src/index.md", "# О книге\n");
    let server = Server::start(&book);
    assert_eq!(server.events().next().0, "built");
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

//! A Chromium of our own, spoken to in the DevTools protocol.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// How long a page or an answer may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running browser without a window; it ends when this is dropped.
pub struct Chromium {
    process: Child,
    socket: WebSocket<TcpStream>,
    last: u64,
    events: VecDeque<Value>,
    // Deleted last, after the browser that writes into it.
    _profile: TempDir,
}

/// Where Chromium is installed, if it is.
pub fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

impl Chromium {
    /// Starts the browser.
    pub fn start() -> Result<Self> {
        let program = find_chromium().context("there is no Chromium on the PATH")?;
        let profile = TempDir::new().context("making a folder for Chromium's profile")?;
        let mut process = Command::new(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio"])
            // A tab that is not in front, or a machine with little shared memory, must not stop a page's frames.
            .args(["--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding"])
            .args(["--disable-background-timer-throttling", "--disable-dev-shm-usage"])
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("starting Chromium")?;
        let errors = process.stderr.take().context("reading what Chromium says")?;
        let mut lines = BufReader::new(errors).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned));
        // The rest must be read, or Chromium waits for the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let address = address.context("Chromium did not say where it listens")?;
        let host =
            address.strip_prefix("ws://").and_then(|rest| rest.split('/').next()).context("Chromium's address")?;
        let stream = TcpStream::connect(host).context("connecting to Chromium")?;
        let (mut socket, _) = tungstenite::client(&address, stream)
            .map_err(|error| anyhow!("{error}"))
            .context("connecting to Chromium")?;
        socket.get_mut().set_read_timeout(Some(Duration::from_millis(200))).context("connecting to Chromium")?;
        Ok(Self { process, socket, last: 0, events: VecDeque::new(), _profile: profile })
    }

    /// Calls a method and waits for its answer; events that come before it are kept.
    pub(crate) fn call(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Result<Value> {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string())).with_context(|| format!("calling {method}"))?;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let Some(mut message) = self.receive()? else { continue };
            ensure!(!has_crashed(&message, session), "Chromium lost the page's process during {method}");
            if message["id"] != json!(id) {
                self.events.push_back(message);
                continue;
            }
            ensure!(message["error"].is_null(), "{method}: {}", message["error"]["message"]);
            return Ok(message["result"].take());
        }
        bail!("Chromium did not answer {method}")
    }

    /// Waits for an event of a session.
    pub(crate) fn wait(&mut self, session: &str, method: &str, seen: &mut Vec<Value>) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let Some(event) = self.next(session)? else { continue };
            ensure!(!has_crashed(&event, Some(session)), "Chromium lost the page's process before {method}");
            let is_it = event["method"] == method;
            seen.push(event);
            if is_it {
                return Ok(());
            }
        }
        bail!("Chromium did not say {method}")
    }

    /// The events of a session that have come so far.
    pub(crate) fn drain(&mut self, session: &str, seen: &mut Vec<Value>) -> Result<()> {
        while let Some(event) = self.next(session)? {
            seen.push(event);
        }
        Ok(())
    }

    fn next(&mut self, session: &str) -> Result<Option<Value>> {
        loop {
            let event = match self.events.pop_front() {
                Some(event) => event,
                None => match self.receive()? {
                    Some(event) => event,
                    None => return Ok(None),
                },
            };
            if event["sessionId"] == session {
                return Ok(Some(event));
            }
        }
    }

    fn receive(&mut self) -> Result<Option<Value>> {
        match self.socket.read() {
            Ok(message) => Ok(message.to_text().ok().and_then(|text| serde_json::from_str(text).ok())),
            Err(tungstenite::Error::Io(error))
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(error).context("listening to Chromium"),
        }
    }
}

/// Whether the process of a session's page has ended: nothing of it is answered any more.
fn has_crashed(message: &Value, session: Option<&str>) -> bool {
    message["method"] == "Inspector.targetCrashed" && message["sessionId"].as_str() == session
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_whose_process_has_ended_is_not_waited_for() {
        let event = json!({ "method": "Inspector.targetCrashed", "params": {}, "sessionId": "а" });
        assert!(has_crashed(&event, Some("а")));
        assert!(!has_crashed(&event, Some("б")));
        assert!(!has_crashed(&json!({ "method": "Page.loadEventFired", "sessionId": "а" }), Some("а")));
        assert!(!has_crashed(&json!({ "id": 1, "result": {}, "sessionId": "а" }), Some("а")));
    }
}

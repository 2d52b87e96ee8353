//! A tab: a page in it, what it did, and what a reader can do to it.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::finding::View;

/// A page that is open.
pub struct Tab<'a> {
    chromium: &'a mut Chromium,
    target: String,
    session: String,
    events: Vec<Value>,
    has_scripts: bool,
}

/// What a page did that it should not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// A request to somewhere else.
    Outside(String),
    /// A request that failed.
    Failed(String),
    /// A line in the console.
    Console(String),
}

impl<'a> Tab<'a> {
    /// An empty tab that looks as `view` says.
    pub fn new(chromium: &'a mut Chromium, view: View) -> Result<Self> {
        let target = text(&chromium.call(None, "Target.createTarget", &json!({ "url": "about:blank" }))?["targetId"]);
        let attached = chromium.call(None, "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }))?;
        let session = text(&attached["sessionId"]);
        let mut tab = Self { chromium, target, session, events: Vec::new(), has_scripts: true };
        for domain in ["Page", "Network", "Runtime", "Log", "Inspector"] {
            tab.call(&format!("{domain}.enable"), &json!({}))?;
        }
        // A page that is taken for hidden has no frames, and is waited for in vain.
        tab.call("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        // The page for the printer asks for it by itself, and a second print in the middle of a first is refused.
        tab.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": "window.print = () => {};" }))?;
        let is_phone = view.width < 600;
        let metrics = json!({ "width": view.width, "height": 800, "deviceScaleFactor": 1, "mobile": is_phone });
        tab.call("Emulation.setDeviceMetricsOverride", &metrics)?;
        let features = json!([
            { "name": "prefers-color-scheme", "value": view.scheme() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        tab.call("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        Ok(tab)
    }

    /// Gives the window another size, as when a phone is turned.
    pub fn resize(&mut self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
        self.call("Emulation.setDeviceMetricsOverride", &metrics)?;
        Ok(())
    }

    /// Opens an address and waits until it is drawn.
    pub fn open(&mut self, url: &str) -> Result<()> {
        self.events.clear();
        let answer = self.call("Page.navigate", &json!({ "url": url }))?;
        if let Some(error) = answer["errorText"].as_str() {
            bail!("{url}: {error}");
        }
        self.loaded()
    }

    /// Waits for the page that something pressed has opened.
    pub fn loaded(&mut self) -> Result<()> {
        self.chromium.wait(&self.session, "Page.loadEventFired", &mut self.events)?;
        self.settle()
    }

    /// Waits for fonts and two frames; a page without scripts has no frames to wait for.
    pub fn settle(&mut self) -> Result<()> {
        if self.has_scripts {
            let frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))";
            self.evaluate(&format!("document.fonts.ready.then(() => {frames})"))?;
        }
        Ok(())
    }

    /// The value of a JavaScript expression; a promise is waited for.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let options =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let mut answer = self.call("Runtime.evaluate", &options)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            let exception = &exception["exception"]["description"];
            bail!("in the page: {exception}, evaluating {}", expression.chars().take(200).collect::<String>());
        }
        Ok(answer["result"]["value"].take())
    }

    /// The value of an expression once it is one that JavaScript takes for true, or what it still is when patience ends.
    pub fn until(&mut self, expression: &str) -> Result<Value> {
        self.evaluate(&format!(
            "new Promise(done => {{ const last = Date.now() + 20_000; const look = () => {{ const value = {expression}; \
             if (value || Date.now() > last) done(value); else setTimeout(look, 20); }}; look(); }})"
        ))
    }

    /// Presses a key: what it types, its place on the keyboard, its old number.
    pub fn press(&mut self, key: &str, code: &str, number: u32) -> Result<()> {
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number });
            self.call("Input.dispatchKeyEvent", &event)?;
        }
        self.settle()
    }

    /// Types a text into what has the focus.
    pub fn write(&mut self, text: &str) -> Result<()> {
        self.call("Input.insertText", &json!({ "text": text }))?;
        self.settle()
    }

    /// Scrolls through the whole page as a reader does: what is far from the window is laid out, and marked, only when it comes near.
    pub fn read(&mut self) -> Result<()> {
        self.evaluate(
            "(async () => { \
             const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
             for (let y = 0; y < document.scrollingElement.scrollHeight; y += innerHeight) { scrollTo(0, y); await frame(); } \
             scrollTo(0, 0); await frame(); })()",
        )?;
        Ok(())
    }

    /// Brings an element to the middle of the window, and once more when what came near with it has found its size.
    fn show(&mut self, selector: &str) -> Result<()> {
        for _ in 0..2 {
            let shown = format!("document.querySelector({}).scrollIntoView({{ block: 'center' }})", json!(selector));
            self.evaluate(&shown).with_context(|| format!("looking for {selector}"))?;
            self.settle()?;
        }
        Ok(())
    }

    /// Moves the pointer to the middle of the first element that a selector finds.
    pub fn hover(&mut self, selector: &str) -> Result<()> {
        self.show(selector)?;
        let place = format!(
            "(() => {{ const box = document.querySelector({}).getClientRects()[0]; \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        );
        let place = self.evaluate(&place)?;
        self.call("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": place[0], "y": place[1] }))?;
        self.settle()
    }

    /// Drags from one place of an element to another; places are shares of its width.
    pub fn drag(&mut self, selector: &str, from: f64, to: f64) -> Result<()> {
        const STEPS: u32 = 10;
        self.show(selector)?;
        let found = format!(
            "(() => {{ const box = document.querySelector({}).getBoundingClientRect(); \
             return [box.x, box.width, box.y + box.height / 2]; }})()",
            json!(selector)
        );
        let found = self.evaluate(&found)?;
        let number = |at: usize| found[at].as_f64().unwrap_or_default();
        let (left, width, y) = (number(0), number(1), number(2));
        for (kind, share) in std::iter::once(("mousePressed", from))
            .chain((0..=STEPS).map(|step| ("mouseMoved", from + (to - from) * f64::from(step) / f64::from(STEPS))))
            .chain([("mouseReleased", to)])
        {
            let event = json!({ "type": kind, "x": left + width * share, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &event)?;
        }
        self.settle()
    }

    /// A picture of the first element that a selector finds, as PNG in base64.
    pub fn picture(&mut self, selector: &str) -> Result<String> {
        self.show(selector)?;
        let found = format!(
            "(() => {{ const box = document.querySelector({}).getBoundingClientRect(); \
             return {{ x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, scale: 1 }}; }})()",
            json!(selector)
        );
        let clip = self.evaluate(&found)?;
        let options = json!({ "format": "png", "clip": clip, "captureBeyondViewport": true });
        Ok(text(&self.call("Page.captureScreenshot", &options)?["data"]))
    }

    /// The start of the page on A4 as PDF, in base64: the whole of a book would be one message of many megabytes.
    pub fn print(&mut self) -> Result<String> {
        let parameters =
            json!({ "preferCSSPageSize": true, "printBackground": true, "transferMode": "ReturnAsStream" });
        let stream = self.call("Page.printToPDF", &parameters)?["stream"].take();
        let start = text(&self.call("IO.read", &json!({ "handle": stream, "size": 4096 }))?["data"]);
        self.call("IO.close", &json!({ "handle": stream }))?;
        Ok(start)
    }

    /// Lays the page out as on paper whose text is so many pixels wide.
    pub fn on_paper(&mut self, width: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &metrics)?;
        self.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }))?;
        self.settle()
    }

    /// Turns scripts off for the next page.
    pub fn without_scripts(&mut self) -> Result<()> {
        self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        self.has_scripts = false;
        Ok(())
    }

    /// How often the page was laid out so far.
    pub fn layouts(&mut self) -> Result<u64> {
        self.call("Performance.enable", &json!({}))?;
        let metrics = self.call("Performance.getMetrics", &json!({}))?;
        let metrics = metrics["metrics"].as_array().into_iter().flatten();
        let count =
            metrics.filter(|metric| metric["name"] == "LayoutCount").find_map(|metric| metric["value"].as_f64());
        Ok(count.context("Chromium counts no layouts")? as u64)
    }

    /// Addresses that the page has asked for.
    pub fn requests(&mut self) -> Result<Vec<String>> {
        self.chromium.drain(&self.session, &mut self.events)?;
        let requests = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        Ok(requests
            .map(|event| text(&event["params"]["request"]["url"]))
            .filter(|url| !url.starts_with("data:"))
            .collect())
    }

    /// What went wrong so far; `home` is how the site's own addresses begin.
    pub fn troubles(&mut self, home: &str) -> Result<Vec<Trouble>> {
        let outside = self.requests()?.into_iter().filter(|url| !url.starts_with(home)).map(Trouble::Outside);
        let mut troubles: Vec<Trouble> = outside.collect();
        for event in &self.events {
            let details = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Network.loadingFailed" => troubles.push(Trouble::Failed(text(&details["errorText"]))),
                "Runtime.exceptionThrown" => {
                    troubles.push(Trouble::Console(text(&details["exceptionDetails"]["exception"]["description"])));
                }
                "Runtime.consoleAPICalled" if matches!(details["type"].as_str(), Some("error" | "warning")) => {
                    troubles.push(Trouble::Console(details["args"].to_string()));
                }
                "Log.entryAdded" if details["entry"]["level"] == "error" => {
                    troubles.push(Trouble::Console(text(&details["entry"]["text"])));
                }
                _ => {}
            }
        }
        troubles.sort();
        troubles.dedup();
        Ok(troubles)
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.chromium.call(Some(&self.session), method, parameters)
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        let _ = self.chromium.call(None, "Target.closeTarget", &json!({ "targetId": self.target }));
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

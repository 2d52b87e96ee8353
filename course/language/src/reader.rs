//! Reading symbol by symbol: keys and values of what has been read are kept, so that a symbol costs one row and not all of them.

use crate::model::Model;
use crate::numbers::{dot, sigmoid};
use crate::rotary::Turn;
use crate::sample::drawn;
use crate::{Error, attention, norm};

/// A model in the middle of a text.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    model: &'a Model,
    /// What lies in the window.
    window: Vec<usize>,
    /// By layer: a row a place of the window.
    keys: Vec<Vec<f32>>,
    values: Vec<Vec<f32>>,
    state: Vec<f32>,
    normed: Vec<f32>,
    qkv: Vec<f32>,
    shares: Vec<f32>,
    mixed: Vec<f32>,
    gate_up: Vec<f32>,
    logits: Vec<f32>,
}

impl<'a> Reader<'a> {
    /// Before the first symbol.
    pub fn new(model: &'a Model) -> Self {
        let shape = model.plan.shape;
        let room = || vec![vec![0.0; shape.context * shape.width]; shape.layers];
        Self {
            model,
            window: Vec::with_capacity(shape.context),
            keys: room(),
            values: room(),
            state: vec![0.0; shape.width],
            normed: vec![0.0; shape.width],
            qkv: vec![0.0; 3 * shape.width],
            shares: vec![0.0; shape.context],
            mixed: vec![0.0; shape.width],
            gate_up: vec![0.0; 2 * shape.hidden],
            logits: vec![0.0; shape.symbols],
        }
    }

    /// Reads a symbol; gives the logits of the next one.
    ///
    /// When the window is full, its first half is forgotten and the second read anew.
    ///
    /// # Panics
    /// When the number is not of the alphabet.
    #[track_caller]
    pub fn read(&mut self, symbol: usize) -> &[f32] {
        let shape = self.model.plan.shape;
        assert!(symbol < shape.symbols, "language: {symbol} is not one of {} symbols", shape.symbols);
        if self.window.len() == shape.context {
            let kept = self.window.split_off(shape.context - shape.context / 2);
            self.window.clear();
            kept.into_iter().for_each(|symbol| self.advance(symbol));
        }
        self.advance(symbol);
        &self.logits
    }

    fn advance(&mut self, symbol: usize) {
        let plan = &self.model.plan;
        let (shape, width, place) = (plan.shape, plan.shape.width, self.window.len());
        self.window.push(symbol);
        let weights = &self.model.weights;
        self.state.copy_from_slice(&weights[plan.parts[0].range.clone()][symbol * width..(symbol + 1) * width]);
        let mut scale = [0.0];
        for layer in 0..shape.layers {
            let own = plan.layer(weights, layer);
            norm::forward(&self.state, own.norm1, &mut scale, &mut self.normed);
            times(own.qkv, &self.normed, &mut self.qkv);
            plan.rotary.turn(&mut self.qkv[..2 * width], place, Turn::Forward);
            self.keys[layer][place * width..(place + 1) * width].copy_from_slice(&self.qkv[width..2 * width]);
            self.values[layer][place * width..(place + 1) * width].copy_from_slice(&self.qkv[2 * width..]);
            self.attend(layer);
            add_times(own.out, &self.mixed, &mut self.state);
            norm::forward(&self.state, own.norm2, &mut scale, &mut self.normed);
            times(own.gate_up, &self.normed, &mut self.gate_up);
            let (gate, up) = self.gate_up.split_at_mut(shape.hidden);
            gate.iter_mut().zip(up).for_each(|(gate, up)| *gate *= sigmoid(*gate) * *up);
            add_times(own.down, gate, &mut self.state);
        }
        let (gain, output) = plan.ends(weights);
        norm::forward(&self.state, gain, &mut scale, &mut self.normed);
        times(output, &self.normed, &mut self.logits);
    }

    /// Mixes the values of a layer for the place that was read last.
    fn attend(&mut self, layer: usize) {
        let shape = self.model.plan.shape;
        let (width, head) = (shape.width, shape.head());
        let scale = 1.0 / (head as f32).sqrt();
        let shares = &mut self.shares[..self.window.len()];
        for from in (0..width).step_by(head) {
            let own = from..from + head;
            let query = &self.qkv[own.clone()];
            for (share, key) in shares.iter_mut().zip(self.keys[layer].chunks_exact(width)) {
                *share = scale * dot(query, &key[own.clone()]);
            }
            attention::softmax(shares);
            let mixed = &mut self.mixed[own.clone()];
            mixed.fill(0.0);
            for (share, value) in shares.iter().zip(self.values[layer].chunks_exact(width)) {
                mixed.iter_mut().zip(&value[own.clone()]).for_each(|(sum, value)| *sum += share * value);
            }
        }
    }
}

impl Model {
    /// So many characters behind a beginning; `uniform` gives numbers from [0; 1), one a character.
    ///
    /// # Errors
    /// When the beginning is empty or has a character that the alphabet has not.
    pub fn write(
        &self,
        begin: &str,
        count: usize,
        temperature: f64,
        uniform: &mut dyn FnMut() -> f64,
    ) -> Result<String, Error> {
        let mut text = self.alphabet.encode(begin)?;
        let Some((last, known)) = text.split_last() else { return Err(Error::Short { found: 0, needed: 1 }) };
        let mut reader = Reader::new(self);
        known.iter().for_each(|symbol| {
            reader.read(*symbol);
        });
        let mut symbol = *last;
        for _ in 0..count {
            let logits = reader.read(symbol).iter().map(|logit| f64::from(*logit));
            symbol = drawn(logits, temperature, uniform());
            text.push(symbol);
        }
        Ok(self.alphabet.decode(&text))
    }
}

/// y = Wx, W by rows.
fn times(w: &[f32], x: &[f32], y: &mut [f32]) {
    w.chunks_exact(x.len()).zip(y).for_each(|(row, y)| *y = dot(row, x));
}

/// y += Wx.
fn add_times(w: &[f32], x: &[f32], y: &mut [f32]) {
    w.chunks_exact(x.len()).zip(y).for_each(|(row, y)| *y += dot(row, x));
}

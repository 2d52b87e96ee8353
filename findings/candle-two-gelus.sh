#!/usr/bin/env bash
# Guess: gelu is one function in candle, and the exact one (with erf), as torch.nn.functional.gelu is by default.
# candle 0.11.1: Tensor::gelu is the approximation with tanh, gelu_erf the exact one, and Activation::Gelu of candle-nn, which a config's
# "gelu" becomes, the exact one again. A model rewritten from one to the other differs from the third digit on.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "finding"
edition = "2024"
[dependencies]
candle-core = "=0.11.1"
candle-nn = "=0.11.1"
TOML

cat > "$work/seen" <<'SEEN'
Tensor::gelu -0.045402 -0.158808 0.345714 0.841192
Tensor::gelu_erf -0.045500 -0.158655 0.345731 0.841345
Activation::Gelu -0.045500 -0.158655 0.345731 0.841345
SEEN
cat > "$work/src/main.rs" <<'RUST'
use candle_core::{Device, Result, Tensor};
use candle_nn::{Activation, Module};

fn main() -> Result<()> {
    let x = Tensor::new(&[-2f32, -1.0, 0.5, 1.0], &Device::Cpu)?;
    for (name, y) in [("Tensor::gelu", x.gelu()?), ("Tensor::gelu_erf", x.gelu_erf()?), ("Activation::Gelu", Activation::Gelu.forward(&x)?)] {
        let values: Vec<String> = y.to_vec1::<f32>()?.iter().map(|value| format!("{value:.6}")).collect();
        println!("{name} {}", values.join(" "));
    }
    Ok(())
}
RUST
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: in candle 0.11.1 Tensor::gelu and Activation::Gelu are two functions"

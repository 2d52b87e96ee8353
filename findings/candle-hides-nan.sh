#!/usr/bin/env bash
# Guess: NaN goes through relu and max in candle as in torch and numpy, so that a broken activation is seen in the loss.
# candle 0.11.1: relu makes 0 of it, max passes over it, argmax too, and a sort leaves [3, NaN, 1, 2] as it is.
# clamp keeps NaN. A model whose activations are NaN can give finite numbers. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "finding"
edition = "2024"
[dependencies]
candle-core = "=0.11.1"
TOML

cat > "$work/seen" <<'SEEN'
relu [1.0, 0.0, 3.0, 2.0]
max 3
argmax 2
clamp [1.0, NaN, 2.0, 2.0]
sort of [3, NaN, 1, 2] [3.0, NaN, 1.0, 2.0]
SEEN
cat > "$work/src/main.rs" <<'RUST'
use candle_core::{Device, Result, Tensor};

fn main() -> Result<()> {
    let x = Tensor::new(&[1f32, f32::NAN, 3.0, 2.0], &Device::Cpu)?;
    println!("relu {:?}", x.relu()?.to_vec1::<f32>()?);
    println!("max {}", x.max(0)?.to_scalar::<f32>()?);
    println!("argmax {}", x.argmax(0)?.to_scalar::<u32>()?);
    println!("clamp {:?}", x.clamp(0f32, 2f32)?.to_vec1::<f32>()?);
    let (sorted, _) = Tensor::new(&[3f32, f32::NAN, 1.0, 2.0], &Device::Cpu)?.sort_last_dim(true)?;
    println!("sort of [3, NaN, 1, 2] {:?}", sorted.to_vec1::<f32>()?);
    Ok(())
}
RUST
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: relu of candle 0.11.1 makes 0 of NaN, and max passes over it"

#!/usr/bin/env bash
# Guess: arithmetic on a tensor of whole numbers in candle is an error, or rounds as elsewhere: the mean of 1 and 2 is 1 or 1.5.
# candle 0.11.1: a factor is cast to the tensor's type first, so half of u32 is times zero: [2, 4] × 0.5 is [0, 0], and the mean, a product with
# one over the length, of any list of whole numbers is 0. Casts saturate (-1 and 300 to u8 are 0 and 255), and
# round() takes halves away from zero, not to even. Seen on 2026-11-30: the lines below.
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
[2, 4] * 0.5 = [0, 0]
mean of [10, 20, 30] = 0
[-1.0, 300.0, 2.7] as u8 = [0, 255, 2]
round of [0.5, 1.5, 2.5] = [1.0, 2.0, 3.0]
SEEN
cat > "$work/src/main.rs" <<'RUST'
use candle_core::{DType, Device, Result, Tensor};

fn main() -> Result<()> {
    let cpu = &Device::Cpu;
    println!("[2, 4] * 0.5 = {:?}", (Tensor::new(&[2u32, 4], cpu)? * 0.5)?.to_vec1::<u32>()?);
    println!("mean of [10, 20, 30] = {}", Tensor::new(&[10u32, 20, 30], cpu)?.mean_all()?.to_scalar::<u32>()?);
    println!("[-1.0, 300.0, 2.7] as u8 = {:?}", Tensor::new(&[-1f32, 300.0, 2.7], cpu)?.to_dtype(DType::U8)?.to_vec1::<u8>()?);
    println!("round of [0.5, 1.5, 2.5] = {:?}", Tensor::new(&[0.5f32, 1.5, 2.5], cpu)?.round()?.to_vec1::<f32>()?);
    Ok(())
}
RUST
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: in candle 0.11.1 the mean of the whole numbers 10, 20, 30 is 0"

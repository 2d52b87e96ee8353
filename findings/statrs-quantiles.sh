#!/usr/bin/env bash
# Guess: the quartile of 1, …, 10 in statrs is 3.25, as in numpy, pandas and R (type 7), or 3, an element.
# statrs 0.19.1 interpolates by type 8 (Hyndman and Fan), whose median is the usual one and whose quartiles are not: 2.9167 and 8.0833.
# Of 1, 2, 3, 4 they are 1.4167 and 3.5833 against 1.75 and 3.25. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "quantiles"
edition = "2024"
[dependencies]
statrs = { version = "=0.19.1", default-features = false }
TOML

cat > "$work/seen" <<'SEEN'
1..10: quartiles 2.9167 8.0833, median 5.5
1..4: quartiles 1.4167 3.5833, median 2.5
SEEN
cat > "$work/src/main.rs" <<'RUST'
use statrs::statistics::{Data, OrderStatistics};

fn main() {
    for n in [10, 4] {
        let mut data = Data::new((1..=n).map(f64::from).collect::<Vec<_>>());
        let (lower, upper) = (data.lower_quartile(), data.upper_quartile());
        println!("1..{n}: quartiles {lower:.4} {upper:.4}, median {}", data.quantile(0.5));
    }
}
RUST
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: statrs 0.19.1 says 2.9167 where numpy says 3.25"

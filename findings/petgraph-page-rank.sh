#!/usr/bin/env bash
# Guess: after enough iterations petgraph's page_rank is the PageRank that networkx computes.
# petgraph 0.8.3 converges to something else, also on three pages without a dangling end, where the equations can be solved by hand:
# with damping 0.85 the page that both others link to has 0.05 + 0.85 × (r1 + r2) = 0.4865, and it says 0.4926. A thousand
# iterations change nothing. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "page-rank"
edition = "2024"
[dependencies]
petgraph = { version = "=0.8.3", default-features = false }
TOML

cat > "$work/seen" <<'SEEN'
equations 0.4865 0.2568 0.2568
petgraph, 100 iterations 0.4926 0.2537 0.2537
petgraph, 1000 iterations 0.4926 0.2537 0.2537
SEEN
cat > "$work/src/main.rs" <<'RUST'
use petgraph::{algo::page_rank, graph::DiGraph};

fn main() {
    // 0 -> 1, 0 -> 2, 1 -> 0, 2 -> 0: r0 = t + d (r1 + r2), r1 = r2 = t + d r0 / 2 with t = (1 - d) / 3
    let (d, t) = (0.85, 0.05);
    let first: f64 = (t + 2.0 * d * t) / (1.0 - d * d);
    let other = t + d * first / 2.0;
    println!("equations {first:.4} {other:.4} {other:.4}");
    let links = DiGraph::<(), ()>::from_edges([(0u32, 1u32), (0, 2), (1, 0), (2, 0)]);
    for iterations in [100, 1000] {
        let ranks: Vec<String> = page_rank(&links, d, iterations).iter().map(|rank| format!("{rank:.4}")).collect();
        println!("petgraph, {iterations} iterations {}", ranks.join(" "));
    }
}
RUST
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: page_rank of petgraph 0.8.3 does not satisfy the equations of PageRank on three pages"

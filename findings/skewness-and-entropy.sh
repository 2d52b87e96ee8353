#!/usr/bin/env bash
# Guess: skew() and kurtosis() of one column are one number in pandas and polars, as std() is; entropy is in nats.
# pandas 3.1.1 and duckdb 2.0.1 correct for the size of the sample, polars 2.1.0 and scipy 1.17.1 do not: for four values the skewness is 1.70 and
# 0.98, the kurtosis 3.0 and -0.8.
# entropy() of polars takes the values themselves for weights, duckdb's counts equal values, in bits, scipy's takes weights, in nats.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 scipy==1.17.1 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
std skewness kurtosis entropy
pandas 3.594 1.696 3.014
duckdb 3.594 1.696 3.014 2.000
polars 3.594 0.979 -0.798 1.078
scipy 3.594 0.979 -0.798 1.078
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import duckdb
import pandas as pd
import polars as pl
from scipy import stats

values = [1, 2, 3, 9]
query = "select stddev(x), skewness(x), kurtosis(x), entropy(x) from (values (1), (2), (3), (9)) t(x)"
columns = {
    "pandas": [pd.Series(values).std(), pd.Series(values).skew(), pd.Series(values).kurt()],
    "duckdb": duckdb.sql(query).fetchall()[0],
    "polars": [pl.Series(values).std(), pl.Series(values).skew(), pl.Series(values).kurtosis(), pl.Series(values).entropy()],
    "scipy": [stats.tstd(values), stats.skew(values), stats.kurtosis(values), stats.entropy(values)],
}
print("std skewness kurtosis entropy")
for name, numbers in columns.items():
    print(name, *(f"{number:.3f}" for number in numbers))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: the skewness of 1, 2, 3, 9 is 1.70 in pandas 3.1.1 and 0.98 in polars 2.1.0, the kurtosis 3.0 and -0.8"

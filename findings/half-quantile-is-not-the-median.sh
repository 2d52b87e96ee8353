#!/usr/bin/env bash
# Guess: the 0.5 quantile of a column is its median, 2.5 for 1, 2, 3, 4, and describe() shows it as 50%.
# polars 2.1.0 takes the nearest element: quantile(0.5) and the 50% of describe() are 3, median() is 2.5. duckdb 2.0.1: quantile is
# the discrete one, 2; median and quantile_cont are 2.5. jstat 1.9.6: the second of quartiles() of 1, …, 10 is 5, median() 5.5.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet polars==2.1.0 duckdb==2.0.1
npm install --silent --prefix "$work" jstat@1.9.6

cat > "$work/seen" <<'SEEN'
polars quantile 3.0 describe 3.0 median 2.5
duckdb quantile 2 quantile_cont 2.5 median 2.5
jstat quartiles 3 5 8 median 5.5
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import duckdb
import polars as pl

column = pl.Series([1, 2, 3, 4])
half = dict(column.describe().iter_rows())["50%"]
print("polars quantile", column.quantile(0.5), "describe", half, "median", column.median())
query = "select quantile(x, 0.5), quantile_cont(x, 0.5), median(x) from range(1, 5) t(x)"
print("duckdb quantile {} quantile_cont {} median {}".format(*duckdb.sql(query).fetchall()[0]))
PYTHON
cat > "$work/try.js" <<'JS'
const jstat = require('jstat')

const column = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
console.log('jstat quartiles', ...jstat.quartiles(column), 'median', jstat.median(column))
JS
node "$work/try.js" >> "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: the half quantile of 1, 2, 3, 4 is 3 in polars 2.1.0, 2 in duckdb 2.0.1"

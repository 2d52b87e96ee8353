#!/usr/bin/env bash
# Guess: \w, \W and \b see Cyrillic letters in every library of the Python data stack, as they do in Python's own re.
# duckdb 2.0.1 and pyarrow 26.0.1 use RE2, where these classes are ASCII: regexp_replace(text, '\W+', ' ', 'g') erases a
# Russian text whole. In pandas 3.1.1 the same method of the same Series answers otherwise after a change of dtype (polars
# 2.1.0, on Rust's regex, is right). \p{L} is the way to say it in RE2. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet duckdb==2.0.1 pyarrow==26.0.1 pandas==3.1.1 polars==2.1.0

cat > "$work/seen" <<'SEEN'
duckdb replace ' '
duckdb extract 'rust'
pyarrow [False, True]
pandas str [True, True]
pandas string[pyarrow] [False, True]
polars [True, True]
duckdb \p{L} True
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

words = ["мама", "mama"]


def sql(expression):
    return duckdb.sql(f"select {expression}").fetchall()[0][0]


print("duckdb replace", repr(sql(r"regexp_replace('Мама мыла раму.', '\W+', ' ', 'g')")))
print("duckdb extract", repr(sql(r"regexp_extract('мама и rust', '\w+')")))
print("pyarrow", pc.match_substring_regex(pa.array(words), r"^\w+$").to_pylist())
for dtype in ("str", pd.ArrowDtype(pa.string())):
    series = pd.Series(words, dtype=dtype)
    print("pandas", series.dtype, series.str.fullmatch(r"\w+").tolist())
print("polars", pl.Series(words).str.contains(r"^\w+$").to_list())
print(r"duckdb \p{L}", sql(r"regexp_full_match('мама', '\p{L}+')"))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: \\w is ASCII in duckdb 2.0.1, pyarrow 26.0.1 and Arrow-backed pandas 3.1.1, not in polars 2.1.0"

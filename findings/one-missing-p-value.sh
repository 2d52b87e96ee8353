#!/usr/bin/env bash
# Guess: where one p-value is missing (a test that could not be computed), corrections for multiple testing raise an error, or leave it out
# and correct the others as without it.
# statsmodels does neither, without a word. Bonferroni, Holm and Šidák count the missing test. Benjamini–Hochberg and Benjamini–Yekutieli
# give no corrected value at all, and their decisions stand beside them as if nothing had happened; Hommel decides against everything that
# it had found. scipy's false_discovery_control raises. Seen on 2026-12-01: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
bonferroni: 0.004 0.080 0.120 0.800, with one missing 0.005 0.100 0.150 1.000; found 1, with one missing 1
holm: 0.004 0.060 0.060 0.200, with one missing 0.005 0.080 0.090 0.400; found 1, with one missing 1
hommel: 0.004 0.045 0.060 0.200, with one missing nan nan nan nan; found 2, with one missing 0
fdr_bh: 0.004 0.040 0.040 0.200, with one missing nan nan nan nan; found 3, with one missing 3
fdr_by: 0.008 0.083 0.083 0.417, with one missing nan nan nan nan; found 1, with one missing 1
scipy: ValueError
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import numpy
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

known = [0.001, 0.02, 0.03, 0.2]
missing = known + [numpy.nan]
for method in ("bonferroni", "holm", "hommel", "fdr_bh", "fdr_by"):
    (found, values, *_), (found_now, values_now, *_) = (multipletests(p, method=method) for p in (known, missing))
    line = lambda values: " ".join(f"{value:.3f}" for value in values[:4])
    print(f"{method}: {line(values)}, with one missing {line(values_now)}; found {found.sum()}, with one missing {found_now.sum()}")
try:
    false_discovery_control(missing)
except ValueError as error:
    print(f"scipy: {type(error).__name__}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: one missing p-value changes or hides all the others"

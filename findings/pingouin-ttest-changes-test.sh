#!/usr/bin/env bash
# Guess: a t test of two samples is Student's by default, as in scipy, or Welch's, as in R.
# pingouin 0.7.0: it depends on the sizes. Equal sizes give Student's (p 0.1096, scipy's default), one more observation gives Welch's
# (p 0.1684, R's default), so that a lost row changes the test. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pingouin==0.7.0 scipy==1.17.1 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
5 and 5: pingouin 0.1096 Student 0.1096 Welch 0.1436
5 and 6: pingouin 0.1684 Student 0.1808 Welch 0.1684
SEEN
"$work/venv/bin/python" -W ignore > "$work/now" - <<'PYTHON'
import pingouin
from scipy.stats import ttest_ind

a = [1, 2, 3, 4, 5]
for b in ([2, 4, 9, 16, 30], [2, 4, 9, 16, 30, 1]):
    p = [pingouin.ttest(a, b).loc["T_test", "p_val"], ttest_ind(a, b).pvalue, ttest_ind(a, b, equal_var=False).pvalue]
    print(f"{len(a)} and {len(b)}:", "pingouin {:.4f} Student {:.4f} Welch {:.4f}".format(*p))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: pingouin 0.7.0 is Student's test for equal sizes and Welch's for unequal ones"

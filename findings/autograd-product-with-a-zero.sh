#!/usr/bin/env bash
# Guess: the gradient of 0 · 2 · 3 by its factors is (6, 0, 0), and that of sinc at its smooth top is 0.
# autograd divides the product by each factor, and has 0/0 where one is zero; sinc is divided by x in the same way. Only a warning of
# numpy says so, once a process. The corner of |x| gives 0. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet autograd==1.9.1

cat > "$work/seen" <<'SEEN'
product: nan 0.0 0.0
the same by differences: 6.0 0.0 0.0
sinc: nan
abs: 0.0
SEEN
"$work/venv/bin/python" - > "$work/now" 2>"$work/said" <<'PYTHON'
import autograd.numpy as np
from autograd import grad

at = np.array([0.0, 2.0, 3.0])
print("product:", *grad(np.prod)(at))
steps = 1e-6 * np.eye(3)
print("the same by differences:", *[round(float(np.prod(at + h) - np.prod(at - h)) / 2e-6, 6) for h in steps])
print("sinc:", grad(np.sinc)(0.0))
print("abs:", grad(np.abs)(0.0))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: no gradient of a product with a zero"

#!/usr/bin/env bash
# Guess: a system of symbolic algebra that differentiates tr(AX) and xᵀAx by a matrix finds X⁻ᵀ for log det X, or says that it cannot.
# sympy leaves det X undone, as an unevaluated derivative, but the derivative of its logarithm (and square) is 0: a wrong answer, not
# a refusal. The same for explicit entries is right. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet sympy==1.14.0

cat > "$work/seen" <<'SEEN'
tr(AX): A.T
det X: Derivative(Determinant(X), X)
log det X: 0
(det X)²: 0
log det X of entries: the inverse transposed
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
from sympy import Determinant, Matrix, MatrixSymbol, Trace, log, simplify, symbols

a, x = MatrixSymbol("A", 2, 2), MatrixSymbol("X", 2, 2)
print("tr(AX):", Trace(a * x).diff(x))
print("det X:", Determinant(x).diff(x))
print("log det X:", log(Determinant(x)).diff(x))
print("(det X)²:", (Determinant(x) ** 2).diff(x))
entries = symbols("p q r s")
m = Matrix(2, 2, entries)
gradient = Matrix(2, 2, [log(m.det()).diff(entry) for entry in entries])
print("log det X of entries:", "the inverse transposed" if simplify(gradient - m.inv().T).is_zero_matrix else "other")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: the derivative of log det X is 0"

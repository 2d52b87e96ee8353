#!/usr/bin/env bash
# Guess: the distribution function of a normal vector is a number: two calls with the same arguments agree to the last digit.
# In scipy they do for one and two variables. From three on it is a quasi-random integral that draws its points anew at every call, from
# numpy's global state in the one function and from a generator of its own in the other; the fifth digit changes, and nothing in the call
# says so. P(all three below 0) at correlations of 1/2 is exactly 1/4. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scipy==1.17.1 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
normal, 2 variables: 1 values in 20 calls, within 0.0001 of 1/3: True
normal, 3 variables: 20 values in 20 calls, within 0.0001 of 1/4: True
normal, 3 variables, numpy seeded before each call: 1 values in 20 calls
t, 3 variables: 20 values in 20 calls, within 0.001 of 1/4: True
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import numpy
from scipy.stats import multivariate_normal, multivariate_t

def half(variables):
    return numpy.full((variables, variables), 0.5) + 0.5 * numpy.eye(variables)

def normal(variables):
    return float(multivariate_normal.cdf(numpy.zeros(variables), cov=half(variables)))

def seeded():
    numpy.random.seed(0)
    return normal(3)

two, three = ([normal(variables) for _ in range(20)] for variables in (2, 3))
student = [float(multivariate_t.cdf(numpy.zeros(3), shape=half(3), df=4)) for _ in range(20)]
near = lambda values, exact, gap: all(abs(value - exact) < gap for value in values)
print(f"normal, 2 variables: {len(set(two))} values in 20 calls, within 0.0001 of 1/3: {near(two, 1 / 3, 1e-4)}")
print(f"normal, 3 variables: {len(set(three))} values in 20 calls, within 0.0001 of 1/4: {near(three, 1 / 4, 1e-4)}")
print(f"normal, 3 variables, numpy seeded before each call: {len({seeded() for _ in range(20)})} values in 20 calls")
print(f"t, 3 variables: {len(set(student))} values in 20 calls, within 0.001 of 1/4: {near(student, 1 / 4, 1e-3)}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: from three variables on every call gives another number"

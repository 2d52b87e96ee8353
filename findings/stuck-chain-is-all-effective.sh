#!/usr/bin/env bash
# Guess: a Markov chain that never moved (every proposal refused) has an effective size of 0 or 1, or none that can be said.
# arviz, which PyMC and others ask, says that all of its draws are effective and that the Monte Carlo error is 0; only R-hat is not a
# number, where a run of two thousand draws that are one draw looks perfect by the other two. Two values in turn are enough to get
# an estimate again. emcee says nan. Seen on 2026-12-01: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet arviz==0.23.4 arviz-stats==0.8.0 emcee==3.1.6 numpy==2.4.6 scipy==1.17.1

cat > "$work/seen" <<'SEEN'
never moved: arviz 0.23.4: 2000 of 2000 draws effective, error of the mean 0.0, R-hat nan
never moved: arviz-stats 0.8.0: 2000 of 2000 draws effective
never moved: emcee 3.1.6: autocorrelation time nan
moved once: arviz 0.23.4: 4.1 of 2000 draws effective
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" 2>/dev/null <<'PYTHON'
import arviz
import arviz_stats
import emcee
import numpy
from arviz_stats.base import array_stats

stuck = numpy.ones((4, 500))
once = stuck.copy()
once[:, 250:] = 2.0
print(f"never moved: arviz {arviz.__version__}: {arviz.ess(stuck):.0f} of {stuck.size} draws effective, "
      f"error of the mean {arviz.mcse(stuck):.1f}, R-hat {arviz.rhat(stuck)}")
print(f"never moved: arviz-stats {arviz_stats.__version__}: {array_stats.ess(stuck):.0f} of {stuck.size} draws effective")
print(f"never moved: emcee {emcee.__version__}: autocorrelation time {emcee.autocorr.integrated_time(stuck.T, quiet=True)[0]}")
print(f"moved once: arviz {arviz.__version__}: {arviz.ess(once):.1f} of {once.size} draws effective")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: draws that are all one draw count as independent ones"

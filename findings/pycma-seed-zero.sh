#!/usr/bin/env bash
# Guess: seed 0 repeats a run, as every other seed does, and as 0 does in numpy, scikit-learn, torch and DEAP.
# In pycma 0 stands for the clock: the run gets another seed each time, and the table of results that was made «with seeds 0 to 4» has
# one column that nobody can repeat. The seed that was used can be read from the options afterwards. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet cma==4.5.0 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
seed 0: 5 seeds, 5 results, the seed is 0 no more
seed 1: 1 seeds, 1 results, the seed is 1
seed 2: 1 seeds, 1 results, the seed is 2
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import time
import cma

def run(seed):
    search = cma.CMAEvolutionStrategy([0.0] * 3, 0.5, {"seed": seed, "verbose": -9, "maxiter": 5})
    search.optimize(cma.ff.rosen)
    time.sleep(1.1)
    return search.opts["seed"], tuple(search.result.xbest)

for seed in (0, 1, 2):
    seeds, results = map(set, zip(*(run(seed) for _ in range(5))))
    print(f"seed {seed}: {len(seeds)} seeds, {len(results)} results, the seed is {seed}{'' if seeds == {seed} else ' no more'}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: 0 is the clock"

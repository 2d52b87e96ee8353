#!/usr/bin/env bash
# Guess: in the tables `P` of Gymnasium's toy worlds the goal is absorbing: every action stays there for nothing. So iterating values
# gives the same with the flag «terminated» and without it.
# That is so in FrozenLake. From the goal of CliffWalking-v1 the table walks on, one step back for −1: without the flag values have no
# limit. The cells of the cliff are states too, with ways out, and CliffWalking has no limit of steps, FrozenLake has 100.
# Seen on 2026-11-30 with gymnasium 1.4.0: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet gymnasium==1.4.0 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
FrozenLake-v1 | limit: 100
  from the goal: | 1→15 0 True | 1→15 0 True | 1→15 0 True | 1→15 0 True
  with the flag: 0.824
  without it: 0.824
CliffWalking-v1 | limit: None
  from the goal: | 1→35 -1 False | 1→47 -1 True | 1→47 -1 True | 1→36 -100 False
  with the flag: -13.000
  without it: -2000.000
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import gymnasium

for name in ("FrozenLake-v1", "CliffWalking-v1"):
    environment = gymnasium.make(name)
    worlds = environment.unwrapped
    goal = worlds.observation_space.n - 1
    print(name, "| limit:", environment.spec.max_episode_steps)
    print("  from the goal:", *[f"{float(p):g}→{int(to)} {reward:g} {over}" for p, to, reward, over in
                                (worlds.P[goal][action][0] for action in range(4))], sep=" | ")
    for flag in (True, False):
        values = [0.0] * worlds.observation_space.n
        for sweep in range(2000):
            values = [
                max(sum(float(p) * (reward + (0 if over and flag else values[to])) for p, to, reward, over in worlds.P[state][action])
                    for action in range(4))
                for state in range(len(values))
            ]
        start = values[36 if name == "CliffWalking-v1" else 0]
        print("  with the flag:" if flag else "  without it:", f"{start:.3f}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: FrozenLake's goal is absorbing, CliffWalking's is not: −13 with the flag, thousands below zero without"

#!/usr/bin/env bash
# Guess: networkx and igraph give the same PageRank, and closeness that differs by a factor at most.
# networkx 3.6.1 counts a loop of an undirected graph once, igraph 1.0.0 twice: PageRank of its node 0.649 against 0.721. In a graph of
# several components networkx scales closeness by the size of the component, igraph does not, so that a separate pair has the
# greatest closeness, 1, there and the least, 0.25, here. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet networkx==3.6.1 igraph==1.0.0 numpy==2.4.6 scipy==1.17.1

cat > "$work/seen" <<'SEEN'
PageRank with a loop: networkx 0.649 0.351 igraph 0.721 0.279
closeness of a pair and a path of three: networkx 0.25 0.25 0.333 0.5 0.333 igraph 1.0 1.0 0.667 1.0 0.667
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import igraph
import networkx


def show(values):
    return " ".join(str(round(value, 3)) for value in values)


loop = [(0, 0), (0, 1)]
theirs = igraph.Graph(n=2, edges=loop).pagerank()
print("PageRank with a loop: networkx", show(networkx.pagerank(networkx.Graph(loop)).values()), "igraph", show(theirs))
parts = [(0, 1), (2, 3), (3, 4)]
ours = networkx.closeness_centrality(networkx.Graph(parts)).values()
print("closeness of a pair and a path of three: networkx", show(ours), "igraph", show(igraph.Graph(n=5, edges=parts).closeness()))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: networkx 3.6.1 and igraph 1.0.0 differ in PageRank with a loop and in the order of closeness"

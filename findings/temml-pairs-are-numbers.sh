#!/usr/bin/env bash
# Guess: 1,2 in a formula is a number, a separator and a number in every TeX renderer; a decimal comma is written {,}.
# temml 0.13.5 takes a comma between digits for a decimal one: f(1,2), x_{1,2}, the set \{0,1\} and the interval [0,1) hold one
# <mn> each; a space after the comma makes a pair of it. katex 0.19.1 reads pairs. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --prefix "$work" temml@0.13.5 katex@0.19.1

cat > "$work/seen" <<'SEEN'
f(1,2) temml: 1,2 katex: 1 2
x_{1,2} temml: 1,2 katex: 1 2
\{0,1\} temml: 0,1 katex: 0 1
[0,1) temml: 0,1 katex: 0 1
f(1, 2) temml: 1 2 katex: 1 2
3{,}14 temml: 3,14 katex: 3,14
SEEN
cat > "$work/try.js" <<'JS'
const temml = require('temml')
const katex = require('katex')

const numbers = (mathml) => [...mathml.matchAll(/<mn>(.*?)<\/mn>/g)].map((it) => it[1]).join(' ')
for (const tex of ['f(1,2)', 'x_{1,2}', '\\{0,1\\}', '[0,1)', 'f(1, 2)', '3{,}14']) {
  console.log(tex, 'temml:', numbers(temml.renderToString(tex)), 'katex:', numbers(katex.renderToString(tex, { output: 'mathml' })))
}
JS
node "$work/try.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: temml 0.13.5 makes one number of the pair in f(1,2)"

#!/usr/bin/env bash
# Guess: 3{,}14 is one number in MathJax as in KaTeX, and \tg, \ctg, \arctg, which KaTeX has, are there.
# mathjax 4.1.3: {,} belongs to a number only before exactly three digits, as a separator of thousands: 3{,}141 is one <mn>, 3{,}14
# and 0{,}5 are two with a comma between. \tg and \arctg are unknown and set in red, without an error. katex 0.19.1 takes all
# of them. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --prefix "$work" mathjax@4.1.3 katex@0.19.1

cat > "$work/seen" <<'SEEN'
3{,}14 mathjax: 3 14 katex: 3,14
3{,}141 mathjax: 3,141 katex: 3,141
0{,}5 mathjax: 0 5 katex: 0,5
\tg x mathjax: unknown katex: known
\arctg x mathjax: unknown katex: known
SEEN
cat > "$work/try.js" <<'JS'
const katex = require('katex')

const numbers = (mathml) => [...mathml.matchAll(/<mn[^>]*>(.*?)<\/mn>/g)].map((it) => it[1]).join(' ')
const known = (mathml) => (mathml.includes('color="red"') ? 'unknown' : 'known')
require('mathjax').init({ loader: { load: ['input/tex', 'output/svg'] } }).then(async (mathjax) => {
  for (const [tex, what] of [['3{,}14', numbers], ['3{,}141', numbers], ['0{,}5', numbers], ['\\tg x', known], ['\\arctg x', known]]) {
    const theirs = await mathjax.tex2mmlPromise(tex)
    console.log(tex, 'mathjax:', what(theirs), 'katex:', what(katex.renderToString(tex, { output: 'mathml' })))
  }
})
JS
node "$work/try.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: mathjax 4.1.3 splits 3{,}14 and joins 3{,}141"

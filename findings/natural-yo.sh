#!/usr/bin/env bash
# Guess: the default tokenizer of the npm package natural knows Cyrillic words whole, or not at all.
# natural 8.1.1: its class of letters ends at «я», so a word is cut at every ё: «Ещё одна ёлка» is ещ, одна, лка. TfIdf and
# NGrams tokenize so too. BayesClassifier with its default stemmer sees no Cyrillic at all, learns two Russian documents without
# a word and classifies with an empty list. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --prefix "$work" natural@8.1.1

cat > "$work/seen" <<'SEEN'
WordTokenizer Ещ одна лка её: е объ м
TfIdf лка дом
BayesClassifier []
with PorterStemmerRu neg pos
SEEN
cat > "$work/try.js" <<'JS'
const natural = require('natural')

const words = new natural.WordTokenizer()
console.log('WordTokenizer', ...words.tokenize('Ещё одна ёлка'), 'её:', ...words.tokenize('её объём'))
const index = new natural.TfIdf()
index.addDocument('ёлка ёлка дом')
index.addDocument('кот')
console.log('TfIdf', ...index.listTerms(0).map((it) => it.term))
const labels = (stemmer) => {
  const classifier = new natural.BayesClassifier(stemmer)
  classifier.addDocument('хороший фильм', 'pos')
  classifier.addDocument('плохое кино', 'neg')
  classifier.train()
  return classifier.getClassifications('плохое кино').map((it) => it.label)
}
console.log('BayesClassifier', labels())
console.log('with PorterStemmerRu', ...labels(natural.PorterStemmerRu))
JS
(cd "$work" && node try.js | grep -v '^◇') > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: natural 8.1.1 cuts words at ё: «ёлка» is indexed as «лка»"

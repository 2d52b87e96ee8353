#!/usr/bin/env bash
# Guess: gensim's simple_preprocess lower-cases a text and drops one-letter words and nothing else.
# gensim 4.4.0: it also drops every token of more than 15 letters, which English hardly has and Russian has in every
# article: «программирование» (16) is gone, «машиностроение» (14) stays. preprocess_string drops words under three letters
# instead («не» among them) and strips ASCII punctuation only, so «дома» with its quotation mark is another word than
# «дома» without. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet gensim==4.4.0

cat > "$work/seen" <<'SEEN'
программирование, электроэнергетика, достопримечательность ->
машиностроение программирование -> машиностроение
«Он не был дома» -> «он был дома»
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from gensim.parsing.preprocessing import preprocess_string
from gensim.utils import simple_preprocess

for text in ("программирование, электроэнергетика, достопримечательность", "машиностроение программирование"):
    print(f"{text} ->", *simple_preprocess(text))
text = "«Он не был дома»"
print(f"{text} ->", *preprocess_string(text))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: simple_preprocess of gensim 4.4.0 drops «программирование»"

#!/usr/bin/env bash
# Guess: spaCy's Russian tokenizer keeps «кто-нибудь» and «т. е.» whole and reads the «г.» of «1900 г.» as a year.
# The hyphen parts pronouns, adverbs and names («по | - | русски»), but not «5-й». «т. е.» as it is spelt, with a blank, is four
# tokens, and «т.е.» one with the norm «то есть». The norm of every «г.» is «город», the city. «хорошо» is a stop word.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet spacy==3.8.18

cat > "$work/seen" <<'SEEN'
Кто | - | нибудь | сказал | по | - | русски | , | 5-й | раз
это | т | . | е | . | то | и | т.е. | это
в 1900 город
хорошо True плохо False
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import spacy

russian = spacy.blank("ru")
print(*russian("Кто-нибудь сказал по-русски, 5-й раз"), sep=" | ")
print(*russian("это т. е. то и т.е. это"), sep=" | ")
print(*[token.norm_ for token in russian("в 1900 г.")])
print(*[part for token in russian("хорошо плохо") for part in (token.text, token.is_stop)])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: a year is a city"

#!/usr/bin/env bash
# Guess: nltk's Russian Snowball stemmer gives the stems of the Snowball project, and leaves Latin letters of a mixed word alone.
# nltk 3.10.4 (snowballstemmer 3.1.1 beside it): nltk works on a Latin transcription of its own and transcribes back, so
# «gpt-модель» gets Cyrillic letters, «web-сайта» half of them, and «воюет» ends in a caret. The feminine nominative
# of a participle loses less than the other forms: «следующая» and «следующий» do not meet. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet nltk==3.10.4 snowballstemmer==3.1.1

cat > "$work/seen" <<'SEEN'
word nltk snowballstemmer
gpt-модель гпт-модел gpt-модел
web-сайта wеб-сайт web-сайт
3d-моделями 3д-модел 3d-модел
воюет вои^ воюет
воюют вои^ воюют
следующий след след
следующая следующ след
действующего действ действ
действующая действующ действ
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import snowballstemmer
from nltk.stem.snowball import RussianStemmer

nltk, snowball = RussianStemmer(), snowballstemmer.stemmer("russian")
print("word nltk snowballstemmer")
for word in "gpt-модель web-сайта 3d-моделями воюет воюют следующий следующая действующего действующая".split():
    print(word, nltk.stem(word), snowball.stemWord(word))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: nltk 3.10.4 stems «gpt-модель» to «гпт-модел», «воюет» to «вои^», and «следующая» unlike «следующий»"

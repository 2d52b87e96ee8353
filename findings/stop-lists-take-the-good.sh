#!/usr/bin/env bash
# Guess: lists of Russian stop words hold function words, so what says good or bad about a film stays in its review.
# All three lists below drop «лучше» and keep «хуже»; two drop «хорошо», none «плохо»; «не», «нет», «никогда» go everywhere, in two
# lists the nouns «человек», «жизнь», «год» as well. With stop-words «было хорошо» is empty and «было плохо» is «плохо»: a classifier
# of sentiment never meets half of its evidence. The lists have 144 to 559 words. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet stop-words==2025.11.4 stopwordsiso==0.7.1
(cd "$work" && npm install --silent --no-audit --no-fund stopword@3.1.5)

cat > "$work/seen" <<'SEEN'
stop-words 421 drops хорошо лучше не нет никогда человек жизнь год
stopwordsiso 559 drops хорошо лучше не нет никогда человек жизнь год
stopword 144 drops лучше не нет никогда
in all of them: 143
было хорошо ->
было плохо -> плохо
SEEN
cat > "$work/npm.mjs" <<'JS'
import { rus } from "stopword";
console.log(JSON.stringify(rus));
JS
(cd "$work" && node npm.mjs > npm.json)
"$work/venv/bin/python" - "$work/npm.json" > "$work/now" <<'PYTHON'
import json
import sys

import stop_words
import stopwordsiso

lists = {
    "stop-words": set(stop_words.get_stop_words("russian")),
    "stopwordsiso": set(stopwordsiso.stopwords("ru")),
    "stopword": set(json.load(open(sys.argv[1]))),
}
words = "хорошо плохо лучше хуже отлично ужасно не нет никогда человек жизнь год".split()
for name, stops in lists.items():
    print(name, len(stops), "drops", *[word for word in words if word in stops])
print("in all of them:", len(set.intersection(*lists.values())))
for review in ["было хорошо", "было плохо"]:
    print(review, "->", *[word for word in review.split() if word not in lists["stop-words"]])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: «хорошо» is a stop word and «плохо» is not"

#!/usr/bin/env bash
# Guess: razdel's tokenizer makes a comma or a full stop before a space a token of its own; only «3,14» stays whole.
# razdel 0.5.0: the rule that keeps decimals whole does not look at the space after the comma, so in «1, 2, 3»
# the comma is glued to the number when a number follows, and is a token when a word follows. Counts of «2023,» and «2023»
# differ. «gpt-4o» falls into two. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet razdel==0.5.0

cat > "$work/seen" <<'SEEN'
в|2023,|2024|годах
рис|.|1,|2
2023|,|весна
А|,|5
число|5.|6|чисел
gpt-4|o
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from razdel import tokenize

for text in ("в 2023, 2024 годах", "рис. 1, 2", "2023, весна", "А, 5", "число 5. 6 чисел", "gpt-4o"):
    print("|".join(token.text for token in tokenize(text)))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: razdel 0.5.0 makes «2023,» one token when a number follows"

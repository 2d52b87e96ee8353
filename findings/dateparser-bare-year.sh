#!/usr/bin/env bash
# Guess: dateparser reads «2025 г.» as the year 2025, and its search leaves decimal numbers alone.
# dateparser 1.5.0: «г» is «years» and a number before it counts years back: «2025 г» is the year 1, «1799 г» the year 227
# (with a day and a month before it the year is right). search_dates takes «3,14» for the fourteenth of March. «декабрь 2025» gets
# the day of today, and «в прошлый четверг» is nothing. Seen on 2026-11-30 with 2026-11-29 for today: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet dateparser==1.5.0

cat > "$work/seen" <<'SEEN'
1799 г -> 0227-11-29
12 апреля 1961 г. -> 1961-04-12
декабрь 2025 -> 2025-12-29
в прошлый четверг -> None
5 марта 2024 года = 2024-03-05
2025 г = 0001-11-29
и 3,14 = 2026-03-14
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

how = {"languages": ["ru"], "settings": {"RELATIVE_BASE": datetime(2026, 11, 29, 12)}}
for text in ("1799 г", "12 апреля 1961 г.", "декабрь 2025", "в прошлый четверг"):
    found = dateparser.parse(text, **how)
    print(text, "->", found and found.date())
text = "Модель обучили 5 марта 2024 года, а в мае 2025 г. её заменили; всего 12 слоёв и 3,14."
for words, found in search_dates(text, **how):
    print(words, "=", found.date())
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: dateparser 1.5.0 takes «2025 г» for 2025 years ago and «3,14» for the fourteenth of March"

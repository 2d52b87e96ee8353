#!/usr/bin/env bash
# Guess: humanize says «21 день» for 21 days, and its Russian numbers look Russian.
# humanize 4.17.0: from 16 days on it is «месяц». Ordinals are «3ий», «1.5 миллиона» keeps its full stop, 1234567.5 its English commas.
# arrow 1.4.0 calls 14 days two weeks and 15 a month; babel 2.19.0 says «3 недели». Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet humanize==4.17.0 arrow==1.4.0 babel==2.19.0

cat > "$work/seen" <<'SEEN'
14 14 дней / через 2 недели / 2 недели
15 15 дней / через месяц / 2 недели
16 месяц / через месяц / 2 недели
21 месяц / через месяц / 3 недели
3ий 1.5 миллиона 1,234,567.5
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from datetime import timedelta

import arrow
import humanize
from babel.dates import format_timedelta

humanize.i18n.activate("ru_RU")
now = arrow.get(2026, 3, 5)
for days in (14, 15, 16, 21):
    span = timedelta(days=days)
    print(days, humanize.naturaldelta(span), "/", (now + span).humanize(now, locale="ru"), "/", format_timedelta(span, locale="ru"))
print(humanize.ordinal(3), humanize.intword(1_500_000), humanize.intcomma(1234567.5))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: 21 days are «месяц» for humanize 4.17.0 and arrow 1.4.0, «3 недели» for babel 2.19.0"

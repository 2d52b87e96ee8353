#!/usr/bin/env bash
# Guess: a made-up Russian name agrees with itself, as surnames have a gender: «Никифор Парменьев», «Адель Нестерова».
# Without a gender mimesis draws one for the first name and another for the surname: half of the full names whose endings tell are
# like «Никифор Парменьева». With `gender=` given they agree. A set of people made so teaches a model that gender and ending are
# independent. Faker's `name()` agrees (its `first_name()` + `last_name()` of course do not). Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet mimesis==22.2.0 faker==40.63.0

cat > "$work/seen" <<'SEEN'
mimesis:
  Пров Донцов
  Никифор Парменьева
  Томирис Белооченко
  Адель Нестерова
  Фёдор Идиатуллина
disagree: 0.5 of them
with a gender: 0.0
faker: 0.0
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
from faker import Faker
from mimesis import Locale, Person
from mimesis.enums import Gender

WOMEN, MEN = ("ова", "ева", "ёва", "ина", "ая"), ("ов", "ев", "ёв", "ин", "ий")
# First names that only one gender has.
women = {"Мария", "Анна", "Екатерина", "Ольга", "Татьяна", "Елена", "Наталья", "Ирина", "Светлана", "Юлия", "Анастасия"}
men = {"Никифор", "Фёдор", "Роман", "Иван", "Пётр", "Сергей", "Алексей", "Дмитрий", "Николай", "Андрей", "Максим", "Михаил"}


def share(names):
    told = [(first in women, surname.endswith(WOMEN)) for first, surname in names
            if first in women | men and surname.endswith(WOMEN + MEN)]
    return sum(first != surname for first, surname in told) / len(told)


person = Person(Locale.RU, seed=1)
print("mimesis:", *[person.full_name() for _ in range(5)], sep="\n  ")
drawn = [person.full_name().split(" ", 1) for _ in range(20_000)]
print(f"disagree: {share(drawn):.1f} of them")
given = [person.full_name(gender=gender).split(" ", 1) for gender in Gender for _ in range(5_000)]
print(f"with a gender: {share(given):.1f}")
Faker.seed(1)
faker = Faker("ru_RU")
parts = [faker.name().split() for _ in range(5_000)]
parts = [(first, surname) for words in parts for first in words for surname in words if first != surname and len(words) == 3]
print(f"faker: {share(parts):.1f}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: half of the full names disagree with themselves"

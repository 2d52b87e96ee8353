"""Собирает корпус курса corpus.txt из прозы лекций.

Запуск из корня книги: python3 data/corpus.py > data/corpus.txt

Остаётся проза: код убран, на месте формулы и вычисленного значения стоит знак □. Строка корпуса — абзац, пустая
строка разделяет лекции. Книга не запускает этот файл: корпус заморожен, чтобы правка лекции
не меняла токенизатор и модель.
"""

import re
from pathlib import Path

LABEL = re.compile(r"^//\| caption: (.*)$", re.M)


def paragraphs(text: str):
    """Абзацы страницы: подписи рисунков остаются, остальной код уходит."""
    text = text.split("## История и источники")[0]
    text = re.sub(r"^```.*?^```", lambda code: "\n\n".join(LABEL.findall(code[0])), text, flags=re.S | re.M)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\$\$.*?\$\$", "\x00", text, flags=re.S)
    text = re.sub(r"</?(?:details|summary)>", "\n\n", text)
    text = re.sub(r"`[^`]*`|\$[^$]*\$", "\x00", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^#+ (.*?)(?: \{#.*)?$", r"\1.", text, flags=re.M)
    text = re.sub(r"^> ?|^[-*] |^\d+\. ", "", text, flags=re.M)
    text = re.sub(r"^\|(.*)\|$", lambda row: "\n\n".join(row[1].split("|")), text, flags=re.M)
    return re.split(r"\n\s*\n", text.replace("*", ""))


def prose(paragraph: str) -> str:
    """Абзац одной строкой; пусто, если слов в нём почти нет."""
    text = re.sub(r"[\s\u2060]+", " ", paragraph.replace("\x00", "□").replace("\\", "")).strip(" -:")
    words = re.findall(r"[а-яё]{2,}", text.lower())
    signs = text.count("□") + len(re.findall(r"[A-Za-z]+", text))
    if "·" in text or re.search(r"[<>{}|=]", text):
        return ""
    return text if len(words) >= 4 and len(words) >= 2 * signs else ""


seen = set()
for page in [Path("README.md"), Path("CONTRIBUTING.md"), *sorted(Path("src").glob("*/**/*.md"))]:
    lines = [line for line in map(prose, paragraphs(page.read_text(encoding="utf-8"))) if line]
    fresh = [line for line in lines if not (line in seen or seen.add(line))]
    print("\n".join(fresh), end="\n\n")

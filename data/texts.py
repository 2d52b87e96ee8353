"""Makes data/texts/ from files of the collection d0rj/RusLit (see README.md): python3 data/texts.py FOLDER

A paragraph, or a verse, is one line; an empty line stands between stanzas; a line that begins with "# " is a heading.
"""

import pathlib
import re
import sys

LETTERS = str.maketrans("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху")
LATIN = str.maketrans("АаВСсЕеНКМОоРрТХху", "AaBCcEeHKMOoPpTXxy")
WORKS = {
    "onegin": "pushkin-onegin",
    "belkin": "pushkin-belkin",
    "captain": "pushkin-captain",
    "hero": "lermontov-hero",
    "duel": "chekhov-duel",
    "kashtanka": "chekhov-kashtanka",
    "case": "chekhov-case",
    "childhood": "tolstoy-childhood",
    "hadji-murat": "tolstoy-hadji-murat",
}
# French whose accents were torn off, Russian stresses, and slips that no rule finds.
MENDED = {
    "onegin": {
        "He мысля": "Не мысля",
        "за€ полдень": "за полдень",
        "Monsieur l’Abbe€": "Monsieur l’Abbé",
        "Qu’e€crirez-vous": "Qu’écrirez-vous",
        "t. a€. v.": "t. à v.",
        "Re€veillez-vous": "Réveillez-vous",
        "te^te-а-te^te": "tête-à-tête",
        "Дидло5) мне": "Дидло мне",
        "Staёl": "Staël",
        "Онегина к ТатьянеПредвижу": "Онегина к Татьяне\nПредвижу",
        "Татьяны к ОнегинуЯ": "Татьяны к Онегину\nЯ",
    },
    "childhood": {"semblé1": "semblé"},
    "belkin": {"16.Село НенарадовоПочитая": "16. Село Ненарадово\nПочитая", "ЖуковскийВ конце": "Жуковский\nВ конце"},
    "hero": {"было/парт": "было", "C`est": "C’est"},
    "hadji-murat": {
        "{имущество твое будет возвращено,}": "имущество твое будет возвращено,",
        "{раб твоих врагов,}": "раб твоих врагов,",
        '{"Заслуживает': "«Заслуживает",
        'Николай", }-': "Николай», —",
        "наделали! _": "наделали! —",
    },
    "captain": {"ПРОПУЩЕННАЯ ГЛАВА *": "ПРОПУЩЕННАЯ ГЛАВА", "\n*\nГлава эта": "\nГлава эта"},
}
NUMBER = r"[IVXL]+\.?(?:[ .]+[IVXL]+\.?)*"


def common(text):
    """What is the same in all works: spaces, dashes, dots, quotation marks, notes, Latin letters in Russian words, ё."""
    text = text.replace("\r", "").replace("\x7f", " ").replace("\xa0", " ").replace("\u200b", "")
    text = re.sub(r"\s?\[\d+\]", "", text)
    text = re.sub(r"\.{3,}", "…", text)
    text = re.sub(r"(?<=\s)(?:--|–|-)(?=[\s,.])|--", "—", text)
    text = re.sub(r"(?<=[,.!?…»]) ?– ?", " — ", text)
    text = re.sub(r"^– ", "— ", text, flags=re.M)
    text = re.sub(r'(^|[\s(—-])"(?=\S)', r"\1«", text, flags=re.M).replace('"', "»")
    text = re.sub(r"[А-Яа-яЁёA-Za-zÀ-ÿ]+", one_alphabet, text)
    text = re.sub(r"(?<=[A-Za-zÀ-ÿ][!?]) \(\d\)|(?<=[A-Za-zÀ-ÿ]) ?\(?\d{1,2}\)?(?=[ ,.;:!?—])", "", text)
    return text.replace("ё", "е").replace("Ё", "Е")


def one_alphabet(word):
    """A word with letters of both alphabets, which look the same, in the one that most of its letters are of."""
    word = word.group()
    russian = len(re.findall("[А-Яа-яЁё]", word))
    if russian in (0, len(word)):
        return word
    return word.translate(LETTERS if 2 * russian >= len(word) else LATIN)


def without_notes(lines):
    """Translations of foreign words stand in the text: from a number to the name of a language."""
    language = re.compile(r"\((?:франц|нем|лат|англ|итал|тюрк)[ .]*\)\.?$")
    skip = 0
    for place, line in enumerate(lines):
        if re.fullmatch(r"\d+", line) or re.match(r"\(?\d{1,2}\)? (?!(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек))", line):
            ends = [end for end in range(place, min(place + 12, len(lines))) if language.search(lines[end])]
            skip = max(skip, ends[0] + 1 if ends else place + 1)
        if place >= skip and not language.search(line):
            yield line


def paragraphs(text):
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return [line for line in lines if line and not re.fullmatch(r"[*\s]+", line)]


def wrapped(text):
    """Paragraphs that were cut in lines of 76 characters: each begins with spaces."""
    text = re.sub(r"\n(?=\S)", " ", text)
    return re.sub(r"(?<=[^\s\d(])\d{1,2}(?=[\s,.;:!?)…—])", "", text)


def headings(lines):
    """Chapters are named, or numbered, on lines of their own."""
    for line in lines:
        named = re.fullmatch(r"(?:Глава|ГЛАВА) [\w ]+\.?", line) or re.fullmatch(NUMBER, line.replace("Х", "X"))
        title = line.isupper() and 3 < len(line) < 40 and line[0].isalpha() and " П." not in line
        yield f"# {line.replace('Х', 'X') if len(line) < 6 else line}" if named or title else line


def prose(name, text):
    text = text.split("\nПримечания\n")[0]
    if name == "hero":
        text = re.sub(r"^ *\d{1,2} [^\n]*\((?:тюрк|франц|нем|итал|лат|англ|Прим)[^\n]*\n", "", text, flags=re.M)
        text = re.sub(r"^     5 Я прошу прощения у читателей.*?\n(?=     6 |\n)", "", text, flags=re.M | re.S)
        text = wrapped(text)
    return "\n".join(headings(without_notes(paragraphs(common(text))))) + "\n"


def verse(text):
    """The dedication and eight chapters: no epigraphs, numbers of stanzas, titles of letters, lines of dots."""
    text = common(text.split("\nКонец\n")[0])
    begin = text.index("Не мысля гордый свет")
    dedication, *chapters = re.split(r"^(Глава (?:перв|втор|трет|четверт|пят|шест|седьм|восьм)\w+)$", text[begin:], flags=re.M)
    parts = ["# Посвящение", dedication]
    for title, chapter in zip(chapters[::2], chapters[1::2]):
        parts += [f"# {title}", chapter[re.search(rf"^{NUMBER}$", chapter, flags=re.M).end() :]]
    text = "\n\n".join(parts)
    text = re.sub(rf"^{NUMBER}$|^[…. ]+$|^Письмо (?:Татьяны к|Онегина к) .*$|^Песня девушек$", "", text, flags=re.M)
    text = re.sub(r"[ \t]+$|^[ \t]+", "", text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def main():
    folder, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent / "texts"
    here.mkdir(exist_ok=True)
    for name, source in WORKS.items():
        text = (folder / f"{source}.txt").read_text(encoding="utf-8").replace("\r", "")
        for wrong, right in MENDED.get(name, {}).items():
            assert wrong in text, f"{source}: `{wrong}` is not there"
            text = text.replace(wrong, right)
        (here / f"{name}.txt").write_text(verse(text) if name == "onegin" else prose(name, text), encoding="utf-8")


main()

#!/usr/bin/env python3
"""Cuts the fonts of the site out of the full ones. Not part of the build: run it by hand when a glyph is missing.

    npm install @expo-google-fonts/literata@0.4 @expo-google-fonts/jetbrains-mono@0.4 katex@0.19.1
    pip install fonttools brotli
    python3 theme/fonts.py node_modules theme

Literata and JetBrains Mono keep the characters of this book. KaTeX's fonts keep all of theirs; those that pages need for a few dozen
of their hundreds of characters are cut in two, so that browsers load the rest only for a page that has it. Hinting goes.

The faces of the text and the two that every formula needs stand in fonts.js: a face made by a script from bytes is there at once, and no
line breaks elsewhere a moment later, as after any address in a style sheet, `data:` included. Without scripts fonts.css names the files.
"""

import base64
import json
import re
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

RUSSIAN = {0x401, *range(0x410, 0x450), 0x451}
BASE = {*range(0x20, 0x7F), *RUSSIAN} | set(map(ord, "\xa0§«\xad°±·»×éöü\u0301\u2009\u202f‐‑–—’“„…№−"))
NAMES = set(map(ord, "©ÉÖÜßàáäåçèêíîñóøŁłćčšž"))
SIGNS = set(map(ord, "‘”†‰′″²³¹⁰⁴⁵⁶⁷⁸⁹⁻₽←→≈≠≤≥∞√"))
GREEK = set(map(ord, "ΔΣΩαβγδεζηθικλμνξοπρςστυφχψω"))
BOXES = set(map(ord, "←→∂∑√∞≈≠≤≥│─┌┐└┘├┤┼²"))

FONTS = [
    ("literata/400Regular/Literata_400Regular.ttf", "text-regular", BASE | NAMES | SIGNS, ["kern", "mark", "tnum"]),
    ("literata/400Regular_Italic/Literata_400Regular_Italic.ttf", "text-italic", BASE, ["kern"]),
    ("literata/600SemiBold/Literata_600SemiBold.ttf", "text-bold", BASE, ["kern"]),
    ("jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf", "code", BASE | GREEK | BOXES, []),
]

ASCII = {*range(0x20, 0x7F)}
GREEK_CAPITALS = set(map(ord, "ΓΔΘΛΞΠΣΦΨΩ"))
MATHS = set(map(ord, "\xa0±×′–—…∂∅∇∈∋−∗∘√∝∞∣∥∼≈≡≤≥⊤⊥⋅⋯⋮⋱⟨⟩←→↦⇒⇔⟹⟺⟶∫≪≫∀∃∪∩⊂⊆∖⊕⊗⊙⌈⌉⌊⌋ℓˆˉ˜˙\u20d7\ue020"))
COMMON = {
    "KaTeX_Main-Regular": ASCII | GREEK_CAPITALS | MATHS,
    "KaTeX_Main-Bold": ASCII | GREEK_CAPITALS | set(map(ord, "\xa0−⊤ˆˉ˜ℓ")),
    "KaTeX_AMS-Regular": set(map(ord, "CDENPQRZ\xa0⩽⩾≲≳□■∅")),
    "KaTeX_Math-BoldItalic": set(range(ord("a"), ord("z") + 1)) | set(map(ord, "Aαβγδεηθλμξπρστφω")),
}

AT_ONCE = [
    ("text-regular", "Text", {}),
    ("text-italic", "Text", {"style": "italic"}),
    ("text-bold", "Text", {"weight": "600 700"}),
    ("code", "Code", {}),
    ("KaTeX_Main-Regular", "KaTeX_Main", {"unicodeRange": None}),
    ("KaTeX_Math-Italic", "KaTeX_Math", {"style": "italic"}),
]


def alias(font, new, old):
    """Gives the character `new` the glyph of `old` when it has none."""
    for table in font["cmap"].tables:
        if table.isUnicode() and old in table.cmap:
            table.cmap.setdefault(new, table.cmap[old])


def add_superscript_minus(font):
    """Literata has superscript digits but no superscript minus; numbers like 10⁻⁷ need one."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    if 0x207B in cmap or 0x2077 not in cmap:
        return
    seven, minus, scale = cmap[0x2077], cmap[0x2212], 0.62
    bounds, height = font["glyf"][minus], font["glyf"][seven]
    middle = (bounds.yMin + bounds.yMax) / 2 * scale
    pen = TTGlyphPen(glyphs)
    up = (height.yMin + height.yMax) / 2 - middle
    glyphs[minus].draw(TransformPen(pen, (scale, 0, 0, scale, 0, up)))
    font["glyf"]["minus.superior"] = pen.glyph()
    font["hmtx"]["minus.superior"] = (round(font["hmtx"][minus][0] * scale), round(bounds.xMin * scale))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x207B] = "minus.superior"


def drop_small_kerns(font):
    """Kerning below a fifth of a pixel at the size of the text is a quarter of the table and is never seen."""
    smallest = font["head"].unitsPerEm * 12 / 1000
    for lookup in font["GPOS"].table.LookupList.Lookup:
        tables = [table.ExtSubTable if table.LookupType == 9 else table for table in lookup.SubTable]
        for table in (table for table in tables if table.LookupType == 2):
            if table.Format == 1:
                for pairs in table.PairSet:
                    pairs.PairValueRecord = [pair for pair in pairs.PairValueRecord if abs(pair.Value1.XAdvance) >= smallest]
                    pairs.PairValueCount = len(pairs.PairValueRecord)
                continue
            for pair in (pair for first in table.Class1Record for pair in first.Class2Record):
                if pair.Value1 and abs(pair.Value1.XAdvance) < smallest:
                    pair.Value1.XAdvance = 0


def cut(font, target, characters, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "FFTM", "GDEF", "STAT", "gasp", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    if "kern" in features:
        drop_small_kerns(font)
    missing = sorted(characters - set(font.getBestCmap()))
    font["head"].modified = font["head"].created
    font.flavor = "woff2"
    font.save(target)
    print(target, target.stat().st_size, "bytes; without", " ".join(map(chr, missing)) or "nothing")


def cut_text_fonts(packages, out):
    for source, name, characters, features in FONTS:
        font = TTFont(packages / "@expo-google-fonts" / source)
        alias(font, 0x202F, 0x2009)
        alias(font, 0x2011, 0x2010)
        add_superscript_minus(font)
        cut(font, out / f"{name}.woff2", characters, features)


def ranges(characters):
    """The descriptor `unicode-range`."""
    runs = []
    for character in sorted(characters):
        if runs and runs[-1][1] == character - 1:
            runs[-1][1] = character
        else:
            runs.append([character, character])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def cut_katex(package, theme):
    """KaTeX's style sheet with the addresses of our files, and the files."""

    def face(match):
        name = match["name"]
        source = package / "dist" / "fonts" / f"{name}.woff2"
        everything = set(TTFont(source).getBestCmap())
        common = everything & COMMON.get(name, everything)
        faces = []
        for part, characters in [(name, common), (f"{name}-rare", everything - common)]:
            if not characters:
                continue
            cut(TTFont(source), theme / "fonts" / f"{part}.woff2", characters, ["*"])
            if any(part == name for name, _, _ in AT_ONCE):
                continue
            limit = f";unicode-range:{ranges(characters)}" if common != everything else ""
            address = f"url('{{{{ resource \"fonts/{part}.woff2\" }}}}') format(\"woff2\")"
            faces.append(f"@font-face{{{match['description']}src:{address}{limit}}}")
        return "".join(faces)

    css = (package / "dist" / "katex.min.css").read_text()
    pattern = r"@font-face\{(?P<description>[^}]*?)src:url\(fonts/(?P<name>[\w-]+)\.woff2\)[^}]*\}"
    css, count = re.subn(pattern, face, css)
    assert count == 20, count
    head = "/* KaTeX 0.19.1, katex.min.css (MIT, theme/fonts/KaTeX-LICENSE.txt); the rules @font-face are made by theme/fonts.py. */\n"
    (theme / "katex" / "katex.min.css").write_text(head + css.strip() + "\n")
    shutil.copy(package / "LICENSE", theme / "fonts" / "KaTeX-LICENSE.txt")


def write_faces(fonts):
    """The same faces twice: as a script for the first paint, and as a style sheet for readers without scripts."""
    script, sheet = [], []
    for name, family, descriptors in AT_ONCE:
        file = fonts / f"{name}.woff2"
        if "unicodeRange" in descriptors:
            descriptors = {"unicodeRange": ranges(TTFont(file).getBestCmap())}
        data = base64.b64encode(file.read_bytes()).decode()
        script.append(f"  [{json.dumps(family)}, '{data}', {json.dumps(descriptors)}],\n")
        css = {"style": "font-style", "weight": "font-weight", "unicodeRange": "unicode-range"}
        lines = [f"font-family: {family}", *(f"{css[key]}: {value}" for key, value in descriptors.items())]
        lines.append(f"src: url('{{{{ resource \"fonts/{name}.woff2\" }}}}') format(\"woff2\")")
        sheet.append("@font-face {\n" + "".join(f"  {line};\n" for line in lines) + "}\n")
    made = "Literata, JetBrains Mono and KaTeX's fonts, cut by theme/fonts.py, which writes this file; licences beside it."
    (fonts / "fonts.css").write_text(f"/* {made} */\n\n" + "".join(sheet))
    (fonts / "fonts.js").write_text(
        f"// {made}\n'use strict';\n\nfor (const [family, data, descriptors] of [\n"
        + "".join(script)
        + "]) document.fonts.add(new FontFace(family, Uint8Array.from(atob(data), letter => letter.charCodeAt(0)), descriptors));\n"
    )


def main():
    packages, theme = Path(sys.argv[1]), Path(sys.argv[2])
    cut_text_fonts(packages, theme / "fonts")
    cut_katex(packages / "katex", theme)
    write_faces(theme / "fonts")


main()

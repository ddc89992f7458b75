"""The words whose terms are held for good: those of the demo company's content, and others made for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from zlib import crc32

from portal.search.analysis import analyser
from portal.search.rules import RULES, read_step
from tests.conftest import ROOT
from tests.golden import FOLDER

NAME = "analysis.tsv"
ODD = (
    "Œuvre œuf ŒUFS cœur nœud ex-æquo Ægir straße STRASSE ẞ ıstanbul İstanbul Łódź Ørsted Đỗ þing Σίσυφος ΟΔΟΣ οδός "
    "Άγιος ё Ёлка Москва москва́ йод Й и̌ été ÉTÉ été ÉTÉ e\u0301te\u0301 C\u0327A Développée coŀlecció ŉ ſage ﬁn ﬀ ﬃ "
    "ﬅ ²³ m² m³ CO₂ H₂O ½ ⅞ ① ⒈ ⑴ Ⅳ ⅳ ªº ℝ ℂ ℌ Å Ω µ μ ㎏ ㎥ № ™ Ａｂｃ ＤＥＦ １２３ ｶﾞ ガ 한국어 中文 日本語 עברית عربي "
    "لله ﷺ ﹰ हिन्दी ไทย c# C# c++ C++ F# c+++ c#+# +c #c r R C à À ç y 5 42 2024 3D 5G ipv6 R2D2 x²y a\u0301\u0302b q\u0308 "
    "aujourd hui jusqu lorsqu quelqu presqu qu l d j m n s t Constructor constructor prototype hasownproperty "
    "proto valueof tostring anticonstitutionnellement œœœ ﬁﬁﬁﬁ aaaa aaaaa bb bbb bbbb ééée nnn ss sss ssss xx xxx"
)


def _spellings(language: str) -> Iterator[str]:
    yield from ODD.split()
    yield from RULES[language].stop.split()
    own = _of_the_demo()
    if language == "fr":
        yield from own
    terms = {term for word in own if (term := analyser(language).term(word))}
    stems = sorted(term for term in terms if term.isascii() and term.isalpha())
    yield from _at_each_boundary(language, stems)
    yield from _combined(language, stems if language == "fr" else stems[::4])


def _of_the_demo() -> list[str]:
    """The distinct words of the demo company's content, folded."""
    texts = (file.read_text(encoding="utf-8") for file in (ROOT / "content").rglob("*.md"))
    return sorted({word for text in texts for word in analyser("fr").words(text)})


def _suffixes(language: str) -> list[tuple[str, int]]:
    return [
        (suffix, least) for step in RULES[language].steps for suffix, (least, _) in read_step(step).items()
    ]


def _at_each_boundary(language: str, stems: list[str]) -> Iterator[str]:
    """Each rule with one letter too few, just enough, one more and three more; and each doubled letter."""
    for (suffix, least), more in product(_suffixes(language), (-1, 0, 1, 3)):
        long_enough = [stem[: least + more] for stem in stems if len(stem) >= least + more]
        yield from (stem + suffix for stem in _chosen(set(long_enough), suffix, 5))
    for letter, length in product("abcdefghijklmnopqrstuvwxyz", (2, 3, 4, 5)):
        yield from (stem[:length] + letter * 2 for stem in _chosen(set(stems), letter, 2))


def _combined(language: str, stems: list[str]) -> Iterator[str]:
    """Each stem with some suffixes, one and two: words that nobody wrote, and that rules meet in any order."""
    suffixes = [suffix for suffix, _ in _suffixes(language)]
    for stem in stems:
        start = crc32(stem.encode())
        yield from (stem + suffixes[(start + turn * 37) % len(suffixes)] for turn in range(3))
        yield stem + suffixes[start % 7919 % len(suffixes)] + suffixes[start % 104729 % len(suffixes)]


def _chosen(words: set[str], seed: str, count: int) -> list[str]:
    return sorted(words, key=lambda word: (crc32((seed + word).encode()), word))[:count]


def made() -> dict[str, list[str]]:
    """The list made anew: for each language, distinct spellings in order."""
    return {language: sorted(set(_spellings(language))) for language in RULES}


def written(terms: dict[str, list[str]], words: dict[str, list[str]]) -> str:
    """The golden file: a line that names a language, then a line `spelling TAB term` for each."""
    lines: list[str] = []
    for language, spellings in words.items():
        lines += [language, *map("\t".join, zip(spellings, terms[language], strict=True))]
    return "\n".join(lines) + "\n"


@cache
def held() -> dict[str, list[str]]:
    """The spellings that the golden file holds."""
    words: dict[str, list[str]] = {}
    language = ""
    for line in (FOLDER / NAME).read_text(encoding="utf-8").split("\n")[:-1]:
        spelling, _, term = line.partition("\t")
        if term:
            words[language].append(spelling)
        else:
            words[language := spelling] = []
    return words

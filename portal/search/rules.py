"""How words are read, one table a language: data only, sent as it stands to the browser, which reads the same way.

A step of stemming is written as rules parted by spaces, each `suffix`, `least`, `replacement`: `aux2al` says that a
word ending by “aux” with two letters or more before it ends by “al” instead; `er3`, that “er” goes when three letters
are left. In a step, the longest suffix of the word that has a rule with enough letters left is replaced, once. A rule
that changes nothing (`eed1eed`) keeps its words from shorter ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

_RULE = re.compile(r"([a-z]+)(\d)([a-z]*)")


@dataclass(frozen=True)
class Rules:
    """The reading of one language; every word here is folded: small letters without accents.

    `letters` are replaced after folding; `stop` words are not searched; `short` are the one-character words that are;
    `steps` are applied in order to words of four letters or more, all of them a to z; `doubles` are the letters whose
    doubling at the end is undone at last, in words of five letters or more.
    """

    letters: Mapping[str, str]
    stop: str
    short: str
    steps: tuple[str, ...]
    doubles: str

    def as_json(self) -> dict[str, object]:
        """The table as the browser gets it: the names and values of this class, in JSON's types."""
        return {**asdict(self), "steps": list(self.steps)}


def read_step(step: str) -> dict[str, tuple[int, str]]:
    """The rules of a step: suffix → least letters left, replacement."""
    return {suffix: (int(least), ending) for suffix, least, ending in _RULE.findall(step)}


LETTERS = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ς": "σ",
}  # fmt: skip
"""Letters that don't decompose, and what they are read as, whatever the language."""

_FRENCH = Rules(
    letters=LETTERS,
    stop=(
        "a ai aie aient aies ainsi ait as au aujourd aura aurai auraient aurais aurait auras aurez auriez aurions "
        "aurons auront aussi aux avaient avais avait avec avez aviez avions avoir avons ayant ayez ayons ca car ce "
        "ceci cela celle celles celui ces cet cette ceux chez ci comme d dans de des donc dont du elle elles en entre "
        "es est et etaient etais etait etant etes etiez etions etre eu eue eues eurent eus eut eux fut furent hui il "
        "ils je jusqu jusque la le les leur leurs lors lorsqu lorsque lui ma mais me meme memes mes moi mon ne ni "
        "nos notre nous on ont ou par parce pas peu peut plus pour puisqu puisque qu quand que quel quelle quelles "
        "quelqu quelque quelques quels qui quoi quoiqu quoique sa sans se sera serai seraient serais serait seras "
        "serez seriez serions serons seront ses si soi soient sois soit sommes son sont sous soyez soyons suis sur ta "
        "te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y"
    ),
    short="0123456789r",
    steps=(
        # Plurals. “vers” ends words that have none; “gros” has no other way to meet “grosse”.
        "s3 x3 ix0ix eaux0eau aux2al travaux0travail vers0vers gros0gros",
        # Feminines, the endings of verbs, what names an act or who does it.
        "e3 ee3 er3 ez3 ent3 ait3 ai3 aient3 iez3 on5 geon3g ant3 ante3 amiante0amiant a4 erent3 era3 erai3 erait3 "
        "eront3 eron3 erez3 eraient3 eriez3 erion3 ir2i ira2i irai2i irait2i iront2i irez2i iraient2i ire2i air0air "
        "oir3 oire0oir dre3d ttre2tt aitre3 tient2ten vient0ven tenir2ten venir0ven aise3 eau2el eu3 eur3 eure3 euse3 "
        "rice3 moteur0moteur ement5 able5 ation5 tion3t present0present",
        # What those were joined to.
        "iss2i aiss3 aissanc3 is2i us3u it2i ant3 amiant0amiant ent4 er4 at5 isat2i iv3if ivit3if atif3 ativ3 abilit2 "
        "iqu2ic ific2ifi uct2ui y3i mett0met tienn1ten vienn0ven tien2ten vien1ven criv0cri present0present "
        "universit0universit "
        # “pompage” is what “pomper” does; a village isn't what a town does.
        "ag4 avantag0avantag courag0courag hommag0hommag messag0messag ouvrag0ouvrag partag0partag paysag0paysag "
        "personnag0personnag sauvag0sauvag villag0villag",
        # The vowels that are left.
        "i6 u4 a4 e3 statu0statu",
    ),
    doubles="lnptsm",
)

_ENGLISH = Rules(
    letters=LETTERS,
    stop=(
        "a about after all also an and any are as at be because been before being but by can could did do does doing "
        "done for from had has have having he her here hers him his how i if in into is it its itself just me more "
        "most my no nor not of off on once only or other our ours out over own same she should so some such than that "
        "the their theirs them then there these they this those through to too under until up very was we were what "
        "when where which while who whom why will with would you your yours"
    ),
    short="0123456789r",
    steps=(
        "s3 ss0ss us0us is0is ysis1yse ies2y",
        "ing3 ed3 eed0eed ly3",
        "e3 y3i",
    ),
    doubles="lnptsmrfgdb",
)

RULES: Mapping[str, Rules] = {"fr": _FRENCH, "en": _ENGLISH}
"""The table of each language of a portal."""

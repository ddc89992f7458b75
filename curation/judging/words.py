"""The words of a text: folded, in the singular as French and English write plurals, and those that say nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portal.slugs import fold

# `C#` and `C++` are words; so is what stands on each side of an apostrophe or a hyphen.
_WORD = re.compile(r"[^\W_]{1,100}(?:\+{1,2}|#)?(?![^\W_])|[^\W_]{1,100}")
# No script piles up more than four marks; to compose thousands takes minutes (UAX 15 § 13 cuts them too).
_ACCENTED = re.compile(r"(\w[\u0300-\u036f]{1,4}+)[\u0300-\u036f]*+")

_FRENCH = """
a afin ai ainsi alors an ans apres as assez au aucun aucune aujourd aupres aussi autant autre autres aux avaient avais
avait avant avec avez avoir avons ayant beaucoup bien c car ce ceci cela celle celles celui cependant ces cet cette ceux
chaque chez comme comment contre d dans de deja depuis derriere des deux devant doit doivent donc dont du elle elles en
encore enfin entre envers es est et etaient etait ete etes etre eu eux fait faire faut fois font furent grace hors hui
ici il ils j jamais je jusqu jusque l la le les leur leurs lors lorsque lui m ma mais malgre me meme memes mes mieux moi
moins mon n ne ni non nos notre nous on ont ou oui outre par parce parfois parmi pas pendant peu peut peuvent plus
plusieurs plutot pour pourquoi pourtant pres presque puis puisque qu quand quant que quel quelle quelles quelque quelques
quels qui quoi quoique rien s sa sans sauf se selon sera seront ses seulement si sien sinon soit sommes son sont sous
souvent suis sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes tres trop
tu un une unes uns vers voici voila vos votre vous vu y
"""
_ENGLISH = """
about above after again against all also am an and any are as at be because been before being below between both but by
can cannot could did do does doing don down during each few for from further had has have having he her here hers herself
him himself his how however i if in into is it its itself just let me more most my myself no nor not now of off on once
only or other our ours ourselves out over own s same she should so some such t than that the their theirs them then there
these they this those through to too under until up very was we were what when where which while who whom why will with
would you your yours
"""
STOP_WORDS = frozenset(f"{_FRENCH} {_ENGLISH}".split())
"""Words of French and English that any text may hold, folded."""

_DATES = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
january february march april may june july august september october november december
lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday
printemps ete automne hiver spring summer autumn winter premier premiere second seconde
"""
DATES = frozenset(_DATES.split())
"""Words that tell one issue of a column from the next, folded."""

_NUMBERS = """
zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
soixante cent mille dizaine douzaine quinzaine vingtaine centaine millier million milliard moitie tiers quart demi double
troisieme quatrieme cinquieme dernier derniere two three four five six seven eight nine ten eleven twelve twenty thirty
hundred thousand half first last
"""
COUNTING = DATES | frozenset(_NUMBERS.split())
"""Words that count or date: they say nothing of what a text is about."""


def composed(text: str) -> str:
    """The text with its letters and their accents composed, in a time in proportion to it."""
    return _ACCENTED.sub(lambda match: unicodedata.normalize("NFC", match[1]), text)


def words(text: str) -> Iterator[str]:
    """The words of a text in its order, as they are written."""
    return (match.group() for match in _WORD.finditer(composed(text)))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case, accents or ligatures; a text has far fewer words than it has places for them."""
    return fold(word)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """A folded word without the mark of the plural: `boues` is `boue`, `canaux` is `canal`. Not always a real word."""
    if len(word) <= 3 or word[-1] not in "sx" or word.endswith("ss"):
        return word
    if word.endswith("aux") and not word.endswith(("eaux", "yaux")):
        return f"{word[:-3]}al"
    return word[:-1]


def form(word: str) -> str:
    """What two words have in common when only their case, accents or number differ."""
    return singular(folded(word))

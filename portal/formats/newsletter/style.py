"""How the mail looks: the portal's paper by day, its night in the dark, from the company's two colours.

Mailboxes read no custom properties: each rule is written out, then css-inline puts it on its elements. Only what
depends on the reader (dark, narrow) stays in a style element, which mailboxes that can't read it leave aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.formats.theme import darkened, lightened
from portal.settings import Colours

WIDTH_PX = 600

_SANS = "'Avenir Next','Segoe UI',Seravek,'Noto Sans','Helvetica Neue',Arial,sans-serif"
_SERIF = "'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua',Georgia,serif"


@dataclass(frozen=True)
class Palette:
    """Colours of one scheme, as #rrggbb."""

    ground: str
    surface: str
    sunk: str
    ink: str
    soft: str
    line: str
    link: str
    ember: str


def light(colours: Colours) -> Palette:
    """By day."""
    return Palette(
        ground="#f4eee3",
        surface="#fffefb",
        sunk="#f7f1e5",
        ink="#1d2528",
        soft="#545d60",
        line="#e5dccb",
        link=darkened(colours.primary, "#f7f1e5", 4.9),
        ember=darkened(colours.accent, "#f7f1e5", 4.9),
    )


def dark(colours: Colours) -> Palette:
    """At night."""
    return Palette(
        ground="#0f1416",
        surface="#1a2024",
        sunk="#232b30",
        ink="#ede7db",
        soft="#b3b6b0",
        line="#313a3f",
        link=mixed(lightened(colours.primary, "#232b30", 5.5), "#ffffff", 0.82),
        ember=mixed(lightened(colours.accent, "#232b30", 5.5), "#ffffff", 0.85),
    )


def night(colours: Colours) -> str:
    """The ground of the head, the same in both schemes."""
    return mixed(colours.primary, "#0a1013", 0.46)


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of one colour with the rest of another, channel by channel."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


def inlined(colours: Colours) -> str:
    """The rules that go onto the elements."""
    p = light(colours)
    accent = lightened(colours.accent, night(colours), 6)
    return f"""
body{{margin:0;padding:0;background:{p.ground};color:{p.ink};-webkit-text-size-adjust:100%}}
table{{border-collapse:collapse}}
td{{font-family:{_SANS};font-size:16px;line-height:1.55;color:{p.ink};word-break:break-word}}
h1,h2,h3{{margin:0;font-family:{_SERIF};font-weight:700;line-height:1.25}}
p{{margin:0}}
a{{color:{p.link}}}
.preview{{display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px}}
.ground{{background:{p.ground}}}
.sheet{{width:100%;max-width:{WIDTH_PX}px}}
.surface{{background:{p.surface}}}
.top{{padding:14px 32px;font-size:13px;color:{p.soft}}}
.top a{{color:{p.soft}}}
.night{{background:{night(colours)};padding:30px 32px 32px;border-radius:14px 14px 0 0}}
.brand{{font-size:14px;font-weight:700;color:{accent}}}
.title{{padding-top:10px;font-size:31px;color:#f7f1e5}}
.issued{{padding-top:10px;font-size:14px;color:#d3d2c8}}
.intro{{padding:28px 32px 6px;font-size:17px}}
.intro p,.intro ul,.intro ol,.intro blockquote{{margin:0 0 14px;font-size:17px}}
.intro h2,.intro h3{{margin:6px 0 10px;font-size:20px}}
.intro blockquote{{padding-left:14px;border-left:3px solid {p.line}}}
.intro img{{max-width:100%;height:auto;border:0}}
.part{{padding:26px 32px 0}}
.rule{{border-top:2px solid {p.line};padding-top:22px;font-size:23px;color:{p.ink}}}
.card{{padding:24px 32px 2px}}
.words{{padding-bottom:9px;font-family:{_SERIF};font-size:17px;font-style:italic;color:{p.ink}}}
.eyebrow{{padding-bottom:3px;font-size:13px;font-weight:700;color:{p.ember}}}
.name{{font-size:19px}}
.name a{{color:{p.ink};text-decoration:none}}
.fact{{padding-top:3px;font-size:14px;color:{p.soft}}}
.text{{padding-top:7px}}
.go{{padding-top:8px;font-size:15px;font-weight:700}}
.go a{{display:inline-block;padding:2px 18px 2px 0}}
.photo{{padding-bottom:12px}}
.photo img{{display:block;width:100%;max-width:536px;height:auto;border:0;border-radius:8px}}
.credit{{padding-top:4px;font-size:12px;color:{p.soft}}}
.figure{{background:{p.sunk};padding:12px 16px 13px;border-radius:8px}}
.values{{font-family:{_SERIF};font-size:25px;font-weight:700;line-height:1.2;color:{p.ember}}}
.was{{color:{p.soft};font-size:19px;font-weight:400}}
.unit{{font-size:15px;font-weight:400}}
.label{{padding-top:2px;font-size:14px;color:{p.soft}}}
.gap{{font-size:12px;line-height:12px}}
.day{{width:58px;padding:8px 0;background:{p.sunk};border-radius:8px;text-align:center;line-height:1.15}}
.day b{{display:block;font-family:{_SERIF};font-size:23px;color:{p.link}}}
.day span{{display:block;font-size:13px;color:{p.soft}}}
.face{{width:46px;height:46px;background:{p.sunk};border-radius:23px;text-align:center}}
.face{{font-size:15px;font-weight:700;color:{p.link}}}
.beside{{padding-left:16px}}
.end{{padding:26px 32px 34px;font-size:14px;line-height:34px;border-radius:0 0 14px 14px}}
.button{{display:inline-block;padding:9px 20px;background:{p.link};color:#ffffff;border-radius:8px}}
.button{{text-decoration:none;font-size:15px;font-weight:700;line-height:1.4}}
.foot{{padding:22px 32px 40px;font-size:13px;color:{p.soft}}}
.foot p{{padding-bottom:7px}}
.foot a{{color:{p.soft}}}
"""


def kept(colours: Colours) -> str:
    """The rules that wait for the reader's own settings."""
    p, day = dark(colours), light(colours)
    return f"""
:root{{color-scheme:light dark;supported-color-schemes:light dark}}
@media (max-width:520px){{
.top,.intro,.part,.card,.end,.foot{{padding-left:18px!important;padding-right:18px!important}}
.night{{padding:24px 18px 26px!important;border-radius:0!important}}
.title{{font-size:26px!important}}
.end{{border-radius:0!important}}
.beside{{padding-left:12px!important}}
}}
@media (prefers-color-scheme:dark){{
body,.ground{{background:{p.ground}!important}}
.surface{{background:{p.surface}!important}}
td,.rule,.words,.name a{{color:{p.ink}!important}}
.top,.top a,.foot,.foot a,.fact,.credit,.was,.label,.day span{{color:{p.soft}!important}}
.figure,.day,.face{{background:{p.sunk}!important}}
.rule,.intro blockquote{{border-color:{p.line}!important}}
.intro a,.go a,.day b,.face{{color:{p.link}!important}}
.eyebrow,.values,.unit{{color:{p.ember}!important}}
.title{{color:#f7f1e5!important}}
.brand{{color:{lightened(colours.accent, night(colours), 6)}!important}}
.issued{{color:#d3d2c8!important}}
.button{{background:{p.link}!important;color:{day.ink}!important}}
}}
""".strip()

"""An edition → the HTML of its mail: tables that Outlook holds, styles on the elements, no script.

Nothing is fetched when it is read but the portal’s own pictures.
"""

from __future__ import annotations

import css_inline
from markupsafe import Markup

from portal.formats.newsletter.cards import Card, Figure, Picture
from portal.formats.newsletter.edition import Edition, Part
from portal.formats.newsletter.prose import introduction
from portal.formats.newsletter.style import WIDTH_PX, inlined, kept
from portal.language import Translator

MAX_BYTES = 100_000
"""Heavier mails are cut by mailboxes (Gmail: 102 kB)."""

_EMPTY = Markup("")

_PAGE = Markup("""<!DOCTYPE html>
<html lang="{language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>{title}</title>
<style data-css-inline="keep">{style}</style>
</head>
<body>
<div role="main" lang="{language}">
<div class="preview">{preview}</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<!--[if mso]><table role="presentation" width="{width}" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0">
<tr><td class="top" align="right"><a href="{page}">{view}</a></td></tr>
<tr><td class="night"><p class="brand">{brand}</p><h1 class="title">{title}</h1><p class="issued">{issued}</p></td></tr>
{introduction}{parts}
<tr><td class="end surface" align="center"><a class="button" href="{root}">{more}</a></td></tr>
<tr><td class="foot">{foot}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</div>
</body>
</html>
""")
_ROW = Markup('<tr><td class="{css} surface">{inside}</td></tr>\n')
_BESIDE = Markup(
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>'
    '<td width="{width}" valign="top"><table role="presentation" width="{width}" cellpadding="0" cellspacing="0"><tr>'
    '<td class="{css}" align="center">{mark}</td></tr></table></td>'
    '<td class="beside" valign="top">{inside}</td></tr></table>'
)
_FIGURE = Markup(
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="figure">'
    '<p class="values">{before}{after}{unit}</p><p class="label">{label}</p></td></tr>'
    '<tr><td class="gap">&nbsp;</td></tr></table>'
)
_PHOTO = Markup(
    '<p class="photo"><img src="{url}" alt="{alt}" width="{width}" height="{height}"></p>{credit}'
)


def html(edition: Edition) -> str:
    """The HTML part of the mail, whole."""
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, extra_css=inlined(edition.colours), minify_css=True
    )
    return inliner.inline(_page(edition))


def _page(edition: Edition) -> str:
    say = edition.say
    text = introduction(
        edition.introduction, edition.path, edition.links, edition.sizes, edition.language
    ).strip()
    return _PAGE.format(
        language=edition.language,
        title=edition.title,
        # Mailboxes would go on with the first words of the letter: invisible spaces keep them away.
        preview=edition.preview + "\u200c\u00a0" * 40,
        style=Markup(kept(edition.colours)),  # noqa: S704 - made of colours only
        width=WIDTH_PX,
        page=edition.page,
        view=say.gettext("Read it in a browser"),
        brand=edition.portal
        if edition.portal == edition.company
        else f"{edition.portal} · {edition.company}",
        issued=" · ".join(words for words in (edition.day, edition.audience) if words),
        introduction=_ROW.format(css="intro", inside=text) if text else _EMPTY,
        parts=_EMPTY.join(_part(part, edition) for part in edition.parts),
        root=edition.links.root,
        more=say.gettext("See all that happens on {portal}").format(portal=edition.portal),
        foot=_foot(edition),
    )


def _part(part: Part, edition: Edition) -> Markup:
    head = _ROW.format(css="part", inside=Markup('<h2 class="rule">{}</h2>').format(part.title))
    return head + _EMPTY.join(_card(card, edition.say) for card in part.cards)


def _card(card: Card, say: Translator) -> Markup:
    inside = _told(card)
    if card.day is not None:
        mark = Markup("<b>{}</b><span>{}</span>").format(
            say.skeleton(card.day, "d"), say.skeleton(card.day, "MMM")
        )
        inside = _BESIDE.format(css="day", width=58, mark=mark, inside=inside)
    elif card.initials:
        inside = _BESIDE.format(css="face", width=46, mark=card.initials, inside=inside)
    said = _paragraph("words", card.words)
    return _ROW.format(css="card", inside=said + _picture(card.picture) + _figure(card.figure) + inside)


def _told(card: Card) -> Markup:
    lang = Markup(' lang="{}"').format(card.lang) if card.lang else _EMPTY
    name = Markup('<h3 class="name"><a href="{}"{}>{}</a></h3>').format(card.url, lang, card.title)
    facts = _EMPTY.join(_paragraph("fact", fact) for fact in card.facts)
    link = Markup('<a href="{}">{}</a>')
    go = link.format(card.url, card.action)
    if card.other:
        go += Markup(" ") + link.format(card.other[1], card.other[0])
    return (
        _paragraph("eyebrow", card.eyebrow)
        + name
        + facts
        + _paragraph("text", card.text)
        + Markup('<p class="go">{}</p>').format(go)
    )


def _paragraph(css: str, text: str) -> Markup:
    return Markup('<p class="{}">{}</p>').format(css, text) if text else _EMPTY


def _picture(picture: Picture | None) -> Markup:
    if picture is None:
        return _EMPTY
    width = min(picture.width, WIDTH_PX - 64)
    height = round(picture.height * width / picture.width)
    credit = _paragraph("credit", picture.credit)
    return _PHOTO.format(url=picture.url, alt=picture.alt, width=width, height=height, credit=credit)


def _figure(figure: Figure | None) -> Markup:
    if figure is None:
        return _EMPTY
    was = Markup('<span class="was">{} →&nbsp;</span>').format(figure.before) if figure.before else _EMPTY
    unit = Markup(' <span class="unit">{}</span>').format(figure.unit) if figure.unit else _EMPTY
    return _FIGURE.format(before=was, after=figure.after, unit=unit, label=figure.label)


def _foot(edition: Edition) -> Markup:
    """Who sends, why one receives it, and how to stop."""
    say = edition.say
    lines = [Markup("<p>{}</p>").format(line) for line in sent_by(edition)]
    if edition.unsubscribe:
        address = Markup('<a href="mailto:{0}">{0}</a>').format(edition.unsubscribe)
        stop = say.gettext("To receive it no more, write “stop” to {address}.")
        before, after = stop.split("{address}")
        lines.append(Markup("<p>{}{}{}</p>").format(before, address, after))
    return _EMPTY.join(lines)


def sent_by(edition: Edition) -> tuple[str, ...]:
    """Who sends the letter, and to whom."""
    say = edition.say
    whom = edition.audience or edition.company
    return (
        say.gettext(
            "Written by the communications team of {company}, with those whose names it gives."
        ).format(company=edition.company),
        say.gettext("You receive it because you are on the list of {whom}.").format(whom=whom),
    )

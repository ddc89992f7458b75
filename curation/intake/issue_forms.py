"""The forms of forges, made from the sheets: what is filled in there reads back as a sheet. Text only; nothing is written.

GitHub and Forgejo have forms (docs.github.com, “Syntax for GitHub's form schema”); GitLab has templates of text
(docs.gitlab.com, “Description templates”).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal import frontmatter
from portal.formats.form_words import HINTS
from portal.formats.sheet.keys import SHEET_KINDS, Asked, asked
from portal.formats.sheet.names import choice_words
from portal.labels import LABELS
from portal.language import Translator
from portal.page_words import INVITATIONS
from portal.problems import N_
from portal.records.keys import Form

LABEL = "contribution"
"""What the issues are labelled, for `veillee intake --issues contribution`."""

_GENERATED = "Made by `veillee schema` from the code: change the code, then run it again."
_SHAPES: Mapping[Form, str] = {
    "date": "2026-11-05",
    "moment": "2026-12-03 10:00",
    "url": "https://",
    "email": "prenom.nom@example.com",
}


def issue_forms(say: Translator) -> Mapping[str, str]:
    """Path from the project’s root → text, for every kind that people contribute."""
    github = {f".github/ISSUE_TEMPLATE/{kind}.yml": github_form(kind, say) for kind in SHEET_KINDS}
    gitlab = {f".gitlab/issue_templates/{kind}.md": gitlab_template(kind, say) for kind in SHEET_KINDS}
    return {**github, **gitlab}


def github_form(kind: str, say: Translator) -> str:
    """The YAML of one form."""
    word, invitation = say.gettext(LABELS["kind"][kind]), INVITATIONS[kind]
    form: dict[str, object] = {
        "name": say.gettext(invitation.title),
        "description": say.gettext(invitation.summary),
        "title": f"{word} : ",
        "labels": [LABEL],
        "body": [_kind(word), *(_field(kind, item, say) for item in asked(kind))],
    }
    return f"# {_GENERATED}\n{frontmatter.HANDLER.export(form)}\n"


def gitlab_template(kind: str, say: Translator) -> str:
    """The Markdown of one template; help stands in comments, which reading passes over."""
    parts = [f"<!-- {_GENERATED} -->", f"### Veillée\n\n{say.gettext(LABELS['kind'][kind])}"]
    for item in asked(kind):
        hint = " ".join(filter(None, (_description(kind, item, say), _example(item, say))))
        parts.append(f"### {say.gettext(item.label)}\n\n<!-- {hint.replace('--', '–')} -->\n")
    return "\n\n".join([*parts, f"/label ~{LABEL}"]) + "\n"


def _kind(word: str) -> dict[str, Any]:
    """The first answer says what kind of sheet it is."""
    attributes = {"label": "Veillée", "options": [word], "default": 0}
    return {"type": "dropdown", "id": "kind", "attributes": attributes, "validations": {"required": True}}


def _field(kind: str, item: Asked, say: Translator) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": say.gettext(item.label)}
    if description := _description(kind, item, say):
        attributes["description"] = description
    if item.shape.choices:
        attributes["options"] = list(choice_words(item.shape, say).values())
    elif example := _example(item, say):
        attributes["placeholder"] = example
    return {
        "type": _type(item),
        "id": item.name.replace(".", "-"),
        "attributes": attributes,
        "validations": {"required": item.required},
    }


def _type(item: Asked) -> str:
    if item.shape.choices and not item.parts:
        return "dropdown"
    return "textarea" if item.is_text or item.shape.many else "input"


def _description(kind: str, item: Asked, say: Translator) -> str:
    hint = HINTS.get(f"{kind}.{item.name}", item.description)
    words = say.gettext(hint or N_("Tell it in your own words; an empty line begins a paragraph."))
    return f"{words} {say.gettext(N_('One a line.'))}" if item.shape.many else words


def _example(item: Asked, say: Translator) -> str:
    """What an answer looks like; empty where any words will do."""
    if item.parts:
        others = " ; ".join(f"{say.gettext(part.label)} : …" for part in item.parts[1:])
        return f"- … ; {others}"
    return _SHAPES.get(item.shape.form, "- …" if item.shape.many else "")

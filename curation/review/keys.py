"""The keys of the screen by their names in the curator's language: g for « garder », k for “keep”."""

from __future__ import annotations

from dataclasses import dataclass

from portal.language import Translator


@dataclass(frozen=True)
class Key:
    """What is typed, the word that says what it does, and the action that does it; none where a form takes it."""

    key: str
    label: str
    action: str = ""


def keys(say: Translator) -> tuple[Key, ...]:
    """The keys of the list, the most needed first. A letter is translated with its word; `action` is its binding's id."""
    pgettext, gettext = say.pgettext, say.gettext
    return (
        Key(pgettext("key", "k"), gettext("keep"), "keep"),
        Key(pgettext("key", "r"), gettext("refuse"), "refuse"),
        Key(pgettext("key", "l"), gettext("later"), "later"),
        Key(pgettext("key", "u"), gettext("undo"), "undo"),
        Key("?", gettext("help"), "help"),
        Key(pgettext("key", "q"), gettext("quit"), "leave"),
        Key("/", gettext("search"), "search"),
        Key(pgettext("key", "s"), gettext("sort"), "sort"),
    )


def keys_of_nothing(say: Translator) -> tuple[Key, ...]:
    """Those of the list that still do something where nothing waits."""
    return tuple(key for key in keys(say) if key.action in {"undo", "help", "leave"})


def search_keys(say: Translator) -> tuple[Key, ...]:
    """Those of the line to search with, where letters are letters."""
    return (
        Key(say.gettext("Enter"), say.gettext("go to the list")),
        Key(say.gettext("Esc"), say.gettext("show all")),
    )


def moves(say: Translator) -> tuple[Key, ...]:
    """The letters that move down and up as the arrows do: capital ones where a small one decides."""
    taken = {key.key for key in keys(say)}
    letters = "jk" if not taken & set("jk") else "JK"
    return (Key(letters[0], "", "down"), Key(letters[1], "", "up"))


def keymap(say: Translator) -> dict[str, str]:
    """The letter of each action, as the toolkit takes it."""
    return {key.action: key.key for key in (*keys(say), *moves(say)) if key.key.isalpha()}

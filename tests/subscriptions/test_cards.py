"""Cards: read by an independent reader and by our own import, and without a way to reach anyone outside the company."""

from __future__ import annotations

from typing import Any

import pytest
import vobject

from curation.imports.vcard_export import read_vcards
from tests.subscriptions.sites import documents, view


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents(view())


def cards(raw: str) -> list[Any]:
    return list(vobject.readComponents(raw))


def test_a_person_has_a_card(made: dict[str, str]) -> None:
    (card,) = cards(made["annuaire/ana/ana.vcf"])
    ana = view().person("ana")
    assert ana is not None
    assert ana.contact is not None
    assert card.fn.value == ana.name
    assert card.title.value == ana.job_title
    assert card.org.value == ["Mini", "Sud"]
    assert card.email.value == ana.contact.email
    assert card.url.value == "https://mini.example/portail/annuaire/ana/"
    assert card.uid.value.startswith("urn:uuid:")


def test_every_card_is_sound(made: dict[str, str]) -> None:
    found = {address: raw for address, raw in made.items() if address.endswith(".vcf")}
    assert len(found) == 4
    for raw in found.values():
        assert "\n" not in raw.replace("\r\n", "")
        assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75
        for card in cards(raw):
            card.validate(raiseException=True)


def test_a_community_is_a_group_of_the_cards_that_come_with_it(made: dict[str, str]) -> None:
    group, *members = cards(made["communautes/donnees/donnees.vcf"])
    assert group.kind.value == "group"
    named = [line.value for line in group.lines() if line.name == "MEMBER"]
    assert named == [member.uid.value for member in members]
    assert [member.fn.value for member in members] == [
        person.name for person in view().members(view().communities()[0])
    ]
    export = read_vcards(made["communautes/donnees/donnees.vcf"].encode(), "donnees.vcf")
    assert (len(export.rows), len(export.unread)) == (len(members), 0)


def test_outside_nobody_can_be_reached() -> None:
    public = {
        address: raw
        for address, raw in documents(view(audience="external")).items()
        if address.endswith(".vcf")
    }
    assert public
    for raw in public.values():
        assert "EMAIL" not in raw
        assert "TEL" not in raw
        assert "ADR" not in raw

"""Sheets about people who have a profile: what they say anew changes, nothing else does, and others are flagged."""

from __future__ import annotations

from pathlib import Path

from tests.commands import added, read
from tests.intake.mails import mail
from tests.intake.test_intake import answers, taken, text_of

BEN = "Ben Okoye <ben@mini.example>"


def sheet(*lines: str) -> str:
    return "\n".join(["Veillée · Personne", "", *lines, ""])


def test_only_what_is_said_changes(here: Path) -> None:
    file = here / "content" / "people" / "ben.md"
    before = file.read_text()
    (found,) = taken(here, mail(sheet("Fonction : Chef d’équipe", "Téléphone : 01 23 45 67 89"), sender=BEN))
    assert (found["verdict"], found["path"], found["flags"], found["missing"]) == (
        "changed",
        "content/people/ben.md",
        [],
        [],
    )
    changed = before.replace("job_title: Technicien\n", "job_title: Chef d’équipe\n")
    changed = changed.replace(
        "contact: {email: ben@mini.example}\n", "contact: {email: ben@mini.example, phone: 01 23 45 67 89}\n"
    )
    assert file.read_text() == changed
    assert added(here) == []
    said = text_of(answers(here)["1@mini.example"])
    assert (
        "Bonjour Ben,\n\nMerci pour votre profil.\n\nCe que vous mettez à jour : Fonction, Téléphone.\n"
        in said
    )


def test_a_list_that_is_given_stands_and_what_it_lost_is_told(here: Path) -> None:
    (found,) = taken(
        here,
        mail(sheet("Compétences :", "- Python ; niveau : 4", "Premier jour : 1er octobre 2026"), sender=BEN),
    )
    assert found["notes"] == ["ne figure plus sous « Compétences » : Cartographie"]
    values = read(here, "people/ben.md").origin.front.values
    assert values["skills"] == ({"skill": "python", "level": 4},)
    assert (values["joined"], values["wants_to_learn"]) == ("2026-10-01", ("python",))
    assert "ne figure plus sous « Compétences » : Cartographie" in text_of(answers(here)["1@mini.example"])


def test_a_text_replaces_the_text_alone(here: Path) -> None:
    file = here / "content" / "people" / "ben.md"
    head = file.read_text().rpartition("---\n")[0]
    taken(here, mail(sheet("Texte :", "Je dessine des cartes.", "", "Et des bateaux."), sender=BEN))
    assert file.read_text() == head + "---\n\nJe dessine des cartes.\n\nEt des bateaux.\n"


def test_a_profile_that_says_it_already_stays(here: Path) -> None:
    (found,) = taken(
        here,
        mail(sheet("Nom : Ben Okoye", "Fonction : Technicien", "Langues : français, anglais"), sender=BEN),
    )
    assert (found["verdict"], found["path"]) == ("known", "content/people/ben.md")
    assert "https://mini.example/portail/annuaire/ben/" in text_of(answers(here)["1@mini.example"])


def test_a_name_may_be_respelt_by_its_owner(here: Path) -> None:
    (found,) = taken(here, mail(sheet("Nom : Ben Okoyé-Martin"), sender=BEN))
    assert found["path"] == "content/people/ben.md"
    assert read(here, "people/ben.md").label == "Ben Okoyé-Martin"


def test_someone_elses_profile_is_flagged(here: Path) -> None:
    (found,) = taken(
        here, mail(sheet("Nom : Ben Okoye", "Fonction : Roi"), sender="Chloé <chloe@mini.example>")
    )
    assert (found["verdict"], found["path"]) == ("changed", "content/people/ben.md")
    assert found["flags"] == [
        "Chloé modifie le profil de Ben Okoye depuis une autre adresse que la sienne : demandez-lui d’abord son accord"
    ]
    said = text_of(answers(here)["1@mini.example"])
    assert "Comme ce profil n’est pas le vôtre, nous demandons son accord à la personne concernée" in said


def test_a_colleague_without_a_profile_gets_one_with_their_address(here: Path) -> None:
    new = sheet("Nom : Zoé Martin", "Fonction : Soudeuse", "Territoire : Nord")
    (found,) = taken(here, mail(new, sender="Zoé <zoe@mini.example>"))
    assert (found["verdict"], found["path"]) == ("new", "content/people/zoe-martin.md")
    assert read(here, "people/zoe-martin.md").origin.front.values["contact"] == {"email": "zoe@mini.example"}
    other = sheet("Nom : Max Privé", "Fonction : Soudeur", "Territoire : Nord")
    (found,) = taken(here, mail(other, message_id="2@x", sender="max@chez-moi.example"))
    assert "contact" not in read(here, "people/max-prive.md").origin.front.values
    assert found["flags"] == ["…@chez-moi.example n’a pas de profil : assurez-vous de qui il s’agit"]


def test_a_sheet_for_someone_new_isnt_taken_for_its_sender(here: Path) -> None:
    theirs = sheet(
        "Nom : Zoé Martin", "Fonction : Soudeuse", "Territoire : Nord", "E-mail : zoe@mini.example"
    )
    (found,) = taken(here, mail(theirs, sender=BEN))
    assert (found["verdict"], found["path"]) == ("new", "content/people/zoe-martin.md")


def test_a_sheet_never_makes_anyone_more_public(here: Path) -> None:
    (found,) = taken(
        here,
        mail(sheet("Fonction : Chef", "Audience : external", "Rôles : director", "Compte : ana"), sender=BEN),
    )
    values = read(here, "people/ben.md").origin.front.values
    assert not {"audience", "roles", "handle"} & values.keys()
    assert len(found["notes"]) == 3

"""`veillee intake` on real mailboxes and folders: what is written, what is answered, what is left alone."""

from __future__ import annotations

import json
import mailbox
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.commands import added, read, run
from tests.intake.mails import ANA, IDEA, mail, maildir, raw

STATE = Path(".cache/veillee/intake")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def answers(folder: Path) -> dict[str, EmailMessage]:
    """The answers of the outbox, by the message that they answer."""
    found = {}
    for file in (folder / STATE / "outbox").glob("*.eml"):
        made = message_from_bytes(file.read_bytes(), policy=default)
        found[str(made["In-Reply-To"] or made["To"]).strip("<>")] = made
    return found


def text_of(answer: Any) -> str:
    return plain(answer.get_content())


def taken(folder: Path, *mails: bytes, **more: Any) -> list[dict[str, Any]]:
    """What came of mails that wait in a Maildir."""
    done = run("intake", "--maildir", str(maildir(folder / "mail", *mails)), "--json", **more)
    assert done.exit_code == 0, done.output
    return json.loads(plain(done.stdout))["messages"]  # type: ignore[no-any-return]


def test_a_sheet_becomes_a_file_and_its_sender_is_thanked(here: Path) -> None:
    box = maildir(here / "mail", mail(IDEA))
    done = run("intake", "--maildir", "mail")
    assert (
        plain(done.stdout)
        == "Ana Lopès <ana@mini.example>, « Contribution » : écrit : content/ideas/une-cafetiere-par-quai.md\n"
    )
    record = read(here, "ideas/une-cafetiere-par-quai.md")
    assert record.origin.front.values == {
        "title": "Une cafetière par quai",
        "proposed_by": "ana",
        "proposed_on": "2026-11-21",
        "territory": "usine",
    }
    assert record.body == "Le café réunit mieux qu’une note de service."
    answer = answers(here)["1@mini.example"]
    assert (answer["To"], answer["Subject"]) == ("Ana Lopès <ana@mini.example>", "Re: Contribution")
    assert (answer["Auto-Submitted"], answer["From"]) == ("auto-replied", "Mini <bonjour@mini.example>")
    assert text_of(answer) == (
        "Bonjour Ana,\n\nMerci pour votre idée « Une cafetière par quai ».\n\n"
        "Sa page, une fois publiée : https://mini.example/portail/idees/une-cafetiere-par-quai/\n\n"
        "Relecture par l’équipe avant publication.\n\n"
        "Une correction ? Répondez à ce message : une personne vous lira.\n\nL’équipe Mini\n"
    )
    assert [file.name[-4:] for file in (box / "cur").iterdir()] == [":2,S"]
    assert list((box / "new").iterdir()) == []


def test_a_message_is_taken_in_once(here: Path) -> None:
    box = maildir(here / "mail", mail(IDEA))
    shutil.copytree(box, here / "backup")
    archive = mailbox.mbox(here / "archive.mbox")
    archive.add(mail(IDEA))
    archive.close()
    (here / "in").mkdir()
    (here / "in" / "copie.eml").write_bytes(mail(IDEA))
    assert run("intake", "--maildir", "mail").stdout
    for source in (
        ("--maildir", "mail"),
        ("--maildir", "backup"),
        ("--mbox", "archive.mbox"),
        ("--folder", "in"),
    ):
        assert run("intake", *source).stdout == ""
    assert added(here) == ["ideas/une-cafetiere-par-quai.md"]
    assert len(answers(here)) == 1


def test_the_same_sheet_sent_twice_is_said_to_be_there(here: Path) -> None:
    found = taken(here, mail(IDEA), mail(IDEA, message_id="2@mini.example"))
    assert [item["verdict"] for item in found] == ["new", "known"]
    assert added(here) == ["ideas/une-cafetiere-par-quai.md"]
    assert "Nous l’avons déjà, mot pour mot" in text_of(answers(here)["2@mini.example"])


def test_another_contribution_of_that_title_is_kept_and_flagged(here: Path) -> None:
    found = taken(here, mail(IDEA), mail(IDEA.replace("réunit", "rapproche"), message_id="2@mini.example"))
    assert [item["path"] for item in found] == [
        "content/ideas/une-cafetiere-par-quai.md",
        "content/ideas/une-cafetiere-par-quai-2.md",
    ]
    assert found[1]["flags"] == ["ideas/une-cafetiere-par-quai.md porte le même titre : comparez-les"]


STORY = """Bonjour,

voici notre histoire, relue par Ben !

Veillée · Belle histoire

Titre : La vanne qui chantait
Personnes : Ana Lopes et Ben Okoye
Territoire : Usine de port
Compétences :
- Carthographie
Défi :
Personne ne trouvait d'où venait ce bruit.
Solution :
Une nuit d'écoute, à deux.
Résultats :
- Volume perdu par jour ; 140 → 12 m³ ; compteur de secteur, octobre 2026
Texte :
À trois heures du matin, la ville se tait.

--
Ana Lopès
"""


def test_what_isnt_sure_is_asked_back_and_an_answer_settles_it(here: Path) -> None:
    (found,) = taken(here, mail(STORY, subject="Notre histoire"))
    assert (found["verdict"], found["path"]) == ("incomplete", None)
    assert added(here) == []
    answer = answers(here)["1@mini.example"]
    said, _, sheet = text_of(answer).partition("L’équipe Mini\n\n")
    assert said == (
        "Bonjour Ana,\n\nMerci pour votre belle histoire « La vanne qui chantait ».\n\n"
        "Il ne manque plus grand-chose avant publication :\n"
        "- Territoire : « Usine de port » n’est pas dans le portail. Au plus proche : L’usine du port\n"
        "- Compétences : « Carthographie » n’est pas dans le portail. Au plus proche : Cartographie\n\n"
        "Voici votre fiche, avec ce que nous proposons. Si elle vous convient ainsi, répondez simplement à ce message ; "
        "sinon, corrigez-la d’abord.\n\n"
    )
    assert "Territoire : L’usine du port\n" in sheet
    quoted = "".join(f"> {line}\n" for line in answer.get_content().split("\n"))
    reply = f"C’est parfait, merci !\n\nLe sam. 21 nov. 2026 à 10:00, Mini <\nbonjour@mini.example> a écrit :\n\n{quoted}"
    references = f"<1@mini.example> {answer['Message-ID']}"
    (found,) = taken(
        here, mail(reply, message_id="2@mini.example", subject="Re: Notre histoire", References=references)
    )
    assert found["verdict"] == "new", found
    record = read(here, "stories/la-vanne-qui-chantait.md")
    values = record.origin.front.values
    assert (values["territory"], values["skills"], values["people"]) == ("usine", ("sig",), ("ana", "ben"))
    assert (values["status"], "published" in values) == ("review", False), (
        "someone reads it before it has a day"
    )
    assert record.body == "À trois heures du matin, la ville se tait."


def test_an_answer_may_give_the_missing_words_alone(here: Path) -> None:
    taken(
        here,
        mail(
            "Veillée · Personne\n\nNom : Zoé Martin\nFonction : Soudeuse\n", sender="Zoé <zoe@mini.example>"
        ),
    )
    answer = answers(here)["1@mini.example"]
    assert "- Territoire : à compléter. Au choix : Nord, Sud, L’usine du port\n" in text_of(answer)
    quoted = "".join(f"> {line}\n" for line in answer.get_content().split("\n"))
    reply = f"Territoire : usine du port\n\nLe 21 nov. 2026, Mini a écrit :\n{quoted}"
    (found,) = taken(here, mail(reply, message_id="2@mini.example", sender="Zoé <zoe@mini.example>"))
    assert found["path"] == "content/people/zoe-martin.md"
    assert read(here, "people/zoe-martin.md").origin.front.values == {
        "name": "Zoé Martin",
        "job_title": "Soudeuse",
        "territory": "usine",
        "contact": {"email": "zoe@mini.example"},
    }


def test_a_letter_is_a_contribution_when_its_subject_says_so(here: Path) -> None:
    question = mail(
        "Bonjour,\n\nOù trouver la clé du local ?\n\nAna", subject="Question : où est la clé du local ?"
    )
    (found,) = taken(here, question)
    assert (found["kind"], found["missing"]) == ("question", ["community"])
    sheet = text_of(answers(here)["1@mini.example"]).partition("Veillée · ")[2]
    assert "Titre : Où est la clé du local ?\n" in sheet
    assert "Communauté :\n" in sheet
    assert "Texte :\nOù trouver la clé du local ?\n\nAna" in sheet


def test_someone_who_isnt_known_is_named_and_told_no_names(here: Path) -> None:
    text = IDEA.replace("L’usine du port", "Usine de port") + "\n"
    (found,) = taken(here, mail(text, sender="Inconnu <x@dehors.example>"))
    assert found["flags"] == []
    said = text_of(answers(here)["1@mini.example"])
    assert "« Usine de port » n’est pas encore dans le portail" in said
    assert "L’usine du port" not in said
    assert "Proposée par : à compléter\n" in said
    signed = IDEA + "Proposée par : Ben Okoye\n"
    (found,) = taken(
        here,
        mail(
            signed.replace("Texte :", "Proposée par : Ben Okoye\nTexte :"),
            message_id="2@x",
            sender="Inconnu <x@dehors.example>",
        ),
    )
    assert found["verdict"] == "new"
    assert found["flags"] == ["Inconnu n’a pas de profil : assurez-vous de qui il s’agit"]


def test_who_signs_for_someone_else_is_named(here: Path) -> None:
    (found,) = taken(here, mail(IDEA.replace("Texte", "Proposée par : Ben Okoye\nTexte")))
    assert found["verdict"] == "new"
    assert found["flags"] == ["Ana Lopès signe pour « ben » : assurez-vous de son accord"]


def test_private_communities_are_found_by_their_members_only(here: Path) -> None:
    sheet = IDEA.replace("Texte :", "Communautés : Le cercle secret\nTexte :")
    (theirs,) = taken(here, mail(sheet))
    record = read(here, theirs["path"].removeprefix("content/"))
    assert (record.audience, record.origin.front.values["communities"]) == ("private", ("cercle",))
    said = text_of(answers(here)["1@mini.example"])
    assert "Visible des seuls membres de votre communauté." in said
    other = mail(sheet.replace("cafetière", "bouilloire"), message_id="2@x", sender="Ben <ben@mini.example>")
    (others,) = taken(here, other)
    assert others["notes"] == [
        "« Le cercle secret » n’est pas encore dans le portail : nous l’avons laissé de côté, un curateur s’en occupe"
    ]
    record = read(here, others["path"].removeprefix("content/"))
    assert "communities" not in record.origin.front.values


def test_what_the_checks_refuse_is_asked_in_the_words_of_the_sheet(here: Path) -> None:
    (found,) = taken(
        here,
        mail("Veillée · Belle histoire\nTitre : Seule\nCitation :\nBravo.\nTexte :\n<script>x</script>\n"),
    )
    assert found["verdict"] == "incomplete"
    said = text_of(answers(here)["1@mini.example"])
    assert "« Citation de »" in said
    assert "quote.by" not in said


def test_mail_of_machines_is_passed_over_without_a_word(here: Path) -> None:
    found = taken(
        here,
        mail(IDEA, Auto_Submitted="auto-replied"),
        mail("Soldes !", message_id="2@x", List_Unsubscribe="<x>"),
    )
    assert [item["verdict"] for item in found] == ["ignored", "left"]
    assert added(here) == []
    assert answers(here) == {}


def test_an_answer_without_a_sheet_is_left_for_someone_to_read(here: Path) -> None:
    box = maildir(
        here / "mail",
        mail("Merci beaucoup !", subject="Re: Contribution", In_Reply_To="<veillee.x@mini.example>"),
    )
    done = run("intake", "--maildir", "mail")
    assert "laissé à lire par une personne" in done.stdout
    assert answers(here) == {}
    assert len(list((box / "new").iterdir())) == 1
    assert run("intake", "--maildir", "mail").stdout == ""


def test_what_cant_be_read_is_answered(here: Path) -> None:
    taken(here, mail("mot " * 60_000), mail("Bonjour, que faire ?", message_id="2@x", subject="coucou"))
    assert "Hélas, nous n’avons pas pu le lire : le texte dépasse 200000 caractères." in text_of(
        answers(here)["1@mini.example"]
    )
    said = text_of(answers(here)["2@x"])
    assert "https://mini.example/portail/contribuer/" in said
    assert "« Idée : des ruches sur le toit »" in said


def test_what_was_attached_is_named(here: Path) -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"], made["Subject"] = ANA, "<1@mini.example>", "x"
    made.set_content(IDEA)
    made.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="quai.jpg")
    taken(here, made.as_bytes())
    assert "- les pièces jointes n’ont pas été lues : quai.jpg\n" in text_of(answers(here)["1@mini.example"])


def test_a_sheet_in_english_is_answered_in_english(here: Path) -> None:
    taken(here, mail("Veillée · Idea\n\nTitle: Kettles\nTerritory: Nowhere land\nText:\nTea.\n"))
    said = answers(here)["1@mini.example"].get_content()
    assert said.startswith("Hello Ana,\n\nThank you for your idea “Kettles”.\n")


def test_a_folder_of_sheets_that_were_typed_for_people(here: Path) -> None:
    (here / "in").mkdir()
    (here / "in" / "1 fiche.txt").write_text(
        IDEA.replace("Texte", "Proposée par : Ben Okoye\nTexte"), encoding="cp1252", errors="replace"
    )
    (here / "in" / "2.md").write_text("Veillée · Idée\nTitre : Sans auteur\n")
    (here / "in" / "photo.jpg").write_bytes(b"x")
    done = run("intake", "--folder", "in")
    assert plain(done.stdout) == (
        "?, « 1 fiche » : écrit : content/ideas/une-cafetiere-par-quai.md\n"
        "  ! …@? n’a pas de profil : assurez-vous de qui il s’agit\n"
        "?, « 2 » : réponse demandée sur : Proposée par\n"
    )
    assert answers(here) == {}


def test_a_dry_run_does_nothing(here: Path) -> None:
    box = maildir(here / "mail", mail(IDEA))
    done = run("intake", "--maildir", "mail", "--dry-run")
    assert "écrit : content/ideas/une-cafetiere-par-quai.md" in plain(done.stdout)
    assert added(here) == []
    assert not (here / STATE).exists()
    assert len(list((box / "new").iterdir())) == 1


def test_a_run_takes_so_many_messages_and_no_more(here: Path) -> None:
    mails = [mail(IDEA.replace("cafetière", f"cafetière {n}"), message_id=f"{n}@x") for n in range(3)]
    maildir(here / "mail", *mails)
    assert len(run("intake", "--maildir", "mail", "--limit", "2").stdout.splitlines()) == 2
    assert len(run("intake", "--maildir", "mail").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "où sont les messages ?"),
        (("--maildir", "rien"), "rien » n’est pas un Maildir"),
        (("--mbox", "rien"), "il n’y a pas de fichier"),
        (("--folder", "rien"), "il n’y a pas de dossier"),
        (("--imap", "http://x"), "une adresse comme imaps://user@mail.example est attendue, et non « http://x »"),
        (("--imap", "imaps://a:secret@x"), "retirez le mot de passe de l’adresse"),
        (("--send",), "quel serveur envoie ?"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(arguments: tuple[str, ...], said: str, here: Path) -> None:
    done = run("intake", *arguments)
    assert done.exit_code == 2
    assert said in plain(done.stderr)
    assert "secret" not in done.stderr


def test_two_runs_never_meet(here: Path) -> None:
    from curation.intake.ledger import Ledger

    maildir(here / "mail", mail(IDEA))
    with Ledger(here / STATE / "ledger").alone():
        done = run("intake", "--maildir", "mail")
    assert (done.exit_code, added(here)) == (1, [])
    assert "un autre traitement des contributions est en cours" in done.stderr


def test_a_ledger_that_someone_broke_puts_its_message_off(here: Path) -> None:
    taken(here, mail(IDEA))
    (entry,) = (here / STATE / "ledger").rglob("*.yml")
    entry.write_text("verdict: [")
    shutil.rmtree(here / "mail")
    maildir(here / "mail", mail(IDEA), mail(IDEA.replace("cafetière", "théière"), message_id="2@x"))
    done = run("intake", "--maildir", "mail")
    assert done.exit_code == 1
    assert "remis à la prochaine fois" in plain(done.stdout)
    assert "ideas/une-theiere-par-quai.md" in added(here)


def test_a_broken_header_never_stops_the_others(here: Path) -> None:
    broken = raw('From: "\xff <\nReferences: ' + "<a@b> " * 5000, b"\xff\xfe")
    found = taken(here, broken, mail(IDEA))
    assert [item["verdict"] for item in found][-1] == "new"

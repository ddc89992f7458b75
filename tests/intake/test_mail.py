"""Mails as they arrive: wrong character sets, HTML alone, wrapped lines, attachments, robots, bombs."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from curation.intake.mail import read_mail
from curation.intake.messages import MAX_MESSAGE_BYTES
from portal.formats.sheet import read_sheet
from tests.intake.mails import IDEA, mail, raw


def test_a_plain_mail() -> None:
    found = read_mail(
        mail("Bonjour à tous.\n", subject="Idée : été", In_Reply_To="<a@b>", References="<x@y> <a@b>")
    )
    assert (found.sender.name, found.sender.address) == ("Ana Lopès", "ana@mini.example")
    assert (found.id, found.subject, found.text) == ("1@mini.example", "Idée : été", "Bonjour à tous.\n")
    assert found.date is not None
    assert found.date.isoformat() == "2026-11-21T07:00:00+00:00"
    assert found.references == ("x@y", "a@b", "a@b")
    assert (found.trouble, found.automatic, found.bulk, found.attachments) == (None, None, False, ())


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/plain; charset=us-ascii", "Été à l’œuvre".encode()),
        ("Content-Type: text/plain; charset=utf-8", "Été à l’œuvre".encode("cp1252")),
        ("Content-Type: text/plain; charset=iso-8859-1", "Été à l\x92\x9cuvre".encode("latin-1").replace(b"\x92", b"\x92")),
        ("Content-Type: text/plain; charset=x-inconnu", "Été à l’œuvre".encode()),
        ("Content-Type: text/plain; charset=idna", "Été à l’œuvre".encode()),
        ("Content-Type: text/plain", "Été à l’œuvre".encode()),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"w4l0w6kgw6AgbOKAmcWTdXZyZQ==\r\n"),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
         b"=C3=89t=C3=A9 =C3=A0 l=E2=80=99=C5=93uvre"),
    ],
)  # fmt: skip
def test_the_text_is_read_whatever_the_mail_says_of_its_letters(head: str, body: bytes) -> None:
    assert read_mail(raw(head, body)).text.strip() in {"Été à l’œuvre", "Été à l\x92\x9cuvre"}


def test_html_alone_becomes_lines_bullets_and_quotes() -> None:
    html = (
        "<html><body><div>Veill&eacute;e &middot; Personne</div><p>Nom&nbsp;: Zo&eacute;<br>Fonction : Soudeuse</p>"
        "<p>Comp&eacute;tences :</p><ul><li>Python ; niveau : 3</li><li>SIG ; niveau : 2</li></ul>"
        "<script>alert(1)</script><div class='gmail_quote'>Le 21 nov. 2026, V a &eacute;crit :"
        "<blockquote>Bonjour</blockquote></div></body></html>"
    )
    text = read_mail(raw("Content-Type: text/html; charset=utf-8", html.encode())).text
    assert "alert" not in text
    sheet = read_sheet(text)
    assert {field.name: field.text for field in sheet.fields} == {
        "name": "Zoé",
        "job_title": "Soudeuse",
        "skills": "Python ; niveau : 3\nSIG ; niveau : 2",
    }


def test_the_plain_part_is_preferred_and_attachments_are_named() -> None:
    made = EmailMessage(policy=SMTP)
    made["From"] = "zoe@mini.example"
    made.set_content("Bonjour\n")
    made.add_alternative("<p>Bonjour en gras</p>", subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Été 2026.pdf")
    made.add_attachment("note", subtype="plain", filename="note.txt")
    found = read_mail(made.as_bytes())
    assert found.text == "Bonjour\n"
    assert found.attachments == ("Été 2026.pdf", "note.txt")


def test_a_sheet_that_is_attached_is_read_where_the_text_is_none() -> None:
    made = EmailMessage(policy=SMTP)
    made["From"] = "zoe@mini.example"
    made.set_content("Ma fiche est jointe.\n")
    made.add_attachment(IDEA, subtype="plain", filename="idee.txt")
    found = read_mail(made.as_bytes())
    assert found.text.replace("\r\n", "\n") == IDEA
    assert found.attachments == ()


def test_a_mail_inside_a_mail_is_an_attachment() -> None:
    made = EmailMessage(policy=SMTP)
    made["From"] = "zoe@mini.example"
    made.set_content("Voir ci-joint\n")
    inner = EmailMessage()
    inner.set_content(IDEA)
    made.add_attachment(inner)
    found = read_mail(made.as_bytes())
    assert found.text == "Voir ci-joint\n"
    assert found.attachments == ("message/rfc822",)


def test_flowed_paragraphs_are_joined() -> None:
    body = b"Titre : une bien longue \r\nphrase\r\n> cit\xc3\xa9e sur \r\n> deux lignes\r\n-- \r\nAna\r\n"
    text = read_mail(raw("Content-Type: text/plain; charset=utf-8; format=flowed", body)).text
    assert text == "Titre : une bien longue phrase\n> citée sur deux lignes\n-- \nAna\n"
    split = b"anti\xc2\xad \r\nconst \r\n"
    text = read_mail(raw("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes", split)).text
    assert text.replace("\xad", "").strip() == "anticonst"


@pytest.mark.parametrize(
    ("headers", "is_automatic"),
    [
        ({"Auto-Submitted": "auto-replied"}, True),
        ({"Auto-Submitted": "no"}, False),
        ({"Precedence": "bulk"}, True),
        ({"Precedence": "list"}, False),
        ({"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}, True),
        ({"X-Auto-Response-Suppress": "DR"}, False),
        ({"Return-Path": "<>"}, True),
        ({"Return-Path": "<ana@mini.example>"}, False),
    ],
)
def test_mail_that_no_person_wrote_is_recognised(headers: dict[str, str], is_automatic: bool) -> None:
    found = read_mail(
        mail("Absent jusqu’à lundi.", **{name.replace("-", "_"): value for name, value in headers.items()})
    )
    assert (found.automatic is not None) is is_automatic


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@x.example", "no-reply@x.example", "Ne-pas-repondre@x.example"]
)
def test_robots_are_recognised(sender: str) -> None:
    assert read_mail(mail("x", sender=sender)).automatic is not None


def test_reports_and_lists_are_recognised() -> None:
    report = raw("Content-Type: multipart/report; boundary=b", b"--b\r\n\r\nnot delivered\r\n--b--\r\n")
    assert read_mail(report).automatic is not None
    assert read_mail(mail("x", List_Id="<l.x.example>")).bulk


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00garbage\x00" * 100,
        b"From: =?utf-8?b?%%%?= <a@b.example>\nSubject: =?x-none?q?=FF?=\nDate: hier\nMessage-ID: pas d'id\n\nx",
        b'From: "\n<a@b\n\nx',
        b"From: " + b"a@b.example, " * 50_000 + b"\n\nx",
        b'Content-Type: text/plain; charset="\xff\xfe"\n\n\xe9',
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name*=utf-8''%FF%00\n\nx\n--b--",
        b"Content-Transfer-Encoding: base64\n\n" + b"=" * 1000,
        b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n\xff\xff",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(content: bytes) -> None:
    found = read_mail(content)
    assert found.id
    assert "\n" not in found.subject


def test_the_same_broken_mail_has_the_same_id() -> None:
    content = b"From: a@b.example\nSubject: x\n\nbonjour"
    assert read_mail(content).id == read_mail(content).id != read_mail(content + b"!").id


def test_bombs_are_refused_before_they_are_opened() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)
    )
    assert read_mail(b"From: a@b.example\n" + nested).trouble is not None
    inside = b"Content-Type: message/rfc822\n\n" * 100_000
    assert read_mail(b"From: a@b.example\n" + inside).trouble is not None
    large = read_mail(b"From: a@b.example\nSubject: gros\n\n" + b"x" * MAX_MESSAGE_BYTES)
    assert large.trouble is not None
    assert (large.sender.address, large.subject, large.text) == ("a@b.example", "gros", "")
    assert read_mail(mail("mot " * 60_000)).trouble is not None

"""CSV, vCard and LDIF files as they are really written → rows, with every line that can't be read said."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ldif import LDIFWriter

from curation.imports.csv_export import read_csv
from curation.imports.export import Export, folded_word
from curation.imports.ldif_export import read_ldif
from curation.imports.people import recognised
from curation.imports.vcard_export import read_vcards
from portal.problems import Refused

SAMPLES = Path(__file__).parent / "samples"
TABLE = [
    ["Prénom", "Nom", "Note"],
    ["Zoé", "L’Œuf", "a;b, c\td|e"],
    ["Léo", 'dit "Le Grand"', "deux\nlignes"],
]


def spreadsheet(delimiter: str, end: str = "\r\n") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(TABLE)
    return written.getvalue()


def cells(export: Export, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(" + ".join(row.texts(column)) for column in columns) for row in export.rows]


def unread(export: Export) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.message)) for problem in export.unread]


# --- CSV --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, end: str) -> None:
    export = read_csv(spreadsheet(delimiter, end).encode(encoding), "x.csv", ["nom"])
    assert cells(export, "prenom", "NOM", "Note") == [
        ("Zoé", "L’Œuf", "a;b, c d|e"),
        ("Léo", 'dit "Le Grand"', "deux lignes"),
    ]
    assert [row.line for row in export.rows] == [2, 3]


def test_the_columns_that_are_wanted_tell_the_delimiter() -> None:
    text = "Nom, prénom et titre; avec, beaucoup, de, virgules;Courriel\na;b;c\n"
    assert read_csv(text.encode(), "x.csv", ["courriel"]).columns.keys() == {
        "nomprenomettitre",
        "avecbeaucoupdevirgules",
        "courriel",
    }
    assert len(read_csv(text.encode(), "x.csv", [], "|").columns) == 1


def test_the_line_that_excel_writes_for_itself_is_understood() -> None:
    export = read_csv("sep=|\r\nNom|Âge\r\nBa|3\r\n".encode(), "x.csv", [])
    assert cells(export, "nom", "age") == [("Ba", "3")]
    assert export.rows[0].line == 3


def test_short_rows_are_completed_and_columns_of_one_name_hold_both() -> None:
    export = read_csv(b"Nom;Tel;Tel;;Note\nBa;1;2;x\n;;\n\nLo\n", "x.csv", [])
    assert cells(export, "nom", "tel", "note") == [("Ba", "1 + 2", ""), ("Lo", "", "")]


def test_every_line_that_cannot_be_read_is_said_and_the_others_go_on() -> None:
    text = 'Nom;Note\n"a"b;1\nok;2\nx;y;z\nfin;"jamais\nfermé\n'
    export = read_csv(text.encode(), "x.csv", [])
    assert cells(export, "nom") == [("ok",)]
    assert [line for line, _ in unread(export)] == [2, 4, 5]
    assert "“;” must be between quotes" in unread(export)[1][1]


@pytest.mark.parametrize(
    ("raw", "words", "line"),
    [
        (b"", "is empty", 1),
        (b"\n \n", "is empty", 1),
        (b"Nom\nA\n\x00\n", "isn’t plain text", 3),
        (b"Nom\nA\x81\n", "can’t be read", 2),
        ("Nom\n".encode("utf-16")[:-1], "can’t be read", 1),
    ],
)
def test_a_file_that_is_no_text_is_refused(raw: bytes, words: str, line: int) -> None:
    with pytest.raises(Refused, match=words) as caught:
        read_csv(raw, "x.csv", [])
    assert caught.value.line == line


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=4),
    st.sampled_from([";", ",", "\t"]),
    st.booleans(),
)
def test_any_table_is_read_back(rows: list[list[str]], delimiter: str, quoted: bool) -> None:
    written = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=delimiter, quoting=quoting).writerows([["aa", "bb", "cc"], *rows])
    export = read_csv(written.getvalue().encode(), "x.csv", ["aa", "bb"])
    assert export.unread == ()
    said = [[" ".join(text.split()) for text in row] for row in rows]
    found = cells(export, "aa", "bb", "cc")
    assert [row for row in said if any(row)] == [list(row) for row in found] or _is_normalised(said, found)


def _is_normalised(said: list[list[str]], found: list[tuple[str, ...]]) -> bool:
    """Accents may be composed: `e` and a combining accent become `é`."""
    import unicodedata

    composed = [[unicodedata.normalize("NFC", text) for text in row] for row in said]
    again = [[" ".join(text.split()) for text in row] for row in composed]
    return [row for row in again if any(row)] == [list(row) for row in found]


# --- vCard ------------------------------------------------------------------------------------------------------------


def test_cards_of_every_version_are_read() -> None:
    export = read_vcards((SAMPLES / "carnet.vcf").read_bytes(), "carnet.vcf")
    columns = ("FN", "N.given", "ORG", "ORG.unit", "TITLE", "EMAIL", "TEL", "TEL.work", "LANG", "UID")
    assert cells(export, *columns) == [
        (
            "Zoé Ba", "Zoé", "Mini; Eau", "Nord", "Hydraulicienne, de métier", "zoe@mini.example", "+33-1-02-03 + +33-9-99",
            "+33-1-02-03", "fr + en", "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        ),
        ("René Dupré", "René", "Mini", "Sud", "Chef d’équipe", "rene@mini.example", "", "", "", "2"),
        ("Åse Nørgård", "Åse", "Mini", "Usine", "Technicienne", "ase@mini.example", "01 99 + 06 99", "01 99", "", ""),
        ("Nina Simple", "", "Mini", "Nord", "Stagiaire", "", "", "", "", ""),
    ]  # fmt: skip
    assert [row.line for row in export.rows] == [1, 17, 27, 50]
    assert export.others == 1, "a group isn't a person"
    assert [line for line, _ in unread(export)] == [43, 47]
    assert "photo" not in export.columns


def test_cards_in_another_encoding_and_with_other_line_ends_are_read() -> None:
    text = (SAMPLES / "carnet.vcf").read_text().split("BEGIN:VCARD\nVERSION:2.1")[0].replace("\n", "\r\n")
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        export = read_vcards(text.encode(encoding), "x.vcf")
        assert cells(export, "FN") == [("Zoé Ba",), ("René Dupré",)]


@pytest.mark.parametrize(
    "inside", ["BEGIN:X\n" * 3000, "FN;ENCODING=QUOTED-PRINTABLE:=E9=\n", "N:" + ";" * 5000, "\n \n:\n;:"]
)
def test_a_hostile_card_is_a_problem_and_not_an_end(inside: str) -> None:
    text = f"BEGIN:VCARD\nVERSION:3.0\n{inside}\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEND:VCARD\n"
    export = read_vcards(text.encode(), "x.vcf")
    assert cells(export, "FN")[-1] == ("Ana",)


@given(st.binary(max_size=200))
def test_any_bytes_between_two_lines_never_break_the_reader(raw: bytes) -> None:
    for read, file in (
        (read_vcards, b"BEGIN:VCARD\n" + raw + b"\nEND:VCARD\n"),
        (read_ldif, b"dn: cn=a\n" + raw),
        (lambda file, path: read_csv(file, path, []), b"Nom;Note\n" + raw),
    ):
        with contextlib.suppress(Refused):
            read(file, "x")


# --- LDIF -------------------------------------------------------------------------------------------------------------


def test_entries_are_read_and_what_is_not_a_person_is_counted() -> None:
    export = read_ldif((SAMPLES / "annuaire.ldif").read_bytes(), "annuaire.ldif")
    columns = ("displayName", "cn", "title", "mail", "preferredLanguage", "uid")
    assert cells(export, *columns) == [
        (
            "Zoé Ba", "Zoe Ba + Zoe Ba", "Hydraulicienne", "zoe@mini.example + z.ba@mini.example", "fr, en-gb;q=0.8",
            "zba",
        ),
        ("", "", "", "", "", "ben"),
        ("", "Lea Min", "Analyste", "", "", "lea"),
    ]  # fmt: skip
    assert [(row.line, row.deleted) for row in export.rows] == [(8, False), (38, True), (50, False)]
    assert export.others == 2
    assert unread(export) == [
        (41, "the change “modify” can’t be read alone: export whole entries instead"),
        (47, "the value of “cn” isn’t in Base64"),
    ]
    assert "labeleduri" not in export.columns, "an address is never followed"
    assert export.rows[0].texts("description") == ("une ligne",), "a comment is folded too"


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1, max_size=4
    )
)
def test_what_another_program_writes_is_read_back(values: list[str]) -> None:
    written = io.BytesIO()
    LDIFWriter(written, cols=20).unparse("cn=x,ou=people", {"objectClass": ["person"], "cn": values})
    (row,) = read_ldif(written.getvalue(), "x.ldif").rows
    from curation.imports.export import cells_of

    assert row.texts("cn") == cells_of(("cn", value) for value in values).get(folded_word("cn"), ())


def test_the_name_of_a_deleted_entry_is_unescaped() -> None:
    text = "dn: cn=Di\\C3\\A9p\\, Awa+uid=3,ou=x\nchangetype: DELETE\n\ndn: x\nchangetype: delete\n"
    first, second = read_ldif(text.encode(), "x.ldif").rows
    assert first.texts("cn") == ("Diép, Awa",)
    assert second.deleted
    assert second.texts("cn") == ()


# --- which format -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (b"Nom;Age\n", "x.csv", "csv"),
        (b"Nom\tAge\n", "export", "csv"),
        ("\ufeffBEGIN:VCARD\n".encode("utf-16"), "export.csv", "vcard"),
        (b"\xef\xbb\xbf\r\nbegin:vcard\r\n", "x", "vcard"),
        (b"# annuaire\n\nversion: 1\n", "x.txt", "ldif"),
        (b"dn:: abc\n", "x.csv", "ldif"),
        (b"", "x.LDIF", "ldif"),
        (b"Nom;Age\n", "x.vcf", "vcard"),
    ],
)
def test_the_format_is_told_by_the_beginning_then_by_the_name(raw: bytes, name: str, expected: str) -> None:
    assert recognised(raw, name) == expected

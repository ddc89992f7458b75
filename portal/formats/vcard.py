"""People and communities as vCards for address books: 3.0 (RFC 2426), which all of them read, with what 4.0 adds.

A community is a group in both worlds' words: `KIND` and `MEMBER` of RFC 6350, and those that Apple's address books read.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.addresses import absolute, address_of
from portal.content import Content
from portal.formats.calendar.lines import document, text
from portal.formats.lasting import name_of
from portal.records import Community, Person

MEDIA_TYPE = "text/vcard"


def person_card(person: Person, content: Content) -> str:
    """Someone's card; ways to reach them are those that the view still holds."""
    return document(_person(person, content))


def community_card(community: Community, content: Content) -> str:
    """The card of a community, then those of the members that the view holds: a group is made of cards."""
    members = content.members(community)
    return document(_community(community, members, content)) + "".join(
        person_card(member, content) for member in members
    )


def _person(person: Person, content: Content) -> Iterator[str]:
    site, contact = content.settings.site, person.contact
    territory = content.territory(person.territory)
    # How a name is cut in two is not for a program to guess: all of it is the family name of the structured one.
    yield from _opening(person.name, f"{text(person.name)};;;;", name_of(person, site))
    yield f"ORG:{text(site.company)}" + (f";{text(territory.title)}" if territory else "")
    yield f"TITLE:{text(person.job_title)}"
    if contact and contact.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{text(contact.email)}"
    if contact and contact.phone:
        yield f"TEL;TYPE=WORK,VOICE:{text(contact.phone)}"
    if contact and contact.office:
        yield f"ADR;TYPE=WORK:;{text(contact.office)};;;;;"
    skills = [skill.title for item in person.skills if (skill := content.skill(item.skill))]
    if skills:
        yield f"CATEGORIES:{','.join(map(text, skills))}"
    yield from _end(address_of(person, site.language), content)


def _community(community: Community, members: tuple[Person, ...], content: Content) -> Iterator[str]:
    site = content.settings.site
    yield from _opening(community.title, f"{text(community.title)};;;;", name_of(community, site))
    yield "KIND:group"
    yield "X-ADDRESSBOOKSERVER-KIND:group"
    yield f"ORG:{text(site.company)}"
    if community.purpose:
        yield f"NOTE:{text(community.purpose)}"
    for member in members:
        name = name_of(member, site)
        yield f"MEMBER:{name}"
        yield f"X-ADDRESSBOOKSERVER-MEMBER:{name}"
    yield from _end(address_of(community, site.language), content)


def _opening(shown: str, structured: str, name: str) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Veillée//Annuaire//FR")
    yield f"FN:{text(shown)}"
    yield f"N:{structured}"
    yield f"UID:{name}"


def _end(address: str, content: Content) -> Iterator[str]:
    if site_url := content.settings.site.url:
        yield f"URL:{absolute(address, site_url)}"
    yield "END:VCARD"

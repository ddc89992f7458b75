"""Who writes, as far as the content knows them, and what they may see of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from curation.intake.messages import Sender
from portal.content import INTERNAL, Content
from portal.formats.sheet.names import Names
from portal.records import Community, Person
from portal.settings import Site


@dataclass(frozen=True)
class Writer:
    """A sender, their profile when their address or account is that of one, and whether they are of the company."""

    sender: Sender
    person: Person | None
    is_colleague: bool

    @property
    def first_name(self) -> str:
        """How a letter greets them; empty where no name is known."""
        name = self.person.name if self.person else self.sender.name
        return name.split()[0] if name and "@" not in name else ""


def writer_of(sender: Sender, content: Content, site: Site) -> Writer:
    """Who a sender is. An account of the forge, and an address in one of the company's domains, is a colleague's."""
    people = [person for person in content.of("person") if isinstance(person, Person)]
    own = next((person for person in people if is_of(sender, person)), None)
    addresses = [person.contact.email for person in people if person.contact and person.contact.email]
    domains = {_domain(address) for address in (*addresses, site.contact or "")} - {""}
    return Writer(sender, own, bool(own or sender.handle or _domain(sender.address) in domains))


def is_of(sender: Sender, person: Person) -> bool:
    """Whether a profile has the sender's address or account."""
    address = person.contact.email if person.contact else None
    by_address = address is not None and address.casefold() == sender.address.casefold()
    return by_address or (bool(sender.handle) and person.handle == sender.handle)


def names_for(writer: Writer, content: Content, now: datetime) -> Names:
    """The names that stand for records to someone: what all employees see, and the private communities they are in.

    Near names are only proposed to colleagues.
    """
    records = list(content.view(INTERNAL, now).records)
    records += [community for community in content.of("community") if _is_in(writer.person, community)]
    return Names(Content(records, content.settings), proposes=writer.is_colleague)


def _is_in(person: Person | None, community: object) -> bool:
    if person is None or not isinstance(community, Community) or community.visibility != "private":
        return False
    return community.slug in person.communities or person.slug in community.animators


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()

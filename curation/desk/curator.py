"""Who is deciding: the person named, or the one whose e-mail address git knows."""

from __future__ import annotations

from curation.errors import Stopped
from curation.git import configured
from curation.tree import Tree
from portal.problems import N_, message
from portal.records import Person
from portal.validation import nearest


def curator(tree: Tree, named: str | None) -> str:
    """The slug of the person who decides.

    Raises:
        Stopped: nobody of that name has a profile, or nobody is named and git knows no address of a profile.
    """
    people = {person.slug: person for person in tree.content.of("person") if isinstance(person, Person)}
    if named is not None:
        if named in people:
            return named
        if proposal := nearest(named, people):
            raise Stopped(
                message(
                    N_("nobody is called “{name}”: did you mean “{proposal}”?"), name=named, proposal=proposal
                )
            )
        raise Stopped(message(N_("nobody is called “{name}”: name the file of a profile"), name=named))
    address = (configured(tree.folder, "user.email") or "").casefold()
    for person in people.values():
        if address and person.contact and (person.contact.email or "").casefold() == address:
            return person.slug
    raise Stopped(message(N_("who decides? Name yourself with --by, or set VEILLEE_CURATOR")))

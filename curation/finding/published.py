"""What one audience's site holds, from the folders as they were read: what a search may find."""

from __future__ import annotations

from curation.errors import Stopped
from curation.finding.index import Source
from curation.tree import Tree
from portal.addresses import address_of
from portal.content import Content
from portal.problems import N_, Severity, message
from portal.search.documents import documents
from portal.search.facets import facet_labels
from portal.validation import nearest


def published(tree: Tree, audience: str) -> Content:
    """The records that an audience sees, without those whose errors keep them out of the site.

    Raises:
        Stopped: no site is made for that audience.
    """
    content = tree.loaded.content
    if audience not in content.audiences:
        what = N_("there is no site for “{audience}”: did you mean “{proposal}”?")
        proposal = nearest(audience, content.audiences) or content.audiences[0]
        raise Stopped(message(what, audience=audience, proposal=proposal))
    wrong = {problem.path for problem in tree.own_problems if problem.severity is Severity.ERROR}
    files = [path for path in (*content.by_path, *content.media) if tree.shown_path(path) in wrong]
    return content.published(audience, tree.now, files)


def source(view: Content) -> Source:
    """A view as an index is made from it."""
    language = view.settings.site.language
    records = {address_of(record, language): record for record in view.records}
    return Source(documents(view), records, facet_labels(view), language)

"""A body → the feed in it: its encoding, then its format. Pure; what may take long or much is run in `reader_process`."""

from __future__ import annotations

from curation.entries import ParsedFeed
from curation.reading.decoding import decoded
from curation.reading.json_feed import read_json
from curation.reading.syndication import read_xml


def read_feed(body: bytes, content_type: str, url: str, source: str) -> ParsedFeed:
    """The feed that came from `url` as `body`, decompressed; `content_type` is its header.

    What the body looks like decides between JSON and XML, because servers call feeds all kinds of things.

    Raises:
        Unreadable: there is no feed in it.
    """
    text = decoded(body, content_type)
    read = read_json if text.lstrip()[:1] in {"{", "["} else read_xml
    return read(text, url, source)

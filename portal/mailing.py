"""How the newsletter leaves the company: `site_config/mailing.yml`. The list of those who receive it is elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.records.base import Model
from portal.records.fields import Email, Line, Title


class Server(Model):
    """The mail server that takes the letters (SMTP, RFC 5321)."""

    host: Line = "localhost"
    """Its name."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port: most often 587, or 465 for `tls`."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """Encrypted after a greeting (`starttls`), from the first byte (`tls`), or not at all (`none`), which is refused
    for a server that isn’t on this machine."""
    user: Line | None = None
    """Who we are there; the password stands in the environment, as VEILLEE_SMTP_PASSWORD."""


class Mailing(Model):
    """`site_config/mailing.yml`."""

    name: Title | None = None
    """Who sends, as mailboxes show it; the portal’s name when absent."""
    sender: Annotated[Email | None, Field(alias="from")] = None
    """The address that sends; the portal’s contact when absent."""
    reply_to: Email | None = None
    """Where answers go; to the sender when absent."""
    unsubscribe: Email | None = None
    """The address that someone writes to so as to receive it no more, or for the first time; `reply_to` when absent."""
    bounces: Email | None = None
    """Where servers report what can’t be delivered; to the sender when absent."""
    server: Server = Server()
    """The mail server."""
    per_minute: Annotated[int, Field(ge=1, le=6000)] = 120
    """At most so many mails a minute: what the server allows, and less."""
    tries: Annotated[int, Field(ge=1, le=10)] = 4
    """How often a mail is tried in one run while the server says “later” (codes 4xx)."""
    retry_after_s: Annotated[int, Field(ge=0, le=3600)] = 60
    """Seconds before the next try; twice as many before the one after, and so on."""

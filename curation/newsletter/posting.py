"""A letter and a list → what a sending would do, or the sending itself; what is said of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from curation.errors import FAILED, Stopped
from curation.intake.servers import server_at
from curation.newsletter.conversation import Conversation
from curation.newsletter.courier import Orders
from curation.newsletter.journal import read_journal
from curation.newsletter.recipients import Recipients, read_list
from curation.newsletter.rendering import Rendered, render
from curation.newsletter.report import told_end, told_plan
from curation.newsletter.sending import Again, Plan, alone, plan, send
from curation.terminal import Screen
from curation.tree import Tree
from portal.formats.newsletter import MAX_BYTES, addressed
from portal.language import Translator
from portal.mailing import Server
from portal.problems import N_, message
from portal.records import Newsletter


@dataclass(frozen=True)
class Post:
    """Where a letter goes: the list (`shown` as the user wrote its path), the server, the password, the clock.

    `again` says who is tried once more although they shouldn't be.
    """

    to: Path
    shown: str
    smtp: str | None
    password: str | None
    clock: Callable[[], datetime]
    again: Again

    def explain(self, letter: Newsletter, tree: Tree, say: Translator, screen: Screen) -> bool:
        """Say what a sending would do; whether it could be done."""
        rendered, recipients = self._ready(letter, tree)
        screen.problems(recipients.problems, say)
        known = read_journal(self._journal(letter))
        planned = plan(recipients.addresses, known, self.again)
        for line in told_plan(planned, rendered, self._where(tree), _bytes_each(rendered), say):
            screen.say(line)
        if recipients.repeated:
            screen.say(
                say.gettext("Written twice in the list, taken once: {count}").format(
                    count=recipients.repeated
                )
            )
        screen.say(say.gettext("Nothing was sent: --send sends it."))
        return not recipients.problems

    def send(self, letter: Newsletter, tree: Tree, say: Translator, screen: Screen) -> bool:
        """Send what is left to send; whether everyone of the list has it.

        Raises:
            Stopped: a line of the list is wrong, another run sends, the mail is too heavy, or the server isn't safe.
        """
        rendered, recipients = self._ready(letter, tree)
        if recipients.problems:
            screen.problems(recipients.problems, say)
            raise Stopped(message(N_("nothing was sent: mend these lines of the list first")), FAILED)
        server = self._server(tree)
        with alone(self._journal(letter)) as journal:
            known = journal.read()
            planned = plan(recipients.addresses, known, self.again)
            why: str | None = ""
            if planned.to_send:
                mailing = tree.settings.mailing
                sender = mailing.bounces or rendered.envelope.sender[1]
                conversation = Conversation(server, self.password, sender)
                waits = say.gettext("The mail under way ends first; Ctrl-C again doesn’t wait for it.")
                with screen.progress(len(planned.to_send)) as step:
                    orders = self._orders(rendered, planned, tree)
                    why = send(orders, conversation, journal, _counting(step), partial(screen.say, waits))
            left = plan(recipients.addresses, journal.read())
        for line in told_end(left, why, say):
            screen.say(line)
        return len(left.have_it) == len(recipients.addresses)

    def _ready(self, letter: Newsletter, tree: Tree) -> tuple[Rendered, Recipients]:
        recipients = read_list(self.to, self.shown)
        rendered = render(letter, tree, self.clock())
        if (weight := len(rendered.html.encode())) >= MAX_BYTES:
            what = N_("the mail weighs {size} kB and mailboxes cut what is heavier than 100: show less in it")
            raise Stopped(message(what, size=weight // 1000), FAILED)
        return rendered, recipients

    def _journal(self, letter: Newsletter) -> Path:
        """Beside the list, named after the letter: two lists of one folder never write to someone twice."""
        return self.to.resolve().parent / f"{letter.slug}.journal"

    def _orders(self, rendered: Rendered, planned: Plan, tree: Tree) -> Orders:
        whole, envelope, mailing = rendered.whole, rendered.envelope, tree.settings.mailing

        def copy(recipient: str) -> tuple[str, bytes]:
            message_id = envelope.id_for(recipient)
            return message_id, addressed(whole, recipient, message_id)

        return Orders(
            recipients=planned.to_send,
            copy=copy,
            stamp=lambda: self.clock().isoformat(timespec="seconds"),
            interval_s=60 / mailing.per_minute,
            tries=mailing.tries,
            retry_after_s=mailing.retry_after_s,
        )

    def _server(self, tree: Tree) -> Server:
        """The server to speak to.

        Raises:
            Stopped: mails would travel in the clear.
        """
        if self.smtp is None:
            server = tree.settings.mailing.server
            address = server_at(f"smtp://{server.host}:{server.port}", "smtp")
            if server.security == "none" and not address.is_local:
                what = N_(
                    "“security: none” is for a server on this machine: write starttls or tls in mailing.yml"
                )
                raise Stopped(message(what))
            return server
        found = server_at(self.smtp, "smtp", "smtps")
        security = "tls" if found.is_encrypted else "none" if found.is_local else "starttls"
        return Server.model_validate(
            {"host": found.host, "port": found.port, "security": security, "user": found.user or None}
        )

    def _where(self, tree: Tree) -> str:
        server = self._server(tree)
        return f"{server.host}:{server.port}"


def _bytes_each(rendered: Rendered) -> int:
    sender = rendered.envelope.sender[1]
    return len(addressed(rendered.whole, sender, rendered.envelope.id_for(sender)))


def _counting(step: Callable[[], None]) -> Callable[[Mapping[str, str]], None]:
    return lambda news: step()

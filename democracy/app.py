"""Wiring: one installation's database, clock and services. Used by the web edge and by the command line."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from democracy.services import health
from democracy.services.accounts import Accounts
from democracy.services.ballots.clock import hold_ballots
from democracy.services.ledger.log_key import LedgerKey
from democracy.services.ledger.signing import sign_checkpoint
from democracy.services.password_links import PasswordLinks
from democracy.services.passwords import Passwords
from democracy.services.sessions import Sessions
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.meeting import MeetingUrns
from democracy.services.urns.roll import Rolls
from democracy.services.urns.seeds import Seeds
from democracy.settings import Settings
from democracy.storage.unit_of_work import Database
from democracy.workers import checkpoints, sequencer, story, urns
from democracy.workers.audience import Audience
from democracy.workers.carriers import Carrier, LetterFolder, MailFolder
from democracy.workers.clock import ClockWorker
from democracy.workers.duties import Duty, duties
from democracy.workers.events import Events
from democracy.workers.mail import Outbox
from democracy.workers.runner import Runner, Worker
from democracy.workers.smtp import MailServer
from democracy.workers.witnesses import Witness, Witnesses


@dataclass
class Application:
    """Everything that one process shares. Make it, `start()` it, `close()` it."""

    settings: Settings
    story_offset: timedelta = timedelta()
    """What is added to the machine's clock: nothing, except in the demo's story."""
    database: Database = field(init=False)
    zone: ZoneInfo = field(init=False)
    passwords: Passwords = field(init=False)
    sessions: Sessions = field(init=False)
    events: Events = field(init=False)
    seeds: Seeds = field(init=False)
    desk: CastDesk = field(init=False)
    rolls: Rolls = field(init=False)
    meeting_urns: MeetingUrns = field(init=False)
    audience: Audience = field(init=False)
    ledger_key: LedgerKey = field(init=False)
    witnesses: Witnesses = field(init=False)
    _runner: Runner | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.settings.timezone)
        self.database = Database(self.settings.database_url, pool_size=self.settings.pool_size, zone=self.zone)
        self.passwords = Passwords(cheap=self.settings.cheap_passwords)
        self.sessions = Sessions(self.database)
        self.events = Events(self.database)
        self.seeds = Seeds(self.settings.seeds_folder)
        self.rolls = Rolls(self.database, self.seeds)
        host = urlsplit(self.settings.base_url).netloc
        self.meeting_urns = MeetingUrns(self.seeds, host)
        self.desk = CastDesk(self.database, self.seeds, self.now)
        self.audience = Audience(self.database, self.now)
        self.ledger_key = LedgerKey(self.settings.seeds_folder)
        named = [Witness.parse(each) for each in self.settings.ledger_witnesses]
        self.witnesses = Witnesses(self.database, named, self.now)

    def now(self) -> datetime:
        """The organisation's time."""
        return datetime.now(UTC) + self.story_offset

    def accounts(self, at: datetime, address: str | None = None) -> Accounts:
        """Signing in and out, for a request read at `at` from a network address."""
        return Accounts(
            self.database,
            at,
            passwords=self.passwords,
            zone=self.zone,
            address=self._counted_address(address),
            sessions=self.sessions,
        )

    def password_links(self, at: datetime, address: str | None = None) -> PasswordLinks:
        """One-time links, for a request read at `at` from a network address."""
        return PasswordLinks(
            self.database,
            at,
            passwords=self.passwords,
            zone=self.zone,
            address=self._counted_address(address),
            base_url=self.settings.base_url,
        )

    def outboxes(self) -> list[Outbox]:
        """What sends the messages that wait: none where the settings name neither a folder nor a mail server.

        Letters are written to the folder too; without one they wait for `democracy mail --letters`.
        """
        settings, carriers = self.settings, list[Carrier]()
        if settings.mail_folder is not None:
            carriers += [
                MailFolder(settings.mail_folder, settings.mail_from),
                LetterFolder(settings.mail_folder, self.zone),
            ]
        elif settings.smtp_url is not None:
            carriers.append(MailServer.at(settings.smtp_url, settings.mail_from))
        return [self.outbox(carrier) for carrier in carriers]

    def outbox(self, carrier: Carrier) -> Outbox:
        """What sends the messages of one channel."""
        return Outbox(self.database, self.now, carrier)

    def _counted_address(self, address: str | None) -> str | None:
        return address if self.settings.throttle_addresses else None

    def workers(self) -> dict[str, Worker]:
        """What runs beside the server, by name."""
        return {
            "sequencer": partial(sequencer.run, self.database),
            "checkpoints": partial(checkpoints.run, self.witnessed_ledger),
            "events": self.events.run,
            "clock": self.clock().run,
            "urns": partial(urns.run, self.database, self.seeds, self.now),
            **({"story": partial(story.run, self.database, self.now)} if self.settings.story else {}),
            **{outbox.carrier.channel: outbox.run for outbox in self.outboxes()},
        }

    async def sign_ledger(self) -> str | None:
        """Sign how far the ledger has come; the note, None while it is empty. Raises NotOursError, ForkError."""
        return await sign_checkpoint(self.database, self.ledger_key, self.settings.base_url, self.now())

    async def witnessed_ledger(self) -> None:
        """Sign, and have the witnesses sign."""
        await self.sign_ledger()
        await self.witnesses.ask_all()

    def clock(self) -> ClockWorker:
        """What does what is due."""
        ballots = Duty("hold_ballots", partial(hold_ballots, self.seeds))
        return ClockWorker(self.database, self.now, [*duties(), ballots])

    async def resume_story(self) -> None:
        """Where there is a story, let its time go on from where it stopped."""
        if self.settings.story:
            self.story_offset = await story.offset(self.database, datetime.now(UTC))

    async def start(self) -> None:
        """Start the workers."""
        await self.resume_story()
        self._runner = Runner(self.workers())
        self._runner.start()

    async def check(self) -> dict[str, health.Check]:
        """What works, by name; each has `ok`."""
        return await health.check(self.database, self.now())

    async def close(self) -> None:
        """Stop the workers and give everything back."""
        if self._runner is not None:
            await self._runner.stop()
        await self.database.close()

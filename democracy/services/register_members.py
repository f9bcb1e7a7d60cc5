"""Members and memberships out of a file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from democracy.domain.email import email_key
from democracy.domain.ids import new_id
from democracy.domain.membership import FeeTerms
from democracy.domain.people import name_key
from democracy.formats.csv_rows import CsvFile, RowError
from democracy.formats.member_rows import Person, people
from democracy.services.member_places import PlacePlan, Register
from democracy.services.register_intake import Intake
from democracy.storage.register_members import (
    MEMBER_COLUMNS,
    KnownMember,
    MemberChanges,
    count_members,
    email_owners,
    known_members,
    write_members,
)
from democracy.storage.register_units import known_units

_NEW = {**dict.fromkeys(MEMBER_COLUMNS), "language": "sv", "protected": False, "erased_at": None}


class MemberIntake(Intake[Person]):
    """Takes a file of members. A member's rows are the whole of their memberships; whoever is not named is left be."""

    def __init__(self, file: CsvFile, today: date, terms: FeeTerms) -> None:
        super().__init__(file)
        self._today = today
        self._terms = terms
        self._register: Register | None = None
        self._lines: dict[str, int] = {}
        self._emails: dict[str, str] = {}
        self._present = self._matched = 0

    def rows(self) -> Iterable[Person]:
        """Person by person."""
        return people(self.file)

    async def take(self, connection: Any, batch: list[Person], *, write: bool) -> None:
        """Judge a thousand people, then write them."""
        if self._register is None:
            self._register = Register(await known_units(connection), self._today, self._terms, self.file)
            self._present = await count_members(connection)
        sound = [person for person in batch if self._accept(person)]
        known = await known_members(connection, [person.number for person in sound])
        keys = {email_key(person.fields["email"]) for person in sound if person.fields.get("email")}
        owners = await email_owners(connection, keys)
        self._matched += len(known)
        changes = MemberChanges()
        for person in sound:
            self._plan(person, known.get(person.number), owners, changes)
        if self.may_write(write):
            await write_members(connection, changes)

    async def finish(self, connection: Any) -> None:
        """Count those of the register that the file leaves out."""
        self.report.absent = self._present - self._matched

    def _accept(self, person: Person) -> bool:
        self.report.errors += person.errors
        first = self._lines.setdefault(person.number, person.line)
        if person.number and first != person.line:
            reason = f"Medlem {person.number} står redan på rad {first}. Lägg medlemmens rader efter varandra."
            self.report.errors.append(RowError(person.line, self.file.heading("number"), reason))
            return False
        return not person.errors

    def _plan(self, person: Person, known: KnownMember | None, owners: dict[str, str], changes: MemberChanges) -> None:
        assert self._register is not None  # noqa: S101 - taken before the first person is
        values = self._values(person, known, owners)
        member_id = values["id"]
        tally = self.report.tally("members")
        if known is None:
            tally.new += 1
            changes.new_members.append(values)
        elif differing := [name for name in MEMBER_COLUMNS if values[name] != known.values[name]]:
            tally.changed += 1
            changes.changed_members.append(values)
            told = [self.file.heading(name) for name in differing if name not in {"sort_key", "email_key"}]
            self.report.change(person.number, told or [self.file.heading("email")])
        else:
            tally.unchanged += 1
        places = PlacePlan(self._register, person, member_id, known.memberships if known else {})
        self.report.errors += places.judge()
        places.into(changes, self.report)

    def _values(self, person: Person, known: KnownMember | None, owners: dict[str, str]) -> dict[str, Any]:
        """The whole member as they will be: a column that the file lacks stays what it was."""
        values: dict[str, Any] = (
            {**_NEW, "id": new_id(), "number": person.number} if known is None else {**known.values}
        )
        given = dict(person.fields)
        for name in ("language", "protected"):
            if name in given and given[name] is None:
                given[name] = _NEW[name]
        values |= given
        if values["protected"]:
            values["address"] = None
        values["sort_key"] = name_key(values["given_name"], values["family_name"])
        values["email_key"] = self._email_key(person, values["email"], owners)
        return values

    def _email_key(self, person: Person, address: str | None, owners: dict[str, str]) -> str | None:
        """The key to sign in by; None when another member has it, for it must say who somebody is."""
        if not address:
            return None
        key = email_key(address)
        owner = self._emails.setdefault(key, owners.get(key) or person.number)
        if owner == person.number:
            return key
        reason = f"Adressen används också av medlem {owner}. Medlem {person.number} loggar in med sitt medlemsnummer."
        self.report.notices.append(RowError(person.line, self.file.heading("email"), reason))
        return None

"""Which memberships one person's rows give, judged against the register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.membership import Dates, FeeTerms, after_payment
from democracy.formats.csv_rows import CsvFile, RowError
from democracy.formats.member_rows import Person, Place
from democracy.services.register_report import Report
from democracy.storage.register_members import MEMBERSHIP_COLUMNS, MemberChanges, Values


@dataclass(frozen=True)
class Register:
    """What every person of a file is judged by."""

    units: Mapping[str, Values]
    today: date
    terms: FeeTerms
    file: CsvFile


@dataclass
class PlacePlan:
    """One person's memberships as the file says them, beside those that the register has."""

    register: Register
    person: Person
    member_id: UUID
    known: Mapping[UUID, Values]
    _wanted: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def judge(self) -> list[RowError]:
        """Everything that is wrong with them."""
        return [*self._each_place(), *self._one_vote()]

    def into(self, changes: MemberChanges, report: Report) -> None:
        """Add what is new, changed and ended."""
        tally = report.tally("memberships")
        for unit_id, values in self._wanted.items():
            known = self.known.get(unit_id)
            if known is None:
                tally.new += 1
                changes.new_memberships.append(
                    {"id": new_id(), "member_id": self.member_id, "unit_id": unit_id, **values}
                )
            elif any(known[name] != values[name] for name in MEMBERSHIP_COLUMNS):
                tally.changed += 1
                changes.changed_memberships.append({**known, **values})
            else:
                tally.unchanged += 1
        for unit_id, known in self.known.items():
            if unit_id not in self._wanted and known["ended_on"] is None:
                tally.ended += 1
                changes.changed_memberships.append({**known, "ended_on": self.register.today, "voting": False})

    def _each_place(self) -> Iterator[RowError]:
        for place in self.person.places:
            unit = self.register.units.get(place.unit)
            if unit is None:
                yield self._error(
                    place, place.column, f"»{place.unit}« finns inte i registret. Importera enheterna först."
                )
            elif unit["id"] in self._wanted:
                yield self._error(
                    place, place.column, f"Medlemmen står två gånger i »{place.unit}«. Ta bort den ena raden."
                )
            else:
                yield from self._dates(place, unit)
                self._wanted[unit["id"]] = self._values(place, self.known.get(unit["id"]))

    def _dates(self, place: Place, unit: Values) -> Iterator[RowError]:
        if place.fee_paid_on and place.fee_paid_on > self.register.today:
            yield self._error(place, "fee_paid_on", f"{place.fee_paid_on} har inte varit än. Rätta dagen.")
        if self._stands(place) and unit["ended_on"] is not None and unit["ended_on"] <= self.register.today:
            reason = f"»{place.unit}« upphörde {unit['ended_on']}. Skriv medlemmens nya förening eller utträdesdag."
            yield self._error(place, place.column, reason)

    def _one_vote(self) -> Iterator[RowError]:
        standing = [place for place in self.person.places if self._stands(place)]
        voting = [place for place in standing if self._votes(place)]
        column = self.register.file.heading("voting")
        if len(voting) > 1:
            units = " och ".join(f"»{place.unit}«" for place in voting)
            reason = f"Medlemmen har rösträtt i {units}. Skriv ja vid en förening och nej vid de andra."
            yield RowError(voting[1].line, column, reason)
        elif standing and not voting:
            reason = "Medlemmen har inte rösträtt någonstans. Skriv ja vid den förening där medlemmen röstar."
            yield RowError(standing[0].line, column, reason)

    def _votes(self, place: Place) -> bool:
        """What the row says; where it is silent, the first row's unit, if no other row claims the vote."""
        if place.voting is not None:
            return place.voting
        return len({each.line for each in self.person.places if self._stands(each)}) == 1

    def _stands(self, place: Place) -> bool:
        return place.ended_on is None or place.ended_on > self.register.today

    def _values(self, place: Place, known: Values | None) -> dict[str, Any]:
        dates = self._membership_dates(place, known)
        return {
            "voting": self._stands(place) and self._votes(place),
            "fee_paid_on": dates.fee_paid_on,
            "effective_on": place.effective_on or dates.effective_on,
            "lapses_on": dates.lapses_on,
            "ended_on": place.ended_on,
        }

    def _membership_dates(self, place: Place, known: Values | None) -> Dates:
        earlier = None
        if known is not None:
            earlier = Dates(known["fee_paid_on"], known["effective_on"], known["lapses_on"], known["ended_on"])
        if "fee_paid_on" not in self.register.file.names and earlier is not None:
            return earlier
        if place.fee_paid_on is None:
            return Dates()
        return after_payment(place.fee_paid_on, self.register.terms, earlier)

    def _error(self, place: Place, column: str, reason: str) -> RowError:
        return RowError(place.line, self.register.file.heading(column), reason)

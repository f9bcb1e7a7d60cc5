"""Loaders for the ledger."""

from strawberry.dataloader import DataLoader

from democracy.storage.reads import step_proofs
from democracy.storage.reads.step_proofs import Placed, StepProof
from democracy.storage.unit_of_work import Database


class LedgerLoaders:
    """The loaders of one operation."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.proof: DataLoader[Placed, StepProof] = DataLoader(self._proofs)

    async def _proofs(self, steps: list[Placed]) -> list[StepProof]:
        async with self._database.read() as connection:
            return await step_proofs.of_steps(connection, steps)

"""A seed's backup: SLIP-39 shares of 33 words, some of which together give the seed back.

Nobody holds shares of two mixers of one urn. A backup counts when a restore from it gave the same public keys.
"""

from collections.abc import Sequence

import shamir_mnemonic

from democracy.ballotbox.faults import FileError
from democracy.ballotbox.keys import Seed


def split_seed(seed: Seed, needed: int, number: int) -> list[str]:
    """So many shares, of which `needed` give the seed back; raises ValueError for numbers that cannot be."""
    if not 1 < needed <= number <= 16:
        raise ValueError("two shares or more are needed, of at most sixteen")
    (shares,) = shamir_mnemonic.generate_mnemonics(1, [(needed, number)], seed.secret)
    return list(shares)


def join_shares(shares: Sequence[str]) -> Seed:
    """The seed of enough shares; raises FileError for too few, foreign or misspelt ones."""
    try:
        return Seed(shamir_mnemonic.combine_mnemonics([" ".join(each.split()) for each in shares]))
    except (shamir_mnemonic.MnemonicError, ValueError) as error:
        raise FileError(f"the shares do not give a seed: {error}") from None

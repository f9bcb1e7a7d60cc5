"""The verifier: holds a bundle against keys from elsewhere, in the order of the design's table of errors.

`verify` answers with a `Verdict` or raises the first `UrnError`. It needs no network, clock or database.
"""

from democracy.ballotbox.verifier.verify import Verdict, verify, verify_so_far

__all__ = ["Verdict", "verify", "verify_so_far"]

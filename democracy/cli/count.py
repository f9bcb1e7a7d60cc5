"""`democracy count`: count a file of ballots or figures and say how it went."""

from pathlib import Path
from typing import Any

import click

from democracy.cli._counting import FILE, NEW_FILE, Desk, shared_options
from democracy.cli._methods import Counter, Wanted
from democracy.cli._rules import MajorityType, QuorumType
from democracy.counting.contra import Settling
from democracy.counting.publish import Publish, published
from democracy.counting.threshold import Tie
from democracy.formats.ballot_faults import Doubtful

METHODS = ("scottish-stv", "irv", "schulze", "majority", "relative", "positional", "threshold", "contra")
_TIES = [str(each).replace("_", "-") for each in Tie]
_DOUBTFUL = [str(each) for each in Doubtful]
_PUBLISH = [str(each) for each in Publish]
_FINAL = [str(each).replace("_", "-") for each in Settling]


@click.command()
@click.argument("file", type=FILE)
@click.option("--method", type=click.Choice(METHODS), required=True)
@click.option("--seats", type=click.IntRange(1), help="Else the number in the file.")
@click.option("--exact", is_flag=True, help="Exact fractions instead of five decimals (STV).")
@click.option("--doubtful", type=click.Choice(_DOUBTFUL), default=_DOUBTFUL[0], help="Ballots with a fault.")
@click.option("--candidates", metavar="A;B;…", help="Names that may occur, for CSV files with names in order.")
@click.option("--second", type=FILE, help="The second ballot's file (majority).")
@click.option("--ballots", type=click.IntRange(0), help="Approved ballots, for CSV files with votes for names.")
@click.option("--second-ballots", type=click.IntRange(0), help="The same for the second ballot.")
@click.option("--blank", type=click.IntRange(0), default=0, help="Blank ballots beside them.")
@click.option("--names", type=click.Choice(["at-most", "exactly"]), default="at-most", help="Names on a ballot.")
@click.option("--blank-counts", is_flag=True, help="Blank ballots are approved ones (majority).")
@click.option("--substitutes", type=click.IntRange(0), default=0, help="The next so many (majority, relative).")
@click.option("--groups", type=FILE, help="CSV with each candidate's group.")
@click.option("--minimum", multiple=True, metavar="GROUP=N", help="At least so many from a group; repeat.")
@click.option("--override-majority", is_flag=True, help="The minimum may pass over the 50 % line.")
@click.option("--alternate", is_flag=True, help="Alternate the list between groups (relative, positional).")
@click.option("--strength", type=click.Choice(["winning-votes", "margins"]), default="winning-votes", help="Schulze.")
@click.option("--majority", type=MajorityType(), multiple=True, help="As 2/3 or '>=3/4 cast'; repeat for two bases.")
@click.option("--quorum", type=QuorumType(), help="A share of those entitled, or so many present.")
@click.option("--tie", type=click.Choice(_TIES), default="status-quo", help="When as many vote yes as no (threshold).")
@click.option("--meetings", type=click.IntRange(1), default=1, help="How many meetings must carry it.")
@click.option("--order", metavar="P;Q;R", help="Main proposal, counter-proposal, its rival … (contra).")
@click.option("--form", type=click.Choice(["nested", "sequence"]), default="nested", help="Of the order (contra).")
@click.option("--acclaimed", type=click.IntRange(0), help="Level at which no division was asked for (contra).")
@click.option("--withdrawn", multiple=True, metavar="NAME", help="A proposal withdrawn on the way (contra).")
@click.option("--preparatory", type=click.Choice(["lot", "casting"]), default="lot", help="Tie there (contra).")
@click.option("--final", type=click.Choice(_FINAL), default="lot", help="Tie in the main vote (contra).")
@click.option("--qualified", type=MajorityType(), help="The survivor meets 'unchanged' under this (contra).")
@click.option("--unchanged", default="oförändrat", help="What stands if the survivor falls (contra).")
@click.option("--present", type=click.IntRange(0), help="How many were present.")
@click.option("--entitled", type=click.IntRange(0), help="How many have the right to vote.")
@click.option("--publish", type=click.Choice(_PUBLISH), default=str(Publish.AUDITORS), help="Who may see the ballots.")
@click.option(
    "--public", is_flag=True, help="The protocol as everyone may see it: without a digest that tells ballots."
)
@click.option("--export", type=NEW_FILE, help="Publish the accepted ballots as .blt .cvotes .csv.")
@click.option("--for-auditors", type=NEW_FILE, help="Write them for the scrutineers only.")
@shared_options
def command(
    *,
    lot_seed: str | None,
    lot_shares: Path | None,
    physical_lots: Path | None,
    as_json: bool,
    out: tuple[Path, ...],
    encoding: str | None,
    language: str,
    **options: Any,
) -> None:
    """Count FILE (.blt, .cvotes or .csv) and print the protocol.

    Ends with 0 when the count is settled, 3 when something more is needed (a lot, a second ballot, a vote), and 1 when
    the file or the rule cannot be used.
    """
    wanted = Wanted(**options)
    desk = Desk.of(language, encoding)
    counted = Counter(desk, wanted, desk.lots(lot_seed, lot_shares, physical_lots)).run()
    setting = Publish(wanted.publish)
    for path, private in ((wanted.export, False), (wanted.for_auditors, True)):
        if path is not None and counted.ballots is not None:
            desk.export(counted.ballots, path, setting, counted.protocol.seats or 1, private=private)
    data = published(counted.protocol, setting) if wanted.public else counted.protocol.data()
    desk.result(data, as_json=as_json, out=out, title=counted.title)

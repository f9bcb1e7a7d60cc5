"""How many prefer each candidate to each other one."""

from democracy.counting.ballots import Ballots


def pairwise(ballots: Ballots) -> list[list[int]]:
    """A table: row a, column b holds the number of ballots that rank a above b."""
    size = len(ballots.candidates)
    table = [[0] * size for _ in range(size)]
    for ranking, number in ballots.rankings.items():
        below = set(range(size)) if ballots.implicit else {each for place in ranking for each in place}
        for place in ranking:
            below.difference_update(place)
            for above in place:
                row = table[above]
                for each in below:
                    row[each] += number
    return table

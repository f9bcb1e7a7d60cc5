"""Decisions that nobody has appealed in time."""

from democracy.services.cases.clock import look_at_rulings
from democracy.workers.duties import Duty

duty = Duty("board_rulings", look_at_rulings)

"""Names of those who did not found a branch after all."""

from democracy.services.cases.clock import forget_left_founders
from democracy.workers.duties import Duty

duty = Duty("board_signatures", forget_left_founders)

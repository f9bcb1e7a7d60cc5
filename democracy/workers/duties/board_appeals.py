"""Appeals that wait for a side that is silent."""

from democracy.services.cases.clock import look_at_appeals
from democracy.workers.duties import Duty

duty = Duty("board_appeals", look_at_appeals)

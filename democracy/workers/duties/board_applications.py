"""Applications to form a branch whose time is out."""

from democracy.services.cases.clock import look_at_applications
from democracy.workers.duties import Duty

duty = Duty("board_applications", look_at_applications)

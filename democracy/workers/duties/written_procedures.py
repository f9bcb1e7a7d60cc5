"""Written procedures whose window is over."""

from democracy.services.council.asking import close_due
from democracy.workers.duties import Duty

duty = Duty("written_procedures", close_due)

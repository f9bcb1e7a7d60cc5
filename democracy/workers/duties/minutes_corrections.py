"""Minutes whose events were corrected while they were being signed."""

from democracy.services.proceedings.minutes_due import follow_corrections
from democracy.workers.duties import Duty

duty = Duty("minutes_corrections", follow_corrections)

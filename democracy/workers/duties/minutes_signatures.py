"""Those who have been asked to sign minutes and have not."""

from democracy.services.proceedings.minutes_due import wait_for_signatures
from democracy.workers.duties import Duty

duty = Duty("minutes_signatures", wait_for_signatures)

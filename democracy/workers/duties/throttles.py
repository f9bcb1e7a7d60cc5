"""Attempts that no longer count."""

from democracy.storage.expired import remove_throttles
from democracy.workers.duties import Duty

duty = Duty("remove_throttles", remove_throttles)

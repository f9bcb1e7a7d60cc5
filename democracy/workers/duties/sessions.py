"""Sessions that have run out."""

from democracy.storage.expired import remove_sessions
from democracy.workers.duties import Duty

duty = Duty("remove_sessions", remove_sessions)

"""Terms that end soon."""

from democracy.services.term_reminders import remind_of_terms
from democracy.workers.duties import Duty

duty = Duty("term_reminders", remind_of_terms)

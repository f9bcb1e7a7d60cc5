"""One-time links that have run out."""

from democracy.storage.expired import remove_password_links
from democracy.workers.duties import Duty

duty = Duty("remove_password_links", remove_password_links)

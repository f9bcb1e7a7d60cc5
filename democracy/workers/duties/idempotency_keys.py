"""Keys of repeated requests, when they are older than seven days."""

from democracy.storage.expired import remove_idempotency_keys
from democracy.workers.duties import Duty

duty = Duty("remove_idempotency_keys", remove_idempotency_keys)

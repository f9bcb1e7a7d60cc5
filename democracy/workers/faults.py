"""What may be logged of a fault: its kind and where it was, never its message, which may quote what people wrote."""

import traceback
from typing import Any
from uuid import uuid4


def described(fault: BaseException) -> dict[str, Any]:
    """Fields for a line of the log."""
    frames = [f"{'/'.join(_parts(each.filename))}:{each.lineno} {each.name}" for each in _stack(fault)]
    kind = f"{type(fault).__module__}.{type(fault).__qualname__}"
    return {"incident": uuid4().hex[:12], "code": kind, "traceback": frames}


def _stack(fault: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(fault.__traceback__)


def _parts(filename: str) -> list[str]:
    return filename.replace("\\", "/").split("/")[-3:]

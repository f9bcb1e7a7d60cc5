"""What cannot be counted, and why."""


class CountError(Exception):
    """The input cannot be counted as it stands: a stable code, and the values that its message needs."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.code + "".join(f", {name}: {value}" for name, value in self.params.items())

class RenderFailed(Exception):
    """A document could not be made; `code` is a key of reports.failures.FAILURES."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code

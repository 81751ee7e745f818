"""Problem: the root of every error a person may see."""


class Problem(Exception):
    """Something a person asked for cannot be done; the message is a whole sentence that says why.

    `status` is the HTTP status that fits; the command line leaves with 2. `rule` names the
    catalogue id that says so (280.10-g2), `field` the input at fault, `fix` the way out.
    """

    status: int = 400

    def __init__(
        self, message: str, *, rule: str | None = None, field: str | None = None, fix: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule
        self.field = field
        self.fix = fix


class NotFound(Problem):
    """The thing does not exist, or this person may not know that it does."""

    status = 404


class NotAllowed(Problem):
    """The person is known and may not do this."""

    status = 403


class Conflict(Problem):
    """The thing is in a state that does not allow the change."""

    status = 409


class Unusable(Problem):
    """The input cannot be read at all."""

    status = 422

"""What can go wrong, said so that a person can mend it. No Flask here."""


class ParastaError(Exception):
    """Something a person can be told. `message` is a correction instruction."""

    status = 500

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(ParastaError):
    """Not there, or not yours: the same answer."""

    status = 404


class Forbidden(ParastaError):
    """You may see it, but this is somebody else's to do."""

    status = 403


class Conflict(ParastaError):
    """The thing has moved on since you looked."""

    status = 409


class AlreadyDone(Conflict):
    """The same form was sent twice; the first one counts."""


class Invalid(ParastaError):
    """The words can't be used as they are; `errors` maps field to instructions."""

    status = 422

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(" ".join(str(m) for ms in errors.values() for m in ms))
        self.errors = errors

"""Failures of requests to a server."""

from exlab_gui.core.text.sanitize import PlainError, sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.source import RefusedError


class ServerError(PlainError):
    """A request to a server failed; the message says why in one sentence."""


class LostError(ServerError):
    """The server could not be reached, or the connection broke before it responded."""


class NotUnderstoodError(ServerError):
    """The server sent a response that this program does not understand: `answer`."""

    def __init__(self, sentence: str, answer: bytes = b"") -> None:
        begins = sanitize(answer[:400].decode(errors="replace"), 100)
        if begins:
            sentence = phrase("{sentence} It begins: {begins}", sentence=sentence, begins=begins)
        super().__init__(sentence)
        self.answer = answer


class NotWizardError(ServerError):
    """The server at this address is not an ExLab-Wizard."""


class ServerRefusedError(RefusedError, ServerError):
    """The server refused; message, `code`, `field` and `status` are its own."""

    def __init__(self, sentence: str, status: int, code: str = "", field: str | None = None):
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.field = field

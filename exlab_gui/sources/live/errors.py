"""What can go wrong between the monitor and a server, each as one sentence for people."""

from exlab_gui.core.text.sanitize import PlainError, sanitize
from exlab_gui.sources.source import RefusedError


class ServerError(PlainError):
    """A server cannot be used, or not for this; the message says why, in one sentence."""


class LostError(ServerError):
    """The server was not reached, or the connection was lost before it had answered."""


class NotUnderstoodError(ServerError):
    """The server answered something that this program does not understand: `answer`."""

    def __init__(self, sentence: str, answer: bytes = b"") -> None:
        begins = sanitize(answer[:400].decode(errors="replace"), 100)
        super().__init__(f"{sentence} It begins: {begins}" if begins else sentence)
        self.answer = answer


class NotWizardError(ServerError):
    """Some other server answers at this address."""


class ServerRefusedError(RefusedError, ServerError):
    """The server refused; the message is its own. `code`, `field` and `status` as it gave them."""

    def __init__(self, sentence: str, status: int, code: str = "", field: str | None = None):
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.field = field

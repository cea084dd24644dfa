"""Refusals, in the one shape that every error of the server has."""

import uuid
from typing import Any

import msgspec
from starlette.responses import Response


class RefusalError(Exception):
    """The server refuses a request with an HTTP `status` and one of the contract's codes."""

    def __init__(
        self, status: int, code: str, message: str, field: str | None = None, details: Any = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.field = field
        self.details = details


def refusal(error: RefusalError) -> Response:
    """Return the answer that tells of `error`."""
    said: dict[str, Any] = {"code": error.code, "message": str(error)}
    if error.field is not None:
        said["field"] = error.field
    if error.details is not None:
        said["details"] = error.details
    if error.status >= 500:
        said["trace_id"] = uuid.uuid4().hex
    return answer({"error": said}, error.status)


def answer(content: Any, status: int = 200) -> Response:
    """Return `content` as an answer in JSON."""
    return Response(msgspec.json.encode(content), status, media_type="application/json")


def not_found(session_id: str) -> RefusalError:
    """Return the refusal of a session that the server does not know."""
    return RefusalError(404, "session_not_found", f"There is no session {session_id}.")

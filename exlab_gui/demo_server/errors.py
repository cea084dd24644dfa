"""Refusals, in the one shape that every error of the server has."""

import uuid
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

TRACE = "x-trace-id"


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


def answer(content: Any, status: int = 200) -> Response:
    """Return `content` as an answer in JSON."""
    return Response(msgspec.json.encode(content), status, media_type="application/json")


async def refused(request: Request, error: Exception) -> Response:
    """Answer that `error` happened: a refusal, or what nobody foresaw.

    The trace id is the client's own, if it sent one.
    """
    trace_id = request.headers.get(TRACE) or str(uuid.uuid4())
    if not isinstance(error, RefusalError):
        details = {"trace_id": trace_id}
        error = RefusalError(500, "internal_error", "internal server error", details=details)
    told = {
        "code": error.code,
        "message": str(error),
        "field": error.field,
        "details": error.details,
        "trace_id": trace_id,
    }
    said = {key: value for key, value in told.items() if value is not None}
    response = answer({"error": said}, error.status)
    response.headers[TRACE] = trace_id
    return response


async def no_route(_request: Request, _error: Exception) -> Response:
    """Answer as the pages of the wizard do, which stand where the API has no route."""
    return HTMLResponse("<!doctype html><title>Not found</title><h1>404</h1>", 404)


HANDLERS = {RefusalError: refused, HTTPException: no_route, Exception: refused}

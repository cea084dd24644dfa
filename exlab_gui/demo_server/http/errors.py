"""Error responses."""

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

TRACE = "x-trace-id"


class RefusalError(Exception):
    """A refusal with an HTTP `status` and one of the contract's codes."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        details: Any = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.field = field
        self.details = details
        self.more = more or {}


def answer(content: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")


async def refused(request: Request, error: Exception) -> Response:
    """Answer with `error`; the trace id is the client's, if it sent one."""
    trace_id = request.headers.get(TRACE) or str(uuid.uuid4())
    if not isinstance(error, RefusalError):
        details = {"trace_id": trace_id}
        error = RefusalError(500, "internal_error", "internal server error", details=details)
    fields = {
        "code": error.code,
        "message": str(error),
        "field": error.field,
        "details": error.details,
        "trace_id": trace_id,
        **error.more,
    }
    content = {key: value for key, value in fields.items() if value is not None}
    response = answer({"error": content}, error.status)
    response.headers[TRACE] = trace_id
    return response


async def no_route(_request: Request, _error: Exception) -> Response:
    """Answer as the wizard's web pages do, which are served wherever the API has no route."""
    return HTMLResponse("<!doctype html><title>Not found</title><h1>404</h1>", 404)


HANDLERS = {RefusalError: refused, HTTPException: no_route, Exception: refused}

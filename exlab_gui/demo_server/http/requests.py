"""The bodies of requests, and their errors in the words of pydantic."""

from collections.abc import Iterator
from contextlib import aclosing
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from starlette.requests import Request

from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.demo_server.http.errors import RefusalError

T = TypeVar("T", bound=msgspec.Struct)
Loc = tuple[str | int, ...]

MAX_BYTES = 2**20

_WORDS = {
    str: ("string_type", "Input should be a valid string"),
    bool: ("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
    dict: ("dict_type", "Input should be a valid dictionary"),
}


class SessionBody(msgspec.Struct, frozen=True, kw_only=True):
    equipment_id: str
    template_path: str
    label: str
    operator: str
    objective: str
    variables: dict[str, Any] = {}
    readme_extra: dict[str, Any] | None = None
    lims_project: dict[str, Any] | None = None


class ProjectSessionBody(SessionBody, frozen=True, kw_only=True):
    kind: Literal["project"]


class RunSessionBody(SessionBody, frozen=True, kw_only=True):
    kind: Literal["run"]
    project_name: str
    run_kind: Literal["experimental", "test"]
    run_date: str | None = None


class Resume(msgspec.Struct, frozen=True):
    extra_inputs: dict[str, Any] = {}


class Cancel(msgspec.Struct, frozen=True):
    discard_files: bool = False


async def read_body(request: Request, *shapes: type[T]) -> T:
    """Return the request's body as the first of `shapes` that it fits. Raises RefusalError."""
    body = await _read(request)
    errors: list[dict[str, Any]] = []
    for shape in shapes:
        loc = ("body",) if len(shapes) == 1 else ("body", f"_{shape.__name__}")
        errors += (found := list(_errors(shape, body, loc)))
        if not found:
            try:
                return msgspec.convert(body, shape, strict=False)
            except msgspec.ValidationError as error:
                errors.append(_error("value_error", loc, str(error)))
    raise _invalid(errors)


async def _read(request: Request) -> Any:
    data = bytearray()
    async with aclosing(request.stream()) as parts:
        async for part in parts:
            data += part
            if len(data) > MAX_BYTES:
                raise RefusalError(413, "body_too_large", f"A body may have {MAX_BYTES:,} bytes.")
    if not data:
        raise _invalid([_error("missing", ("body",), "Field required")])
    if "json" not in request.headers.get("content-type", "json"):
        return data.decode(errors="replace")
    try:
        return msgspec.json.decode(data)
    except UNREADABLE:
        raise _invalid([_error("json_invalid", ("body", 0), "JSON decode error")]) from None


def _errors(shape: type[msgspec.Struct], body: Any, loc: Loc) -> Iterator[dict[str, Any]]:
    if not isinstance(body, dict):
        words = "Input should be a valid dictionary or object to extract fields from"
        yield _error("model_attributes_type", loc, words, body)
        return
    fields = msgspec.structs.fields(shape)
    for field in sorted(fields, key=lambda field: field.name != "kind"):
        if field.name not in body:
            if field.required:
                yield _error("missing", (*loc, field.name), "Field required", body)
            continue
        value = body[field.name]
        try:
            msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            kind, words = _complaint(field.type) or ("value_error", str(error))
            yield _error(kind, (*loc, field.name), words, value)
    for name in body.keys() - {field.name for field in fields}:
        yield _error("extra_forbidden", (*loc, name), "Extra inputs are not permitted", body[name])


def _complaint(wanted: Any) -> tuple[str, str] | None:
    if get_origin(wanted) is Literal:
        return "literal_error", f"Input should be {' or '.join(map(repr, get_args(wanted)))}"
    for kind in (wanted, *get_args(wanted)):
        if (words := _WORDS.get(get_origin(kind) or kind)) is not None:
            return words
    return None


def _error(kind: str, loc: Loc, words: str, value: Any = None) -> dict[str, Any]:
    return {"type": kind, "loc": loc, "msg": words, "input": value}


def _invalid(errors: list[dict[str, Any]]) -> RefusalError:
    first = errors[0]
    field = ".".join(map(str, first["loc"][1:])) or None
    return RefusalError(422, "validation_failed", first["msg"], field, {"errors": errors})

"""The part of a question that fits into a form."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from exlab_gui.core.limits import FORM_CHARACTERS, FORM_FIELDS, FORM_OPTIONS
from exlab_gui.core.protocol.form import Field, Oddity
from exlab_gui.core.text.translation import phrase


def fitting(fields: Sequence[Field]) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Return those of `fields` that a form shows, and sentences about the others.

    What is too much of a field is left out of it, with a remark. The answers stay what they would
    be: a suggested answer that is not shown is sent if nothing is typed.
    """
    remarks: tuple[str, ...] = ()
    if len(fields) > FORM_FIELDS:
        remarks = (
            phrase(
                "The question has {count:,} fields. The first {shown} are shown, and only their "
                "answers are sent.",
                count=len(fields),
                shown=FORM_FIELDS,
            ),
        )
    return tuple(map(_fitting, fields[:FORM_FIELDS])), remarks


def _fitting(field: Field) -> Field:
    options, default = field.options, field.default
    if len(options) > FORM_OPTIONS:
        kept = options[:FORM_OPTIONS]
        if isinstance(default, str) and default in options and default not in kept:
            kept += (default,)
        told = phrase(
            "only the first {shown:,} of {count:,} options are shown",
            shown=FORM_OPTIONS,
            count=len(options),
        )
        field = replace(field, options=kept, odd=_with(field.odd, told))
    if field.type in ("string", "text") and len(str(default or "")) > FORM_CHARACTERS:
        told = phrase(
            "the suggested answer has {count:,} characters, too many to be shown; it is sent if "
            "nothing is typed",
            count=len(str(default)),
        )
        field = replace(field, default=None, odd=_with(field.odd, told, default))
    return field


def _with(odd: Oddity | None, remark: str, unseen: object = None) -> Oddity:
    """Return `odd` with `remark`; an empty answer stands for the one that is `unseen`."""
    before = odd or Oddity(())
    values = before.values
    if unseen is not None:
        # The text that is not shown may stand for something else itself.
        meant = dict(values).get(str(unseen)) or msgspec.json.encode(unseen).decode()
        values = (("", meant), *values)
    return replace(before, remarks=(*before.remarks, remark), values=values)

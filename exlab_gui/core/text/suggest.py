"""Messages about unknown names."""

from collections.abc import Iterable

from exlab_gui.core.text.sanitize import MAX_NAME, sanitize


def unknown_name_message(word: str, known: Iterable[str], what: str) -> str:
    """Say that `word` is not `what` ("a state"), and list the near and the known names."""
    from difflib import get_close_matches  # with its first use: it takes time

    names = list(known)
    near = get_close_matches(word[:MAX_NAME].lower(), names, 1, 0.5)
    meant = f'; did you mean "{near[0]}"?' if near else "."
    return f'"{sanitize(word, MAX_NAME)}" is not {what}{meant} Known: {", ".join(names)}.'

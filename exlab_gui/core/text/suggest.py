"""Messages about unknown names."""

from collections.abc import Iterable

from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase


def unknown_name_message(word: str, known: Iterable[str], what: str) -> str:
    """Say that `word` is not `what` ("a state"), and list the near and the known names."""
    from difflib import get_close_matches  # with its first use: it takes time

    names = list(known)
    near = get_close_matches(word[:MAX_NAME].lower(), names, 1, 0.5)
    word, listed = sanitize(word, MAX_NAME), ", ".join(names)
    if not near:
        return phrase('"{word}" is not {what}. Known: {names}.', word=word, what=what, names=listed)
    return phrase(
        '"{word}" is not {what}; did you mean "{near}"? Known: {names}.',
        word=word,
        what=what,
        near=near[0],
        names=listed,
    )

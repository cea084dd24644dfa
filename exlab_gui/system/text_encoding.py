"""The encoding of text in the user's locale."""

import os
import sys
from collections.abc import MutableMapping


def prefer_utf8(
    variables: MutableMapping[str, str] = os.environ, encoding: str | None = None
) -> None:
    """Have texts encoded in UTF-8 by libraries that start later; all else stays as it is.

    In a locale with another `encoding`, Qt would print four lines about it at each start.
    """
    if sys.platform in ("win32", "darwin"):
        return
    if encoding is None:
        from locale import CODESET, nl_langinfo

        encoding = nl_langinfo(CODESET)
    if encoding.upper().replace("-", "") == "UTF8":
        return
    if overriding := variables.pop("LC_ALL", ""):
        variables["LANG"] = overriding
    variables["LC_CTYPE"] = "C.UTF-8"

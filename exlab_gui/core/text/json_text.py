"""What the program knows and says as JSON, in which phrases are English texts."""

import msgspec

from exlab_gui.core.text.translation import Phrase


def _plain(value: object) -> str:
    if isinstance(value, Phrase):
        return str(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON can hold")


_encoder = msgspec.json.Encoder(enc_hook=_plain)

to_json = _encoder.encode
to_json_lines = _encoder.encode_lines

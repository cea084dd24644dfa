"""What is missing of a list of sessions, in sentences."""

from exlab_gui.core.limits import LISTED_SESSIONS
from exlab_gui.core.text.translation import joined, phrase
from exlab_gui.sources.live.responses import Listing


def shortcomings(listing: Listing) -> str:
    sentences: list[str] = []
    if count := listing.misunderstood:
        text = "{count:,} entries of its list of sessions could not be understood."
        sentences.append(phrase(text, count=count))
    if listing.left_out:
        text = "It lists more than {most:,} sessions; the rest is left out."
        sentences.append(phrase(text, most=LISTED_SESSIONS))
    return joined(sentences)

import pytest

from exlab_gui.core.layout.badges import short_count


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1k"),
        (99_999, "99k"),
        (100_000, ".1M"),
        (999_999, ".9M"),
        (1_000_000, "1M"),
        (10**12, "99M"),
    ],
)
def test_a_count_is_short(times: int, text: str) -> None:
    """However often something happened, its count fits into its badge."""
    assert short_count(times) == text

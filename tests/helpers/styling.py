"""How often each widget gets an event, such as that it is styled."""

from collections import Counter
from types import TracebackType
from typing import Self

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication


class Heard(QObject):
    """Counts the events of a kind that each widget gets within the block."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind = kind
        self.times: Counter[QObject] = Counter()

    def __enter__(self) -> Self:
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        QApplication.instance().removeEventFilter(self)

    @property
    def most(self) -> int:
        return max(self.times.values(), default=0)

    @property
    def often(self) -> list[str]:
        """The widgets that got most, for a message."""
        return [f"{one} {times}" for one, times in self.times.most_common(5)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == self._kind and watched.isWidgetType():
            self.times[watched] += 1
        return False

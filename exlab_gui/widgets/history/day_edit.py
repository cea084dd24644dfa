"""A day that can be chosen, or none."""

from datetime import datetime

from PySide6.QtCore import QDate, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QCalendarWidget, QDateEdit, QWidget

from exlab_gui.core.clock import local_time
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.object_names import named

_NONE = QDate(1999, 12, 31)  # stands for no day


class DayEdit(QDateEdit):
    """Shows a day, or that any is meant. Typing and steps begin with today; Delete means any."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(_NONE, parent)
        named(self, name, title)
        self.setMinimumDate(_NONE)
        self.setSpecialValueText(tr("Any day"))
        self.setCalendarPopup(True)
        self.setToolTip(tr("{title}. Press Delete for any day.", title=title))
        self.calendarWidget().installEventFilter(self)

    @property
    def begin(self) -> datetime | None:
        """The begin of the chosen day in this computer's time zone, or None."""
        date = self.date()
        return None if date == _NONE else local_time(datetime(*date.getDate()))

    def choose(self, at: datetime | None) -> None:
        """Choose the day of `at`; without, any day."""
        day = at and local_time(at)
        self.setDate(QDate(day.year, day.month, day.day) if day else _NONE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.matches(QKeySequence.StandardKey.Delete):
            self.choose(None)
        elif self.date() == _NONE and typed.isprintable() and typed:
            # Qt would write it behind the text that says that there is no day.
            if typed.isdecimal():
                self._begin_with_today()
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def stepBy(self, steps: int) -> None:
        if self.date() == _NONE:
            self._begin_with_today()
        else:
            super().stepBy(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        if self.date() == _NONE:
            flags = QAbstractSpinBox.StepEnabledFlag
            return flags.StepUpEnabled | flags.StepDownEnabled
        return super().stepEnabled()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Leave at once if there are no parts of a date to go through."""
        if self.date() == _NONE:
            return QWidget.focusNextPrevChild(self, following)
        return super().focusNextPrevChild(following)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the calendar begin with this month if no day is chosen yet."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QCalendarWidget):
            chosen, today = watched.selectedDate(), QDate.currentDate()
            shown = today if chosen == _NONE else chosen
            watched.setCurrentPage(shown.year(), shown.month())
        return super().eventFilter(watched, event)

    def _begin_with_today(self) -> None:
        self.setDate(QDate.currentDate())
        self.setSelectedSection(self.sectionAt(0))

"""The tool bar: play buttons, scenario, speed, and the origin of the session."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QToolBar,
    QWidget,
)

from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import SetSpeed
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.labels import ElidingLabel, caption, plain_label
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Multiples of real time."""

_TITLE_LENGTH = 28
_LEAST_WIDTH = 120

BUTTONS = ("actionNewSession", "actionPlay", "actionPause", "actionStep", "actionReset")


class PlayBar(QToolBar, SessionView):
    """The buttons that play the session, its scenario, and its speed."""

    scenario_chosen = Signal(object)

    def __init__(self, actions: dict[str, QAction], theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Play"), parent)
        named(self, "playBar")
        self._actions = actions
        self._theme = theme
        self.chosen: Scenario | None = None  # the last offered scenario that a session played
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.scenarios = named(ElidingComboBox(), "scenarioCombo", "Scenario")
        self.scenarios.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.scenarios.setMinimumContentsLength(_TITLE_LENGTH)
        self.scenarios.setMinimumWidth(_LEAST_WIDTH)  # in a narrow window
        self.scenarios.setPlaceholderText(tr("Choose a scenario"))
        self.speed = named(QSlider(Qt.Orientation.Horizontal), "speedSlider", "Speed")
        self._factor = named(plain_label(), "speedLabel")
        self._mark = plain_label()
        self._origin = named(ElidingLabel(), "originLabel", "Origin of the session")
        self._origin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.scenarios.activated.connect(self._choose)
        self.speed.valueChanged.connect(self._set_speed)
        theme.changed.connect(self.synchronize)

    @property
    def factor(self) -> float:
        return SPEEDS[self.speed.value()]

    def set_factor(self, factor: float) -> None:
        self.speed.setValue(min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - factor)))

    def shift_speed(self, by: int) -> None:
        self.speed.setValue(self.speed.value() + by)

    def offer(self, scenario: Scenario) -> None:
        if self._place(scenario) < 0:
            self.scenarios.addItem(scenario.title, scenario)
            tip = plain_tip(scenario.description or scenario.title)
            row = self.scenarios.count() - 1
            self.scenarios.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)

    def set_session(self, session: SessionModel) -> None:
        super().set_session(session)
        self._set_speed()

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        playing = tr("playing") if session.playing else tr("not playing")
        traits, fork = session.traits, session.info.fork
        words = (
            tr("Fork of {of} at event {seq}", of=fork.of, seq=fork.seq)
            if fork
            else tr(traits.short)
        )
        if session.info.seen is not None:
            words = tr("{words} (last known)", words=words)
        self._origin.setText(f"{words} · {session.label}")
        origin = words if fork else tr(traits.title)
        self._origin.setToolTip(plain_tip(f"{session.label}: {origin}, {playing}"))
        mark = icon("fork" if fork else traits.icon, self._theme.colours.muted)
        self._mark.setPixmap(mark.pixmap(16, 16))
        scenario = session.info.scenario
        place = -1 if scenario is None else self._place(scenario)
        if place >= 0:
            self.chosen = scenario
        self.scenarios.setCurrentIndex(place)
        self.scenarios.setToolTip(self.scenarios.itemData(place, Qt.ItemDataRole.ToolTipRole) or "")

    def _lay_out(self) -> None:
        for place in BUTTONS:
            button = ActionButton(self._actions[place])
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.addWidget(button)
            if place == "actionNewSession":
                self.addSeparator()
        self.addSeparator()
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setTickInterval(1)
        self.speed.setFixedWidth(96)
        self._factor.setFixedWidth(self._factor.fontMetrics().horizontalAdvance("0.25 ×") + 8)
        self.set_factor(1.0)
        self._show_factor()
        rest = QWidget()
        row = QHBoxLayout(rest)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(8)
        for words, widget in ((tr("Scenario"), self.scenarios), (tr("Speed"), self.speed)):
            name = caption(words)
            name.setBuddy(widget)
            row.addWidget(name)
            row.addWidget(widget)
        row.addWidget(self._factor)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self._origin)
        rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(rest)

    def _place(self, scenario: Scenario) -> int:
        found = (i for i in range(self.scenarios.count()) if self.scenarios.itemData(i) == scenario)
        return next(found, -1)

    def _choose(self, place: int) -> None:
        self.scenario_chosen.emit(self.scenarios.itemData(place))

    def _set_speed(self) -> None:
        self._show_factor()
        if self.session is not None:
            self.session.request_if_possible(SetSpeed(self.factor))

    def _show_factor(self) -> None:
        self._factor.setText(f"{self.factor:g} ×")
        self.speed.setToolTip(tr("Play {factor:g} times as fast as real time", factor=self.factor))

"""One button per state; those of legal next states are enabled."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QToolButton, QWidget

from exlab_gui.core.layout.labels import shown_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.widgets.controls.long_tips import show_tip
from exlab_gui.widgets.controls.menu_style import tell_why_disabled
from exlab_gui.widgets.controls.tab_order import tab_through
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.transition_actions import GoAction, TransitionActions

_SPACING = 5


class TransitionPanel(QWidget):
    """The transition buttons, in as many columns as fit.

    A button's context menu walks to its state along legal transitions.
    """

    def __init__(self, actions: TransitionActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transitionPanel")
        self.setAccessibleName(tr("Go to"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._actions = actions
        self._buttons: list[QToolButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        actions.rebuilt.connect(self._rebuild)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting_columns() != self._columns:
            self._arrange()

    def _rebuild(self) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for state, action in self._actions.go.items():
            button = named(
                _StateButton(state, action, self),
                f"transition_{state}",
                tr("Go to {state}", state=state),
            )
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(28)
            button.menu_wanted.connect(partial(self._offer, state))
            self._buttons.append(button)
        tab_through(self, self._buttons)
        self._arrange()

    def _widest(self) -> int:
        return max((b.sizeHint().width() for b in self._buttons), default=1) + _SPACING

    def _offer(self, state: str, place: QPoint) -> None:
        state_menu(self._actions, state, self).popup(place)

    def _fitting_columns(self) -> int:
        count = max(len(self._buttons), 1)
        most = max(1, min((self.width() + _SPACING) // self._widest(), count))
        return -(-count // -(-count // most))

    def _arrange(self) -> None:
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = self._fitting_columns()
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // self._columns, place % self._columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)


class _StateButton(QToolButton):
    """A button with a context menu even while it is disabled; Qt would show none."""

    menu_wanted = Signal(QPoint)

    def __init__(self, state: str, action: GoAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_key = False
        name = shown_name(state)
        self._cut = "" if name == state else f"{state}\n"
        # With a default action, every change of a tool tip would lay out the panel again.
        self._action = action
        self.setText(name.replace("&", "&&"))
        self.clicked.connect(self._go)
        action.changed.connect(self._follow)
        self._follow()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            self.menu_wanted.emit(event.globalPos())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            show_tip(self.toolTip(), event.globalPos(), self)
            return True
        return super().event(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        super().keyReleaseEvent(event)  # which clicks
        self._by_key = False

    def _go(self) -> None:
        if self._by_key:
            self._action.pressed.emit()
        else:
            self._action.trigger()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        tip = self._action.toolTip()
        is_markup = tip.startswith("<")
        self.setToolTip(tip if is_markup or not self._cut else plain_tip(self._cut + tip))


def state_menu(actions: TransitionActions, state: str, parent: QWidget) -> QMenu:
    """Return a menu that goes or walks to `state`."""
    menu = named(QMenu(parent, toolTipsVisible=True), "stateMenu")
    tell_why_disabled(menu)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go, walk = actions.go[state], actions.walk[state]
    for action, words, name in ((go, tr("Go there"), "Go"), (walk, tr("Walk there"), "Walk")):
        entry = named(menu.addAction(words, action.trigger), f"stateMenu{name}")
        entry.setEnabled(action.isEnabled())
        entry.setToolTip(action.toolTip())
        entry.setStatusTip(action.hint)
    tell_why_disabled(menu)
    return menu

"""Tool tips that are shown in several lines if they are long."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGraphicsScene, QGraphicsSceneHelpEvent, QToolTip, QWidget

from exlab_gui.models.plain_tip import in_lines

_ONE_LINE = 100  # characters: all of it fits on a small screen


def show_tip(tip: str, place: QPoint, widget: QWidget) -> None:
    """Show `tip`, the tool tip of `widget` or of what is in it, at the `place` on the screen.

    Qt breaks the lines of markup only. The tip itself stays as it is: UI tests read it.
    """
    if len(tip) > _ONE_LINE and not tip.startswith("<"):
        tip = in_lines(tip)
    QToolTip.showText(place, tip, widget)


class TippedScene(QGraphicsScene):
    """A scene that breaks the lines of the tool tips of its items."""

    def helpEvent(self, event: QGraphicsSceneHelpEvent) -> None:
        tips = (item.toolTip() for item in self.items(event.scenePos()))
        tip = next(filter(None, tips), "")
        event.setAccepted(bool(tip))
        show_tip(tip, event.screenPos(), event.widget())

"""The card of the first start: what the window is for, and a demo."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from exlab_gui.core.text.translation import tr, translatable
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named

LINES = translatable(
    (
        "The diagram shows where a creation session is; the timeline and the log, what happened.",
        "Click a blue state to go there, or play a scenario (F5). Server, Connect… watches a real "
        "one.",
        "Help has a legend of the diagram, and What's this explains each pane.",
    )
)

_WIDTH, _MARGIN = 420, 20


class WelcomeCard(QFrame):
    """Stands over the lower right of `around` until it is closed; deleted then.

    `demo` and `connect` tell which button was pressed.
    """

    demo = Signal()
    connect_wanted = Signal()

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        named(self, "welcomeCard", "First steps")
        self.setProperty("role", "message")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for number, line in enumerate(LINES):
            column.addWidget(WrappingLabel(tr(line), f"welcome_{number}"))
        demo = named(QPushButton(tr("Play a demo")), "welcomeDemo")
        demo.setProperty("role", "primary")
        connect = named(QPushButton(tr("Connect…")), "welcomeConnect")
        close = named(QPushButton(tr("Close")), "welcomeClose")
        for button, signal in ((demo, self.demo), (connect, self.connect_wanted)):
            button.clicked.connect(signal)
        row = QHBoxLayout()
        for button in (demo, connect, close):
            button.clicked.connect(self.end)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        around.installEventFilter(self)
        self.place()

    def end(self) -> None:
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def place(self) -> None:
        around = self.parentWidget()
        if around is None:
            return
        width = min(_WIDTH, around.width() - 2 * _MARGIN)
        height = self.heightForWidth(width)
        left, top = around.width() - width - _MARGIN, around.height() - height - _MARGIN
        self.setGeometry(max(left, 0), max(top, 0), max(width, 1), height)

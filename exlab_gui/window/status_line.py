"""The status bar and the title of the window: what is always said of the shown session."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.notices.notices_button import NoticesButton
from exlab_gui.widgets.object_names import named


class StatusLine(QObject):
    """Says whether the session is recorded and how many problems it has, and counts notices.

    Messages stand at the left of its `parts`.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.notices = NoticesButton()
        self.recording = named(plain_label(), "recordingLabel", "Recording")
        self.problems = named(plain_label(), "problemCountLabel", "Rule violations")
        self.problems.setContentsMargins(0, 0, 8, 0)
        self.parts: tuple[QWidget, ...] = (self.notices, self.recording, self.problems)
        for part in self.parts:
            window.statusBar().addPermanentWidget(part)

    def show(self, session: SessionModel) -> None:
        count = session.problem_count
        self.problems.setText(tr("{n} rule violation", "{n} rule violations", n=count))
        path = session.recorded_to
        self.recording.setVisible(path is not None)
        told = tr("● Recording to {file}", file=file_name(path.name)) if path else ""
        self.recording.setText(told)
        state = session.visits.state()  # as it is now, whatever position is shown
        title = "{session}: {state} – recording" if path else "{session}: {state}"
        told = tr(title, session=session.label, state=state)
        self._window.setWindowTitle(f"{told} – exlab-gui")

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Fail, Reset, Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.details_panel import DetailsPanel
from tests.helpers import spec
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in, still_clock


@pytest.fixture
def panel(qtbot: QtBot) -> DetailsPanel:
    panel = DetailsPanel()
    qtbot.addWidget(panel)
    return panel


def text(panel: DetailsPanel, name: str) -> str:
    return panel.findChild(QLabel, name).text()


def ticks(panel: DetailsPanel) -> bool:
    return any(timer.isActive() for timer in panel.findChildren(QTimer))


@pytest.mark.parametrize("state", spec.STATES)
def test_it_tells_where_the_session_stands(panel: DetailsPanel, state: str) -> None:
    """State, phase and next action are those of the session; what is none is not shown."""
    panel.set_session(session_in(state))
    assert text(panel, "currentStateLabel") == state
    assert text(panel, "phaseLabel") == (spec.PHASES[state] or "none")
    waits = state == "input_required"
    assert text(panel, "nextActionLabel") == ("awaiting input" if waits else "none")
    over = state in ("done", "failed", "aborted")
    shown = {
        name: panel.findChild(QLabel, name).isVisibleTo(panel)
        for name in ("phaseLabel", "nextActionLabel", "outcomeLabel")
    }
    assert shown == {
        "phaseLabel": spec.PHASES[state] is not None and not over,
        "nextActionLabel": waits,
        "outcomeLabel": waits or state in ("done", "failed"),
    }


@pytest.mark.parametrize("state", spec.STATES)
def test_time_passes_as_long_as_the_session_can_go_on(panel: DetailsPanel, state: str) -> None:
    """The panel counts the time in a state, and how long a session took that is over."""
    clock = still_clock()
    session = session_in(state, clock=clock)
    panel.set_session(session)
    clock.advance(62.5)
    session.changed.emit()
    over = state in ("done", "failed", "aborted")
    assert text(panel, "timeInStateLabel") == ("after 0 s" if over else "for 1:02 min")
    assert ticks(panel) is not over


def test_the_clock_ticks_by_itself(panel: DetailsPanel, qtbot: QtBot) -> None:
    """The time goes on though nothing happens."""
    clock = still_clock()
    panel.set_session(session_in("rendering", clock=clock))
    clock.advance(3)
    qtbot.waitUntil(lambda: text(panel, "timeInStateLabel") == "for 3.0 s")


def test_a_reset_session_counts_again(panel: DetailsPanel) -> None:
    """A session that begins anew is followed anew, though the old one was over."""
    session = session_in("done")
    panel.set_session(session)
    session.request(Reset())
    assert text(panel, "currentStateLabel") == "pending"
    assert ticks(panel)


def test_it_tells_the_result(panel: DetailsPanel) -> None:
    """A session that is done says what it made; until then there is no result."""
    session = session_in("sync_queued")
    panel.set_session(session)
    assert text(panel, "outcomeLabel") == "none yet"
    session.request(Step("done"))
    assert (
        text(panel, "outcomeLabel") == "/data/Equipment_01/Project_A/Run_2026-01-31 · sync pending"
    )
    assert "Result" in [label.text() for label in panel.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            Fail(Error("disk_space_insufficient", "12 MB left")),
            "disk_space_insufficient: 12 MB left",
        ),
        (Cancel(discard_files=True), "cancelled: the partly made folder is discarded"),
        (Cancel(discard_files=False), "cancelled: the partly made folder is kept"),
    ],
)
def test_it_tells_the_error(panel: DetailsPanel, command: Fail | Cancel, told: str) -> None:
    """A session that failed or was cancelled says why."""
    session = session_in("rendering")
    panel.set_session(session)
    session.request(command)
    assert text(panel, "outcomeLabel") == told
    name = "Error" if isinstance(command, Fail) else "Reason"
    assert name in [label.text() for label in panel.findChildren(QLabel)]


def test_an_error_from_outside_is_shown_as_it_is(panel: DetailsPanel) -> None:
    """An error message is text, and does not make the window wider."""
    session = session_in("rendering")
    panel.set_session(session)
    session.request(Fail(Error("<i>x</i>", "<script>" + "y" * 1_000)))
    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert text(panel, "outcomeLabel").startswith("<i>x</i>: <script>")
    assert panel.minimumSizeHint().width() < 600


def test_presenting_writes_everything_larger(panel: DetailsPanel) -> None:
    """In presenting mode the state is read from the back of a room; afterwards all is as before."""
    panel.set_session(session_in("rendering"))
    desk = {label: label.font() for label in panel.findChildren(QLabel)}
    height = panel.findChild(QLabel, "currentStateLabel").fontMetrics().height()
    panel.enlarge(40)
    sizes = {label.objectName(): label.font().pixelSize() for label in desk}
    assert (sizes["currentStateLabel"], sizes["timeInStateLabel"]) == (80, 48)
    assert sizes["outcomeLabel"] == 40
    panel.enlarge(None)
    assert panel.findChild(QLabel, "currentStateLabel").fontMetrics().height() == height
    assert {label: label.font().pointSizeF() for label in panel.findChildren(QLabel)} == {
        label: font.pointSizeF() for label, font in desk.items()
    }


def test_the_state_is_the_largest_text(panel: DetailsPanel) -> None:
    """Nothing in the panel is read before the state."""
    sizes = {label: label.font().pointSizeF() for label in panel.findChildren(QLabel)}
    state = panel.findChild(QLabel, "currentStateLabel")
    assert all(sizes[state] > size for label, size in sizes.items() if label is not state)


def test_the_usual_time_stands_beside_the_time(panel: DetailsPanel) -> None:
    """It is that of the other sessions' finished stays; with too few of them, nothing is said."""
    clock = still_clock()
    others = []
    for seconds in (9, 12, 14):
        other = session_in("rendering", clock=clock)
        clock.advance(seconds)
        other.request(Fail())
        others.append(other.visits)
    panel.others = lambda _session: others
    panel.set_session(session_in("rendering", clock=clock))
    assert text(panel, "usualTimeLabel") == "usually 10–13 s, median 12 s"
    panel.others = lambda _session: others[:2]
    panel.set_session(session_in("rendering", clock=clock))
    assert text(panel, "usualTimeLabel") == ""


def test_the_times_stand_on_the_line_of_the_state(panel: DetailsPanel) -> None:
    """Texts of three sizes in one line have one base line, within a pixel."""
    other = session_in("validating")
    other.request(Fail())
    panel.others = lambda _: [other.visits] * 3
    panel.set_session(session_in("validating"))
    panel.resize(700, panel.sizeHint().height())
    panel.show()
    names = ("currentStateLabel", "timeInStateLabel", "usualTimeLabel")
    labels = [panel.findChild(QLabel, name) for name in names]
    assert all(label.isVisible() for label in labels)
    lines = [
        label.mapTo(panel, label.rect().bottomLeft()).y() - label.fontMetrics().descent()
        for label in labels
    ]
    assert max(lines) - min(lines) <= 1, lines


def test_when_it_was_last_seen_has_all_the_room(panel: DetailsPanel) -> None:
    """The usual time of what is not followed any more is hidden, and comes back with the server."""
    clock = still_clock()
    other = session_in("rendering", clock=clock)
    clock.advance(9)
    other.request(Fail())
    panel.others = lambda _session: [other.visits] * 3
    source = RecordedSource(CREATION_MACHINE, session_in("rendering", clock=clock).history)
    session = SessionModel(source)
    panel.set_session(session)
    usual, seen = (panel.findChild(QLabel, f"{name}Label") for name in ("usualTime", "lastSeen"))
    assert (usual.isHidden(), seen.isHidden()) == (False, True)
    current = source.info
    source.info = current._replace(seen=session.now())
    session.go_to(None)
    assert (usual.isHidden(), seen.isHidden()) == (True, False)
    source.info = current
    session.go_to(None)
    assert (usual.isHidden(), seen.isHidden()) == (False, True)


def test_a_session_that_is_over_is_compared_with_nothing(panel: DetailsPanel) -> None:
    """Nobody waits for it any more."""
    panel.set_session(session_in("done"))
    assert text(panel, "usualTimeLabel") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_state_has_the_colour_of_its_meaning(theme: Theme, qtbot: QtBot, scheme: str) -> None:
    """A failure is red, a success green, and what is only a step as dark as other text."""
    theme.choose(scheme)
    panel = DetailsPanel()
    qtbot.addWidget(panel)
    colours = {"failed": theme.colours.failure, "done": theme.colours.success}
    for state in ("failed", "done", "rendering", "failed"):
        panel.set_session(session_in(state))
        panel.show()
        expected = QColor(colours.get(state, theme.colours.text))
        assert panel.state_label.palette().windowText().color() == expected

"""What a monkey does to the window, and to its server."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from exlab_gui.bundled_scenarios import bundled_scenarios
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish
from tests.monkey.engine import Doing, Monkey, act
from tests.monkey.typing_keys import press_action

_STATES = (
    *(Qt.WindowState.WindowNoState,) * 3,
    Qt.WindowState.WindowMaximized,
    Qt.WindowState.WindowFullScreen,
    Qt.WindowState.WindowMinimized,
)
# "huge", "too_large" and "deep" take long to make and to send: they have tests of their own.
_RUBBISH = tuple(name for name in RUBBISH if name not in ("huge", "too_large", "deep"))
_MOST_SESSIONS = 12


@act(2)
def resize(monkey: Monkey) -> None:
    size = monkey.lot.randint(200, 1600), monkey.lot.randint(150, 1000)
    monkey.say(size)
    monkey.window.resize(*size)


@act(0.7)
def change_window_state(monkey: Monkey) -> None:
    state = monkey.lot.choice(_STATES)
    monkey.say(state.name)
    monkey.window.setWindowState(state)


@act(0.5)
def change_font(monkey: Monkey) -> None:
    font = QApplication.font()
    font.setPointSizeF(monkey.lot.choice((7.0, 9.0, 9.0, 10.5, 13.0, 18.0)))
    monkey.say(font.pointSizeF())
    QApplication.setFont(font)


@act(4, "window", "dialog", "popup")
def rest(monkey: Monkey) -> Doing:
    """Let the window work for a while."""
    yield monkey.lot.choice((0.0, 0.005, 0.02, 0.1))


@act(3)
def close_many_sessions(monkey: Monkey) -> Doing:
    """Close sessions if there are many: a monkey opens more than it closes."""
    window = monkey.window
    while window.sessions.rowCount() > _MOST_SESSIONS and monkey.scene == "window":
        before = window.sessions.rowCount()
        yield from press_action(monkey, window.actions_by_name["actionCloseSession"])
        if window.sessions.rowCount() == before:
            return


@act(2, "window", "dialog")
def let_server_act(monkey: Monkey) -> None:
    """Have the server open a session, go on, break the rules, be lost and found."""
    world, lot = monkey.world, monkey.lot
    sessions = list(world.server.sessions)
    deeds = ["open"] * 4 + ["go on"] * 4 + ["send"] * 3 + ["conduct"] * 2
    deeds += ["jump", "stop", "start", "start", "start", "restart", "conduct well"]
    deed = lot.choice(deeds)
    monkey.say(deed)
    match deed:
        case "stop":
            monkey.spawn(world.stop_server())
        case "start":
            monkey.spawn(world.start_server())
        case "restart" if world.serving:
            monkey.spawn(world.server.restart())
        case "open" if world.serving and len(sessions) < _MOST_SESSIONS:
            world.server.open(lot.choice(list(bundled_scenarios())), held=lot.random() < 0.5)
        case "conduct":
            world.server.conduct = _conduct(monkey)
        case "conduct well":
            world.server.conduct = Conduct()
        case "go on" if sessions:
            lot.choice(sessions).step()
        case "jump" if sessions:
            lot.choice(sessions).jump(lot.choice(("done", "failed", "rendering", "plugin_pass")))
        case "send" if sessions:
            lot.choice(sessions).send(rubbish(lot.choice(_RUBBISH)))


def _conduct(monkey: Monkey) -> Conduct:
    lot = monkey.lot
    every = lot.randint(1, 4)
    return lot.choice(
        (
            Conduct(drop=True, every=every, times=3),
            Conduct(half=True, every=every, times=3),
            Conduct(status=lot.choice((404, 500, 503)), every=every, times=5),
            Conduct(rubbish=tuple(lot.sample(_RUBBISH, 3)), every=every, times=5),
            Conduct(delay_s=0.2, every=every, times=3),
            Conduct(illegal_transition=True, events_after_end=True, progress=True, failed=True),
        )
    )

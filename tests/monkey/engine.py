"""The monkey: one random action after another, through real events, repeatable by its seed."""

from __future__ import annotations

import asyncio
import gc
import random
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, QThread, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

from tests.monkey.pulse import Pulse, resident_bytes
from tests.monkey.witness import Witness

if TYPE_CHECKING:
    from exlab_gui.window.monitor_window import MonitorWindow
    from tests.monkey.run import World

Scene = Literal["window", "popup", "dialog", "files"]
Doing = Generator[float | None, None, None]
"""An action of several events: each `yield` lets the window go on, for so many seconds if given."""


NONE = Qt.KeyboardModifier.NoModifier


class Act(NamedTuple):
    name: str
    weight: float
    scenes: tuple[Scene, ...]
    do: Callable[[Monkey], Doing | None]


ACTS: list[Act] = []
"""All that a monkey can do."""


def act(
    weight: float, *scenes: Scene
) -> Callable[[Callable[[Monkey], Doing | None]], Callable[[Monkey], Doing | None]]:
    """Have monkeys do this as often as `weight` says, in `scenes` (none: in the window)."""

    def add(do: Callable[[Monkey], Doing | None]) -> Callable[[Monkey], Doing | None]:
        ACTS.append(Act(do.__name__.strip("_"), weight, scenes or ("window",), do))
        return do

    return add


class Monkey:
    """Acts on the windows of `world`, step by step, from the first of `steps` to the last.

    `lot` decides everything; each step has its own, so that leaving out some steps does not change
    the others. `trail` tells the latest steps.
    """

    def __init__(self, world: World, seed: int, steps: list[int]) -> None:
        self.world = world
        self.seed = seed
        self.steps = deque(steps)
        self.step = -1
        self.lot = random.Random()
        self.trail: deque[str] = deque(maxlen=30)
        self.told: Callable[[str], object] = lambda _: None
        self.pulse = Pulse()
        self.witness = Witness()
        self.window: MonitorWindow
        self._top: QWidget | None = None
        self.broken: Exception | None = None
        self.counts: dict[str, int] = {}
        self.memory: list[int] = []
        """Bytes of the process at the start and after each tenth of the steps."""

        self._weighed = -1
        self._tenth = max(len(steps) // 10, 1)
        self._doings: list[Doing] = []
        self._rest_until = 0.0
        self._sending: int | None = None  # the level of the event loop that sends an event
        self._left: asyncio.Future[None] | None = None
        self._spawned: set[asyncio.Task[Any]] = set()

    async def live_in(self, window: MonitorWindow) -> None:
        """Act until the window is closed, or the last step is done."""
        self.window, level = window, QThread.currentThread().loopLevel()
        self._left = asyncio.get_running_loop().create_future()
        window.closed.connect(self._leave)
        window.activateWindow()
        self.pulse.begin()
        self._soon(0.0)
        await self._left
        self._left = None
        self._doings.clear()
        while True:  # until what waits in menus and dialogs has returned
            for top in QApplication.topLevelWidgets():
                if top is not window and top.isVisible():
                    top.close()
            if QThread.currentThread().loopLevel() == level:
                break
            await asyncio.sleep(0.001)
        await asyncio.gather(*self._spawned, return_exceptions=True)

    def say(self, what: object) -> None:
        """Add to the trail what this step does."""
        self.trail[-1] += f" {what}"
        self.told(f"  {what}")

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    @property
    def scene(self) -> Scene:
        """What the next action has to do with."""
        if QApplication.activePopupWidget() is not None:
            return "popup"
        modal = QApplication.activeModalWidget()
        if modal is None:
            return "window"
        return "files" if isinstance(modal, QFileDialog) else "dialog"

    @property
    def top(self) -> QWidget:
        """The window that gets the next event."""
        # Held here: children that are found by what Python has let go of are not valid.
        self._top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return self._top if self._top is not None else self.window

    def place_in(self, widget: QWidget) -> QPoint:
        """Choose a place of `widget`."""
        width, height = max(widget.width(), 1), max(widget.height(), 1)
        return QPoint(self.lot.randrange(width), self.lot.randrange(height))

    def press(
        self,
        widget: QWidget,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = NONE,
        *,
        text: str = "",
        repeats: bool = False,
    ) -> None:
        """Press and release a key, which writes `text`, unless the window is gone."""
        # Not by QTest.keyClick: it crashes if the window goes before the last key is released.
        for pressed in (True, False):
            if alive(widget):
                given = (pressed, int(key), modifiers, text, repeats)
                self._send(QTest.simulateEvent, widget.window().windowHandle(), *given)

    def write(self, widget: QWidget, character: str) -> None:
        """Press the key of a character, of any script."""
        key = Qt.Key(ord(character.upper())) if character.isascii() else Qt.Key.Key_unknown
        self.press(widget, key, text=character)

    def click(self, widget: QWidget, at: QPoint, *more: Any) -> None:
        for event in (QTest.mousePress, QTest.mouseRelease):
            self.mouse(event, widget, at, *(more or (Qt.MouseButton.LeftButton, NONE)))

    def mouse(self, event: Callable[..., None], widget: QWidget, at: QPoint, *more: Any) -> None:
        """Send an event of QTest to a place of `widget`, unless that is gone or cannot be seen."""
        if not alive(widget):
            return
        top = widget.window()
        handle, place = top.windowHandle(), widget.mapTo(top, at)
        if QRect(QPoint(), handle.size()).contains(place):
            self._send(event, handle, *more, place)

    def _send(self, event: Callable[..., None], *given: Any) -> None:
        before, self._sending = self._sending, QThread.currentThread().loopLevel()
        try:
            event(*given)
        finally:
            self._sending = before

    def point_at(self, widget: QWidget, at: QPoint) -> None:
        """Move the pointer to a place of `widget`."""
        if alive(widget):
            QCursor.setPos(widget.mapToGlobal(at))
            self.mouse(QTest.mouseMove, widget, at)

    def _soon(self, rest: float) -> None:
        QTimer.singleShot(ceil(1000 * rest), partial(self._tick, self._left))

    def _tick(self, left: asyncio.Future[None]) -> None:
        if left is not self._left or left.done():
            return
        if self._sending == QThread.currentThread().loopLevel():
            # QTest processes events while it sends one: the next action must not be among them.
            self.pulse.beat(self.trail[-1])
            self.pulse.begin()
            self._soon(0.0)
            return
        try:
            self._take_turn()
        except Exception as error:  # the monkey's own
            self.broken = error
            self._leave()

    def _take_turn(self) -> None:
        self.pulse.beat(self.trail[-1] if self.trail else "")
        self.witness.look(self.window)
        if len(self.steps) % self._tenth == 0 and len(self.steps) != self._weighed:
            self._weighed = len(self.steps)
            gc.collect()
            self.memory.append(resident_bytes())
        if not self.steps and not self._doings:
            self._leave()
            return
        rest = max(0.0, self._rest_until - perf_counter())
        # Before an event is sent: it may open a menu or a dialog that waits for the next one.
        self._soon(rest)
        self.pulse.begin()
        if not rest:
            self._go_on()

    def _go_on(self) -> None:
        doing = self._doings[-1] if self._doings else None
        if doing is None or doing.gi_running:  # its event waits in a menu or a dialog
            if self.steps:
                self._begin()
            elif doing is not None:
                self._leave()
            return
        try:
            self._rest_until = perf_counter() + (next(doing) or 0.0)
        except StopIteration:
            if doing in self._doings:  # or else the window was closed meanwhile
                self._doings.remove(doing)

    def _begin(self) -> None:
        """Begin the next step; what is left of it to do is done in the next turns."""
        self.step = self.steps.popleft()
        self.lot = random.Random(f"{self.seed}/{self.step}")
        if self.scene != "popup" and not self.top.isActiveWindow():
            self.top.activateWindow()  # as every desktop does, and the offscreen platform does not
        possible = [one for one in ACTS if self.scene in one.scenes]
        (chosen,) = self.lot.choices(possible, [one.weight for one in possible])
        self.counts[chosen.name] = self.counts.get(chosen.name, 0) + 1
        self.trail.append(f"{self.step} {chosen.name}")
        self.told(self.trail[-1])
        doing = chosen.do(self)
        if doing is not None:
            self._doings.append(doing)

    def _leave(self) -> None:
        if self._left is not None and not self._left.done():
            self._left.set_result(None)


def alive(widget: QWidget) -> bool:
    """Whether a widget is still there to be acted on."""
    return isValid(widget) and widget.isVisible()

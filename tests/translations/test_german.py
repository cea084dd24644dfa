"""A window in German has no English word, but for the names of the machine."""

import re

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QHeaderView, QMenu, QTableView

from exlab_gui import language
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, result_summary
from exlab_gui.core.protocol.explained import AppliedPlugin
from exlab_gui.core.scenario.file import ScenarioError, parse_scenario
from exlab_gui.core.text.describe import plugin_text
from exlab_gui.core.text.log_columns import KINDS
from exlab_gui.core.text.translation import told, tr
from exlab_gui.sources.commands import Step
from exlab_gui.sources.live.responses import Health
from exlab_gui.widgets.history.export_dialog import ExportDialog

READ = (
    *("text", "toolTip", "statusTip", "windowTitle", "placeholderText", "whatsThis", "title"),
    *("accessibleName", "accessibleDescription", "specialValueText", "suffix"),
)
DIALOGS = (
    *("actionAbout", "actionShortcuts", "actionLegend", "actionCoverage", "actionFail"),
    *("actionCancel", "actionConnect", "actionPace", "actionArchiveLimits"),
    *("actionHistory", "actionTraces", "actionCharts"),
)
DATA = ("aboutVersions", "failMessage")
"""Names of packages, and what is sent to a session."""

WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"<[^>]*>|&(?!\w+;)|[\\/]\S+")


@pytest.fixture
def german(tool, quiet_language):
    """Speak German, and return the words that only English texts have."""
    language.speak("de")
    QLocale.setDefault(QLocale("de"))  # for the months of calendars
    english, own = set(), set()
    for message in tool.catalogue("de"):
        if message.id:
            for text in [message.id] if isinstance(message.id, str) else message.id:
                english |= _words(text)
            for text in [message.string] if isinstance(message.string, str) else message.string:
                own |= _words(text)
    names = (
        *CREATION_MACHINE.states,
        *KINDS,
        *filter(None, map(CREATION_MACHINE.phase, CREATION_MACHINE.states)),
    )
    return english - own - {word for name in names for word in _words(name)}


def _words(text):
    return {word.casefold() for word in WORD.findall(MARKUP.sub("", text).replace("_", " "))}


def _texts(root):
    for thing in (root, *root.findChildren(QObject)):
        if thing.objectName() in DATA:
            continue
        for name in READ:
            read = getattr(thing, name, None)
            if callable(read) and not isinstance(thing, QHeaderView):
                try:
                    text = read()
                except TypeError:  # one that takes a place, such as that of a tab
                    continue
                if isinstance(text, str):
                    yield f"{thing.objectName()}.{name}", text
        is_calendar = thing.objectName().startswith("qt_calendar")
        if isinstance(thing, QTableView) and thing.model() is not None and not is_calendar:
            yield from _cells(thing)


def _cells(table):
    model = table.model()
    for column in range(model.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield "header", str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            for row in range(min(model.rowCount(), 20)):
                yield "cell", str(model.index(row, column).data(role) or "")


def _english(german, root):
    found = [(name, text, _words(text) & german) for name, text in _texts(root)]
    return [one for one in found if one[2]]


@pytest.fixture
def german_window(german, open_window, tmp_path):
    return open_window(size=(1280, 800), archive=tmp_path)


def test_no_english_word_is_in_the_window(german, german_window):
    """Menus, tool bar, panes, tips, What's this and the cells of tables are German."""
    session = german_window.session
    for state in ("validating", "rendering", "plugin_pass"):
        session.request(Step(state))
    assert _english(german, german_window) == []


def test_no_english_word_is_in_a_dialog(german, german_window):
    """The dialogs that open without a server are German, Qt's own buttons as well."""
    opened = 0
    for name in DIALOGS:
        action = german_window.actions_by_name.get(name)
        if action is None or not action.isEnabled():
            continue
        action.trigger()
        for dialog in german_window.findChildren(QDialog):
            opened += 1
            assert _english(german, dialog) == [], name
            dialog.close()
    assert opened > len(DIALOGS) // 2
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_each_letter_opens_one_entry(german_window):
    """In each menu, and in the menu bar, no letter is marked twice."""
    for menu in (german_window.menuBar(), *german_window.findChildren(QMenu)):
        marks = [re.search(r"&(\w)", one.text().replace("&&", "")) for one in menu.actions()]
        letters = [mark[1].casefold() for mark in marks if mark]
        assert len(letters) == len(set(letters)), (menu.objectName(), sorted(letters))


def test_the_health_of_a_server_is_told_in_german(german):
    """The server's own words stay; each line is told anew, however the server is."""
    health = Health(
        status="warn",
        version="0.1.0",
        schema_versions={},
        setup_state="incomplete_paths",
        missing=("paths.nas_root",),
        components={
            "nas_sync": {"status": "ok", "queue_depth": 2},
            "validator": {"status": "warn", "reason": "slow"},
            "session_store": {},
            "plugin_host": "off",
        },
    )
    assert [told(line) for line in health.lines] == [
        "Einrichtung: ⚠ incomplete_paths, noch nötig: paths.nas_root",
        "NAS-Sync: ok, queue depth 2",
        "⚠ Prüfung: warn (slow)",
        "⚠ Sitzungen: unbekannt",
        "Plugins: off",
    ]
    assert health.lines[0] == "Setup: ⚠ incomplete_paths, still needed: paths.nas_root"
    ready = replace(health, setup_state="ready", missing=())
    assert told(ready.lines[0]) == "Einrichtung: bereit"


SCENARIO = '{"format": "exlab-scenario", "version": 1, "title": "T", "steps": [STEPS]}'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{\n"a" 1}', "my.json, Zeile 2, Spalte 5: ein Doppelpunkt fehlt."),
        ('{"a": 1, "a": 2}', "my.json: „a“ steht zweimal im selben Objekt."),
        (
            SCENARIO.replace("STEPS", '{"do": "enter", "state": "rendring"}'),
            "my.json, Zeile 1, Schritt 1: „rendring“ ist nicht einer der Zustände; war "
            "„rendering“ gemeint? Bekannt: ",
        ),
    ],
)
def test_faults_of_scenarios_are_told_in_german(german, data, told):
    """Also where a file is at fault, and what is wrong with a step."""
    with pytest.raises(ScenarioError) as raised:
        parse_scenario(data.encode(), "my.json")
    assert tr(str(raised.value)).startswith(told)


def test_the_log_and_the_end_are_told_in_german(german):
    """What the program makes of numbers and of what is known is its own text; names are not."""
    plugin = AppliedPlugin("checksums", "policy_violation", exit_code=3)
    assert tr(ProgressEnvelope("running_plugins", 1, 4).summary) == "1 von 4"
    made = {"path": "/data/run", "sync_status": "pending", "blocked": True}
    assert tr(result_summary(made)) == "/data/run · Synchronisation: pending · blockiert"
    assert "checksums: Regelverstoß, Exit-Code 3" in tr(plugin_text(plugin))


def test_dialogs_of_exports_are_titled_in_german(german, open_window, tmp_path):
    """As the menu is, without the letter that chooses the entry."""
    window = open_window(archive=tmp_path)
    action = window.actions_by_name["actionSaveTrace"]
    action.trigger()
    dialog = window.findChild(QDialog, "fileDialog")
    assert dialog.windowTitle() == "Aufzeichnung speichern"
    dialog.close()


def test_a_choice_is_kept_in_every_language(qtbot, settings, german):
    """The format that was chosen last is chosen again after a change of the language."""
    labels = ("HTML report", "Recordings, as they are")

    def opened():
        dialog = ExportDialog(labels, 2, settings, None)
        qtbot.addWidget(dialog)
        return dialog, dialog.findChild(QComboBox, "exportFormat")

    dialog, in_german = opened()
    in_german.setCurrentIndex(1)
    assert in_german.currentText() != labels[1]
    dialog.accept()
    language.speak("en")
    _dialog, in_english = opened()
    assert in_english.currentText() == labels[1]

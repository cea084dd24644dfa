"""The format of tests, and their export from the window; their writer is imported when used."""

from exlab_gui.core.trace import Recording
from exlab_gui.export.exporter import Exporter, Snapshot, text_format


def _source(recording: Recording) -> str:
    from exlab_gui.export.pytest_source import to_pytest

    return to_pytest(recording)


def _why_not(session: Snapshot) -> str | None:
    from exlab_gui.export.reproduce import ReproduceError, reproduce

    try:
        reproduce(session.recording)
    except ReproduceError as error:
        return f"No test can be made of this session: {error}"
    return None


def _file_name(label: str) -> str:
    from exlab_gui.export.python_source import function_name

    return f"{function_name(label)}.py"


PYTEST = text_format("Python", (".py",), _source)

EXPORTER = Exporter(
    action="actionSaveTest",
    text="Save &as test…",
    keys="Ctrl+Shift+M",
    tip="Save a pytest-qt test that reproduces the session",
    file_name=_file_name,
    formats=(PYTEST,),
    take=lambda session, _: session.recording,
    why_not=_why_not,
    group=1,
)

"""The times of archived sessions are those that the window computes of open ones."""

import shutil

import pytest

from exlab_gui.archive.figures import figures
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.path_times import archived_times, found_times
from exlab_gui.archive.search import Query
from exlab_gui.core.analysis.path_times import PathTimes, path_times
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from tests.helpers.lab import lab_recording, write_lab

COUNT = 40


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT))
    index = ArchiveIndex(folder, tmp_path_factory.mktemp("index") / "lab")
    index.update()
    return index


def computed(recordings):
    """Return the times of recordings, as of open sessions."""
    visits = [StateHistory(CREATION_MACHINE, one.events) for one in recordings]
    return path_times([(one, None) for one in visits])


def by_name(times):
    return times.sessions, dict(sorted(times.states.items())), dict(sorted(times.edges.items()))


def test_they_are_those_of_open_sessions(index):
    """The same sessions have the same counts and times, open or archived, to the microsecond."""
    recordings = [lab_recording(number) for number in range(COUNT)]
    assert by_name(archived_times(index, Query())) == by_name(computed(recordings))


def test_the_filter_chooses_the_sessions(index):
    """Only the sessions that are asked for count."""
    recordings = [lab_recording(number) for number in range(COUNT)]
    chosen = [one for one in recordings if one.header.request["equipment_id"] == "XRD_01"]
    assert 0 < len(chosen) < COUNT
    found = archived_times(index, Query(equipment="XRD_01"))
    assert by_name(found) == by_name(computed(chosen))


def test_the_times_of_the_states_are_those_of_the_statistics(index):
    """What the diagram says is what `exlab-gui stats` says."""
    times = archived_times(index, Query())
    for row in figures([index], Query()).rows:
        assert times.states[row.name].dwell == row.dwell


def test_none_are_found_for_what_no_session_is(index, tmp_path):
    """A filter that no session passes, and a damaged index, have no times and no failure."""
    nothing = PathTimes(0, {}, {})
    assert found_times(index, Query(text="nobody")) == nothing
    damaged = ArchiveIndex(index.folder, tmp_path / "lab")
    shutil.copy(index._file, damaged._file)
    content = bytearray(damaged._file.read_bytes())
    content[4096:-4096] = bytes(len(content) - 8192)
    damaged._file.write_bytes(content)
    assert found_times(damaged, Query()) == nothing


def test_it_stops_when_it_is_told_to(index):
    """Closing the window does not wait for a long computation."""

    class StopError(Exception):
        pass

    def stop(_done, _total):
        raise StopError

    with pytest.raises(StopError):
        archived_times(index, Query(), stop)

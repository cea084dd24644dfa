"""What sessions have left on the disk, as the demo server tells of it."""

import pytest

from tests.demo_server.client import API, get, refused


@pytest.fixture
async def path(demo):
    """Return where a session has left a run."""
    return done(demo, "plugin_fails")


def done(demo, scenario):
    """Return where a session of `scenario` has left its run."""
    session = demo.open(scenario, held=True)
    session.run_to("done")
    return session.inner.result["path"]


async def test_a_run_tells_which_plugin_failed(api, path):
    """The session is done all the same: this is the only place that tells."""
    told = await get(api, f"{API}/run/{path}")
    assert (told["path"], told["run_kind"], told["sync_status"]) == (
        path,
        "experimental",
        "pending",
    )
    assert told["template"]["source_path"] == "templates/diffraction/powder_run"
    plugins = {one["plugin"]: (one["status"], one["exit_code"]) for one in told["plugins_applied"]}
    assert len(plugins) == 5
    assert plugins.pop("calibration_files") == ("failed", 3)
    assert set(plugins.values()) == {("success", 0)}


async def test_a_plugin_that_asks_is_among_those_that_were_applied(demo, api):
    """Its name is that in the question."""
    told = await get(api, f"{API}/run/{done(demo, 'asks_once')}")
    assert "sample_sheet" in [one["plugin"] for one in told["plugins_applied"]]


async def test_a_folder_is_there_only_when_its_session_is_done(demo, api):
    """Before, there is no creation.json."""
    session = demo.open("happy_path", held=True)
    session.run_to("sync_queued")
    answer = await api.get(f"{API}/run//data/CONFOCAL_01")
    assert refused(answer) == (404, "session_not_found")


async def test_the_tree_lists_what_was_made(demo, api, path):
    """Each run stands under its project and its equipment; a project can have no run yet."""
    equipment = {one["id"]: one for one in (await get(api, f"{API}/tree"))["equipment"]}
    ((project,),) = [one["projects"] for one in equipment.values() if one["projects"]]
    assert project in equipment["XRD_01"]["projects"]
    (run,) = project["runs"]
    assert (run["path"], run["has_creation_json"]) == (path, True)
    assert (project["path"], project["test_runs"]) == (path.rpartition("/")[0], [])


async def test_the_staging_holds_what_waits_for_the_nas(demo, api, path):
    """A run that is blocked does not wait; health counts those that do."""
    done(demo, "sync_gated")
    queue = (await get(api, f"{API}/staging"))["queue"]
    assert [one["path"] for one in queue] == [path]
    assert (await get(api, f"{API}/health"))["components"]["nas_sync"]["queue_depth"] == 1


async def test_problems_say_why_a_run_is_blocked(demo, api):
    """They are the findings of the session's result."""
    blocked = done(demo, "sync_gated")
    (problem,) = (await get(api, f"{API}/problems"))["problems"]
    assert (problem["run_path"], problem["matched_token"]) == (blocked, "{{ protein_batch }}")

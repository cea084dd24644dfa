"""Tests of another project: some pass, the others end in every other way."""

import gc
import sys
import threading
import unittest
import warnings

import pytest


@pytest.fixture
def torn():
    yield
    raise OSError("The fixture cannot end.")


@pytest.mark.parametrize("number", [1, 2])
def test_number(number):
    assert number == 1


def test_error_at_the_end(torn):
    pass


def test_skipped():
    pytest.skip("Not here.")


@pytest.mark.xfail(reason="It is known.", strict=True)
def test_expected():
    raise AssertionError


def test_warns():
    warnings.warn("It is old.", DeprecationWarning, stacklevel=1)


def test_threads():
    threads = [threading.Thread(target=gc.collect) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()


def test_a_thread_that_fails():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def test_nothing_of_a_window_is_loaded():
    assert not {"exlab_gui.app", "qasync"} & sys.modules.keys()


def test_output(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    print("said")
    assert capsys.readouterr().out == "said\n"


class TestOfUnittest(unittest.TestCase):
    def test_passes(self):
        assert True

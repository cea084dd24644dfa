import pytest

from exlab_gui import testing


def pytest_configure(config: pytest.Config) -> None:
    """Load the plugin in a checkout that was not installed since it came; else it is there."""
    if not config.pluginmanager.is_registered(testing):
        config.pluginmanager.register(testing, testing.__name__)

from tests.helpers.window import theme

__all__ = ["theme"]

"""Importing a module or a file, and unloading it again."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, takewhile
from pathlib import Path
from types import ModuleType

from exlab_gui.core.files import resolved
from exlab_gui.machines.description import UnfitError

_RELATIVE = "relative import"
"""Python's message says so if a file without a package imports what is beside or above it."""

_LEVELS = 3
"""So many folders above a file are taken for packages at most, if it imports from them."""


@contextmanager
def imported(module_or_file: str) -> Iterator[ModuleType]:
    """Import a module; afterwards unload it and its neighbours.

    For a file, the folder of its outermost package comes first on the path; for a name, the current
    folder comes last. Modules from elsewhere stay loaded, since not every library can be imported
    twice.
    """
    if module_or_file.endswith(".py"):
        file = resolved(Path(module_or_file))
        if not file.is_file():
            raise UnfitError("is no ordinary file" if file.exists() else "is not there")
        packages = list(takewhile(lambda f: (f / "__init__.py").is_file(), file.parents))
        root = file.parents[len(packages)]
        name = ".".join((*(folder.name for folder in reversed(packages)), file.stem))
        place = 0
    else:
        file, root, name, place = None, Path.cwd(), module_or_file, len(sys.path)
        if not all(part.isidentifier() for part in name.split(".")):
            raise UnfitError("is neither the name of a module nor a file that can be read")
    path, modules, no_bytecode = sys.path[:], sys.modules.copy(), sys.dont_write_bytecode
    sys.path.insert(place, str(root))
    sys.dont_write_bytecode = True
    top = name.partition(".")[0]
    try:
        if file is not None:
            _forget(top)
        yield _run_in_packages(name, file)
    finally:
        sys.path[:], sys.dont_write_bytecode = path, no_bytecode
        folders = (root,) if file is None else (root, *file.parents[:_LEVELS])
        for new in sys.modules.keys() - modules.keys():
            package = new.partition(".")[0]
            found = str(getattr(sys.modules[new], "__file__", None))
            beside = tuple(str(folder / package) for folder in folders)
            if package == top or found.startswith(beside):
                del sys.modules[new]
        sys.modules.update(modules)


def _forget(top: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == top]:
        del sys.modules[name]


def _run_in_packages(name: str, file: Path | None) -> ModuleType:
    """Import the module `name`, if necessary without running its packages.

    They may have circular imports or missing dependencies that the module itself does not need. A
    file that is in no package may import from folders around it as if they were packages.
    """
    try:
        return _run(name, file)
    except Exception as error:
        packages = name.split(".")[:-1]
        try:
            if packages:
                return _run_alone(name, file, packages)
            if file is not None and isinstance(error, ImportError) and _RELATIVE in str(error):
                return _run_in_folders(file)
        except Exception:
            raise error from None
        raise


def _run_alone(name: str, file: Path | None, packages: list[str]) -> ModuleType:
    _forget(packages[0])
    for package in accumulate(packages, "{}.{}".format):
        if spec := importlib.util.find_spec(package):
            sys.modules[package] = importlib.util.module_from_spec(spec)
    return _run(name, file)


def _run_in_folders(file: Path) -> ModuleType:
    folders = [folder for folder in file.parents if folder.name][:_LEVELS]
    name = ""
    for folder in reversed(folders):
        name = ".".join(filter(None, (name, folder.name.replace(".", "_"))))
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [str(folder)]
    return _run(f"{name}.{file.stem}", file)


def _run(name: str, file: Path | None) -> ModuleType:
    if file is None:
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError("it is no Python file")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

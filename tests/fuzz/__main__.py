"""Fuzzing, guided by coverage: ``python -m tests.fuzz recordings 1000000``.

It needs atheris, which nothing else does: ``pip install atheris``. The first argument is the name
of a target in this folder, the second the number of inputs; others go to libFuzzer. Inputs that
reach something new are kept in ``build/fuzz``; one that fails ends the run and is kept there too.
"""

import gc
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import atheris

MAX_SECONDS = 1.0
"""Of the processor's time, for one input."""

CORPUS = Path(__file__).parent / "corpus"
SAY_EVERY = 50_000
COLLECT_EVERY = 10_000


def main() -> None:
    name, runs, *more = sys.argv[1:]
    with atheris.instrument_imports(include=["exlab_gui"]):
        target: Any = import_module(f"tests.fuzz.{name}")
    kept = Path("build/fuzz", name)
    begun = Path("build/fuzz", f"{name}-seeds")
    for folder in (kept, begun):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (begun / str(number)).write_bytes(seed)
    words = Path("build/fuzz", f"{name}.dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.splices))
    results: Counter[str] = Counter()
    parts, longest = 0, 0.0
    random = Random(int(time.time()))

    def one(data: bytes) -> None:
        nonlocal parts, longest
        start = time.process_time()
        results[target.one(data)] += 1
        took = time.process_time() - start
        longest = max(longest, took)
        parts += target.parts_of(data) if hasattr(target, "parts_of") else 1
        assert took < MAX_SECONDS, f"{took:.2f} s"
        count = results.total()
        if count % COLLECT_EVERY == 0:
            gc.collect()
        if count % SAY_EVERY == 0 or count == int(runs):
            told = ", ".join(f"{number:,} {what}" for what, number in results.most_common())
            inputs = f"{count:,} {name}" + (f" of {parts:,} parts" if parts > count else "")
            print(f"{inputs}: {told}; longest {longest:.3f} s", flush=True)

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        random.seed(seed)
        if random.random() < 0.3:
            return atheris.Mutate(data, max_size)  # type: ignore[no-any-return]
        return target.mutated(data, random)[:max_size]

    own = str(CORPUS / name)
    options = [
        f"-runs={runs}",
        f"-max_len={target.MAX_BYTES}",
        f"-dict={words}",
        "-timeout=60",
        "-mutate_depth=2",
    ]
    options += [
        "-artifact_prefix=build/fuzz/",
        "-print_final_stats=1",
        *more,
        str(kept),
        str(begun),
    ]
    options += [own] if Path(own).is_dir() else []
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=mutate)
    gc.freeze()
    gc.disable()  # one in ten thousand inputs collects what is left
    atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word[:60])


if __name__ == "__main__":
    main()

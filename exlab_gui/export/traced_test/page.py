"""The trace of a test as one HTML page that needs nothing else, for the artifacts of CI."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC
from html import escape
from pathlib import Path

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.traced_test import Step, Trace
from exlab_gui.export.atomic_file import as_text, atomic_write
from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.report.style import style_sheet

# No script: a step is shown if its name is the end of the address, the last one if there is none.
_STYLE = """
main { max-width: none; display: grid; grid-template-columns: 22rem 1fr; gap: 0 24px; }
header { grid-column: 1 / 3; }
nav { max-height: 90vh; overflow-y: auto; position: sticky; top: 8px; align-self: start; }
nav ol { padding: 2px; margin: 0; list-style: none; }
nav a { display: block; padding: 4px 8px; border-radius: 4px; overflow-wrap: anywhere;
  text-decoration: none; color: inherit; }
nav a:focus, nav a:hover { outline: 1px solid; }
pre { margin: 4px 0; overflow-x: auto; white-space: pre-wrap; }
.steps section { display: none; }
.steps section:target, .steps:not(:has(section:target)) section:last-child { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; }
dd { margin: 0; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(28rem, 1fr)); gap: 16px; }
figure { margin: 8px 0; }
figure div { background-size: contain; background-repeat: no-repeat; border: 1px solid; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def save_page(path: Path, trace: Trace, colours: PictureColours) -> None:
    """Write `trace` to a page at `path`: its steps at the left, the one that is chosen beside.

    The page has no script and loads nothing. Raises OSError.
    """
    with atomic_write(path) as file, as_text(file) as text:
        text.writelines(_page(trace, colours))


def _page(trace: Trace, colours: PictureColours) -> Iterator[str]:
    test = trace.test
    title = escape(f"{test.test}: {test.outcome}")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{title}</title>\n<style>{style_sheet(colours)}{_STYLE}\n"
    for number in range(1, len(test.steps) + 1):
        chosen = f'main:has(#step-{number}:target) a[href="#step-{number}"]'
        yield f"{chosen} {{ background: {colours.accent_soft}; }}\n"
    # Each picture is there once, although it is shown after one step and before the next.
    for number, picture in enumerate(trace.pictures.values()):
        yield f".picture-{number} {{ background-image: url(data:image/png;base64,"
        yield f"{b64encode(picture).decode()}); aspect-ratio: {_ratio(picture)}; }}\n"
    yield "</style>\n"
    yield f"</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n"
    programs = " · ".join(f"{name} {version}" for name, version in test.programs.items())
    began = f"{test.began.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield f'<p class="quiet">{escape(f"begun {began} · {programs}")}</p>\n'
    yield "</header>\n<nav>\n<ol>\n"
    for number, step in enumerate(test.steps, 1):
        mark = ' class="violation"' if step.error else ""
        yield f'<li><a href="#step-{number}"{mark}>{number}. {escape(step.call)}</a></li>\n'
    yield '</ol>\n</nav>\n<div class="steps">\n'
    for number, step in enumerate(test.steps, 1):
        yield from _step(trace, number, step, colours)
    yield "</div>\n</main>\n</body>\n</html>\n"


def _step(trace: Trace, number: int, step: Step, colours: PictureColours) -> Iterator[str]:
    yield f'<section id="step-{number}">\n<h2>{number}. {escape(step.call)}</h2>\n'
    if step.error:
        yield f'<pre class="violation">{escape(step.error)}</pre>\n'
    if step.code:
        place = escape(f"{step.file}:{step.line}")
        yield f'<p class="quiet">{place}</p>\n<pre>{escape(step.code)}</pre>\n'
    yield "<dl>\n"
    facts = {
        "At": f"{step.began_s:.2f} s, took {step.lasted_s:.2f} s",
        "State": step.state,
        "Legal": ", ".join(step.legal) or "nothing",
        "Message": step.message,
    }
    for name, text in facts.items():
        if text:
            yield f'<dt class="quiet">{name}</dt><dd>{escape(text)}</dd>\n'
    yield "</dl>\n"
    for note in step.notes:
        yield f'<pre class="note">{escape(note)}</pre>\n'
    recording = trace.recordings[step.session]
    lines, events = EventLines(recording.machine), recording.events
    rows = [
        lines.line(events[place], events[place - 1] if place else None)
        for place in range(step.before, min(step.after, len(events)))
    ]
    yield f"<h3>Events: {len(rows)}</h3>\n<pre>{escape(chr(10).join(rows))}</pre>\n"
    yield '<div class="pictures">\n'
    captions = ("Before", "After") if step.pictures[1:] else ("The window",)
    places = {name: place for place, name in enumerate(trace.pictures)}
    for name, caption in zip(step.pictures, captions, strict=False):
        if name in places:
            yield f'<figure><figcaption>{caption}</figcaption><div class="picture-{places[name]}" '
            yield f'role="img" aria-label="{caption}"></div></figure>\n'
    yield "</div>\n"
    if events and step.after:
        visits = StateHistory(recording.machine, events)
        svg = to_svg(drawing_of(visits, colours, min(step.after, len(events))))
        yield f'<h3>Path taken</h3>\n<div class="pane">{svg[svg.index("<svg") :]}</div>\n'
    yield "</section>\n"


def _ratio(picture: bytes) -> str:
    """Return the ratio of width and height of a PNG, which its header has."""
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    return f"{width} / {height}"

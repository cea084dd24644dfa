"""How a report looks: on a screen, on a phone and on A4."""

from collections.abc import Iterator

from exlab_gui.core.picture_colours import PictureColours


def style_sheet(colours: PictureColours) -> str:
    """Return the page's style sheet, in `colours`."""
    return f"""{_colours(colours)}
body {{ margin: 0; background: var(--window); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }}
main {{ max-width: 1080px; margin: 0 auto; padding: 24px; }}
h1 {{ font-size: 24px; margin: 0; overflow-wrap: anywhere; }}
h2 {{ font-size: 18px; margin: 40px 0 8px; }}
p {{ margin: 8px 0; overflow-wrap: anywhere; }}
a {{ color: var(--accent); }}
.quiet, th {{ color: var(--muted); }}
.violation, .failure {{ color: var(--failure); font-weight: 600; }}
.note {{ color: var(--warning); }}
.flawed {{ color: var(--flawed); font-weight: 600; }}
.success {{ color: var(--success); font-weight: 600; }}
.aborted {{ color: var(--aborted); font-weight: 600; }}
.pane {{ background: var(--surface); border: 1px solid var(--outline); border-radius: 8px;
  padding: 16px; overflow-x: auto; }}
svg {{ display: block; margin: 0 auto; max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 12px 4px 0; }}
th {{ font-weight: 500; }}
tbody tr > * {{ border-top: 1px solid var(--outline); }}
.number, th.number {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.words {{ overflow-wrap: anywhere; width: 60%; }}
.facts th {{ width: 160px; }}
.facts td {{ overflow-wrap: anywhere; }}
tr.violation, tr.note {{ color: inherit; font-weight: inherit; }}
tr.violation td:first-child {{ color: var(--failure); font-weight: 600; }}
tr.violation td:first-child::before {{ content: "✕ "; }}
:target td {{ background: var(--accent_soft); }}
.bar {{ width: 100%; height: 32px; border-radius: 4px; margin-bottom: 16px; }}
.bar rect {{ stroke: var(--surface); vector-effect: non-scaling-stroke; }}
{_fills(colours)}
.swatch {{ display: inline-block; width: 12px; height: 12px; border-radius: 3px;
  margin-right: 8px; }}
@media (max-width: 760px) {{
  main {{ padding: 12px; }}
  .pane {{ padding: 8px; }}
  .facts th {{ width: 90px; }}
  {_STACKED}
}}
@media print {{
  @page {{ size: A4; margin: 15mm; }}
  body {{ background: none; font-size: 10pt; }}
  main {{ max-width: none; padding: 0; }}
  .pane {{ border: 0; padding: 0; overflow: visible; }}
  .swatch, svg {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  h2 {{ margin-top: 8mm; break-after: avoid; }}
  tr, svg {{ break-inside: avoid; }}
  svg {{ max-height: 130mm; }}
  {_STACKED}
}}
"""


# So many columns are too many for a narrow page: the detail stands below the others.
_STACKED = """.number { white-space: normal; }
  .stacked, .stacked thead, .stacked tbody { display: block; }
  .stacked tr { display: flex; flex-wrap: wrap; column-gap: 12px; padding: 3px 0;
    border-top: 1px solid var(--outline); }
  .stacked th, .stacked td { border: 0; padding: 0; }
  .stacked .words { width: 100%; }
  .stacked td:empty { display: none; }"""


def on_paper(screen: PictureColours, paper: PictureColours) -> str:
    """Return the styles that print a page, and the picture in it, in the colours of `paper`."""
    changed = dict(zip(_all(screen), _all(paper), strict=True))
    rules = (
        f'svg [{what}="{old}"] {{ {what}: {new}; }}\n'
        for old, new in changed.items()
        for what in ("fill", "stroke")
    )
    return f"@media print {{\n{_colours(paper)}\n{''.join(rules)}}}\n"


def _all(colours: PictureColours) -> Iterator[str]:
    for name in PictureColours.__struct_fields__:
        if name != "bars":
            yield getattr(colours, name)


def _fills(colours: PictureColours) -> str:
    fills = {"failure": "var(--failure)"} | {str(n): bar for n, bar in enumerate(colours.bars)}
    return "\n".join(
        f".fill-{name} {{ background: {fill}; fill: {fill}; }}" for name, fill in fills.items()
    )


def _colours(colours: PictureColours) -> str:
    names = [name for name in PictureColours.__struct_fields__ if name != "bars"]
    declared = (f"--{name}: {colour};" for name, colour in zip(names, _all(colours), strict=True))
    return f":root {{ {' '.join(declared)} }}"

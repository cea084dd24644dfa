"""How a report looks."""

from exlab_gui.core.status_looks import PictureColours


def style_sheet(colours: PictureColours) -> str:
    """Return the page's style sheet, in `colours`."""
    c = colours
    return f"""
body {{ margin: 0; background: {c.window}; color: {c.text};
  font: 15px/1.5 system-ui, sans-serif; }}
main {{ max-width: 1080px; margin: 0 auto; padding: 24px; }}
h1 {{ font-size: 24px; margin: 0; }}
h2 {{ font-size: 18px; margin: 40px 0 8px; }}
p {{ margin: 8px 0; }}
a {{ color: {c.accent}; }}
.quiet, th {{ color: {c.muted}; }}
.violation {{ color: {c.failure}; font-weight: 600; }}
.note {{ color: {c.warning}; }}
.pane {{ background: {c.surface}; border: 1px solid {c.outline}; border-radius: 8px;
  padding: 16px; overflow-x: auto; }}
svg {{ display: block; margin: 0 auto; max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 12px 4px 0; }}
th {{ font-weight: 500; }}
tr + tr td {{ border-top: 1px solid {c.outline}; }}
.number, th.number {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.words {{ overflow-wrap: anywhere; width: 60%; }}
tr.violation, tr.note {{ color: inherit; font-weight: inherit; }}
tr.violation td:first-child {{ color: {c.failure}; font-weight: 600; }}
tr.violation td:first-child::before {{ content: "✕ "; }}
:target td {{ background: {c.accent_soft}; }}
.bar {{ display: flex; height: 32px; border-radius: 4px; overflow: hidden; margin-bottom: 16px; }}
.bar span {{ min-width: 2px; border-right: 1px solid {c.surface}; }}
.swatch {{ display: inline-block; width: 12px; height: 12px; border-radius: 3px;
  margin-right: 8px; }}
@media print {{ main {{ max-width: none; padding: 0; }} .pane {{ border: 0; padding: 0; }} }}
"""

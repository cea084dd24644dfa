"""The colours of pictures and pages, whatever draws them."""

import msgspec


class PictureColours(msgspec.Struct, frozen=True, kw_only=True):
    """The colours that diagrams and reports need, each as ``#RRGGBB``."""

    window: str  # behind everything: the window, tool bars, headers, every second row of a table
    surface: str  # panes and what is typed into: the diagram, tables, line edits, menus
    raised: str  # what stands on a pane: buttons, cards, idle states in the diagram
    text: str  # what is read first
    muted: str  # what is read second: units, captions, placeholders, headers
    faint: str  # lines that mean something but stay quiet: idle edges, control borders, axes
    outline: str  # lines that only tidy up: separators, edges of panes and cards
    accent: str  # the current state, the default button, focus, links
    on_accent: str  # text and marks on `accent`
    accent_soft: str  # a tint behind what is selected, or legal as a next step
    # Meanings. Each can be text, a mark or a filled shape.
    warning: str  # went on, but somebody should look
    failure: str  # failed, refused, a violation of the table
    success: str  # done, valid
    flawed: str  # done, but a plugin failed
    aborted: str  # cancelled or timed out, without an error
    input: str  # waiting for the operator's answer
    on_meaning: str  # text and marks on such a shape
    bars: tuple[str, ...]  # states in the timeline, by place in the table; neighbours differ

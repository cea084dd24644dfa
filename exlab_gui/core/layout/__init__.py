"""The layout of a machine's diagram, from its table alone.

`build.lay_out` gives the picture: the spine in one straight line from top to bottom, loops beside
it, the exits apart. The steps follow each other in the modules `ranks`, `order`, `columns`,
`ports`, `straight`, `lanes`, `exits` and `routes`. `arc` draws observed transitions that are not in
the table; `shapes` and `style` have what is drawn.
"""

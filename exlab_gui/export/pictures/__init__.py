"""What every picture is written with: pieces of SVG, and PNG."""

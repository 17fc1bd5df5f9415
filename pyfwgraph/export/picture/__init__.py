"""Pictures of the graph: a layout makes a `Drawing`, and SVG or matplotlib draws it; Mermaid texts besides.

>>> import networkx
>>> to_svg(lineage_drawing(networkx.MultiDiGraph())).startswith("<svg")
True
"""

from __future__ import annotations

from pyfwgraph.export.picture.axes import to_axes
from pyfwgraph.export.picture.dependency import dependency_drawing
from pyfwgraph.export.picture.drawing import Drawing
from pyfwgraph.export.picture.lineage import lineage_drawing
from pyfwgraph.export.picture.matrix import Group, Matrix, MatrixCell, MatrixRow, matrix_drawing
from pyfwgraph.export.picture.mermaid import dependency_mermaid, lineage_mermaid
from pyfwgraph.export.picture.releases import Release, release_drawing
from pyfwgraph.export.picture.svg import to_svg

__all__ = [
    "Drawing",
    "Group",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "Release",
    "dependency_drawing",
    "dependency_mermaid",
    "lineage_drawing",
    "lineage_mermaid",
    "matrix_drawing",
    "release_drawing",
    "to_axes",
    "to_svg",
]

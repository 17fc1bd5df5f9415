"""How the documentation is built: `python -m sphinx -W docs build/docs`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_pages

project = "pyfwgraph"
author = "The pyfwgraph maintainers"
copyright = "The pyfwgraph maintainers; code MIT, data CC0-1.0"  # noqa: A001
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
html_theme = "furo"
html_title = "pyfwgraph"
html_copy_source = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
suppress_warnings = ["config.cache", "misc.highlighting_failure"]  # the SPARQL lexer knows no property paths


def setup(app):  # noqa: ANN001, ANN201
    """Write the generated pages before any page is read."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir)))

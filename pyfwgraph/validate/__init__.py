"""Whether the source files keep the rules: SHACL shapes, and rules that need files, graphs or the whole."""

from __future__ import annotations

from pyfwgraph.corpus import Corpus
from pyfwgraph.validate.finding import Finding
from pyfwgraph.validate.rules import check_rules
from pyfwgraph.validate.shapes import check_shapes

__all__ = ["Finding", "validate"]


def validate(corpus: Corpus) -> list[Finding]:
    """Give everything that is wrong with a corpus, sorted by file; an empty list where all is well."""
    return sorted(set(check_rules(corpus)) | set(check_shapes(corpus)))

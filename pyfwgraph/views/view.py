"""What a view gives: a table of facts that shows itself like any answer and names the source of each fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.results import Rows
from pyfwgraph.term import to_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyfwgraph.dataset import Dataset
    from pyfwgraph.views.provenance import Fact


class View(Rows):
    """Rows with a title, made of facts whose sources `sources()` names.

    Args:
        dataset: Where the facts are from.
        title: What the table shows, in one line.
        columns: Names of the columns.
        values: Rows of Python values; None where something is not known.
        facts: The statements of the default graph that the rows rest on: subject, predicate, object.
        hidden: Columns left out where the table is shown, such as IRIs beside their names; every other form has them.

    >>> import pyfwgraph as fw
    >>> view = fw.load().ancestors("Pyramid")
    >>> view.title, view.columns[0]
    ('Ancestors of Pyramid', 'project')
    """

    def __init__(
        self,
        dataset: Dataset,
        title: str,
        columns: Sequence[str],
        values: Iterable[Sequence[object]],
        facts: Iterable[Fact] = (),
        hidden: Sequence[str] = (),
    ) -> None:
        super().__init__(columns, [tuple([None if v is None else to_term(v) for v in row]) for row in values])
        self.title = title
        self.facts = tuple(dict.fromkeys(facts))
        self.hidden = tuple(hidden)
        self._dataset = dataset

    def sources(self) -> Rows:
        """Say who states each of the facts: one row for each fact and source."""
        from pyfwgraph.views.provenance import sources_of

        return sources_of(self._dataset, self.facts)

    def __repr__(self) -> str:
        return f"{self.title}\n\n{super().__repr__()}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><b>{escape(self.title)}</b></p>{super()._repr_html_()}"

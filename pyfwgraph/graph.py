"""The face: one object with a method for each thing a user does with the graph."""

from __future__ import annotations

from pyfwgraph.dataset import Dataset
from pyfwgraph.term import IRI

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    import os
    from typing import Any

    import networkx
    import rdflib

    from pyfwgraph.projects import Names, Project


class Graph(Dataset):
    """A knowledge graph of web frameworks, open for questions.

    >>> import pyfwgraph as fw
    >>> g = fw.load()
    >>> "Starlette" in [row["name"] for row in g.answer("builds-on", project="FastAPI")]
    True
    """

    _names: Names | None = None

    def answer(self, name: str, *, timeout: float | None = None, max_rows: int | None = None, **parameters: Any) -> Any:
        """Answer a competency question by its name.

        Args:
            name: A name that `questions()` lists.
            timeout: Seconds it may take.
            max_rows: Rows the answer may have.
            parameters: Values for the question's parameters; a project may be given by any of its names.

        Raises:
            UnknownName: There is no such question, parameter or project.

        >>> import pyfwgraph as fw
        >>> fw.load().answer("implementers", specification=fw.IRI("fw:asgi")).columns
        ('specification', 'project', 'name')
        """
        from pyfwgraph.catalogue import read_question
        from pyfwgraph.errors import UnknownName

        question = read_question(name)
        known = {parameter.name: parameter for parameter in question.parameters}
        for given in parameters:
            if given not in known:
                takes = ", ".join(known) or "no parameter"
                raise UnknownName(f"{name} has no parameter {given!r}; it takes {takes}", tuple(known))
        bindings = {p.name: self._value(parameters.get(p.name, p.default), p.is_text) for p in question.parameters}
        return self.query(question.sparql, bindings, timeout=timeout, max_rows=max_rows)

    def _value(self, value: object, is_text: bool) -> object:
        """Ground a parameter: text is text where that is asked for, else a CURIE, an IRI, or a project's name."""
        if is_text or not isinstance(value, str) or isinstance(value, IRI):
            return str(value).strip('"') if is_text else value
        iri = IRI(value)
        return iri if iri.full != value or "://" in value else self.project(value).iri

    def questions(self) -> Any:
        """List the competency questions as rows of name and question."""
        from pyfwgraph.catalogue import question_names, read_question
        from pyfwgraph.results import Rows
        from pyfwgraph.term import to_term

        found = [read_question(name) for name in question_names()]
        return Rows(("name", "question"), [(to_term(q.name), to_term(q.question)) for q in found])

    def project(self, name: str) -> Project:
        """Find a project by slug, name, alias, PyPI name, owner/name, CURIE or IRI.

        Raises:
            UnknownName: None has that name; the nearest three are suggested.

        >>> import pyfwgraph as fw
        >>> fw.load().project("repoze.bfg").slug
        'repoze-bfg'
        """
        if self._names is None:
            from pyfwgraph.projects import Names

            self._names = Names(self)
        return self._names.find(name)

    def smallest_cover(self) -> list[str]:
        """Give the smallest set of frameworks that together have every feature, as sorted CURIEs.

        >>> import pyfwgraph as fw
        >>> "fw:web2py" in fw.load().smallest_cover()
        True
        """
        from pyfwgraph.cover import smallest_cover

        return smallest_cover(self)

    def to_rdflib(self) -> rdflib.Dataset:
        """Give an `rdflib.Dataset` over the same store, without a copy, with our prefixes bound.

        >>> import pyfwgraph as fw
        >>> len(fw.load().to_rdflib().default_graph) > 1000
        True
        """
        from pyfwgraph.export.rdflib_view import to_rdflib

        return to_rdflib(self._target)

    def to_networkx(self, kind: str = "all") -> networkx.MultiDiGraph[str]:
        """Give projects and their relations as a directed multigraph.

        Args:
            kind: `lineage` for descent and influence, `all` for every relation between projects.

        Raises:
            ExportError: There is no such kind.

        >>> import pyfwgraph as fw
        >>> fw.load().to_networkx("lineage").has_edge("fw:pyramid", "fw:repoze-bfg")
        True
        """
        from pyfwgraph.export.networkx_graph import to_networkx

        return to_networkx(self, kind)

    def export(self, form: str, output: str | os.PathLike[str]) -> int:
        """Write the whole dataset to a file.

        Args:
            form: `nquads`, `trig` or `jsonld`.
            output: The file; it appears when it is whole.

        Returns:
            The number of quads written.

        Raises:
            ExportError: There is no such form.
        """
        from pyfwgraph.export.dump import write_dump

        return write_dump(self._target, form, output)

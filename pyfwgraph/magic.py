"""A cell magic for notebooks: `%load_ext pyfwgraph.magic`, then `%%sparql` above a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyfwgraph.graph import Graph

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


OPTIONS = (
    ("--into", "NAME", "Variable that takes the answer; it is shown unless this is given."),
    ("--graph", "NAME", "Variable that holds the graph; the packaged graph unless given."),
    ("--bind", "NAME=VALUE", "Value of a variable of the query; may be repeated."),
)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Give a notebook the `%%sparql` magic; what `%load_ext` calls."""
    from IPython.core.magic_arguments import MagicArgumentParser

    parser: Any = MagicArgumentParser
    arguments = parser("%%sparql", description="Answer the SPARQL query of the cell.")
    for option, value, says in OPTIONS:
        arguments.add_argument(option, metavar=value, help=says, **({"action": "append"} if option == "--bind" else {}))

    def sparql(line: str, cell: str) -> Any:
        options = arguments.parse_argstring(line)
        bindings = dict(_binding(shell, text) for text in options.bind or ())
        answer = _graph(shell, options.graph).query(cell, bindings)
        if options.into is None:
            return answer
        shell.user_ns[options.into] = answer
        return None

    sparql.__doc__ = arguments.format_help()
    register: Any = shell.register_magic_function
    register(sparql, "cell", "sparql")


def _graph(shell: InteractiveShell, name: str | None) -> Graph:
    from IPython.core.error import UsageError

    if name is None:
        import pyfwgraph

        return pyfwgraph.load()
    graph = shell.user_ns.get(name)
    if not isinstance(graph, Graph):
        raise UsageError(f"--graph {name}: no graph has that name; make one by {name} = pyfwgraph.load()")
    return graph


def _binding(shell: InteractiveShell, text: str) -> tuple[str, object]:
    """A value is a variable of the notebook where there is one of that name, else a CURIE, an IRI or text."""
    from IPython.core.error import UsageError

    from pyfwgraph.term import IRI

    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--bind {text}: write NAME=VALUE, such as --bind project=fw:flask")
    if value in shell.user_ns:
        return name, shell.user_ns[value]
    iri = IRI(value)
    return name, iri if iri.full != value or "://" in value else value

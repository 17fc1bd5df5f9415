"""Pictures as Mermaid texts, for pages that draw them themselves: flowcharts of lineage and of requirements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyfwgraph.export.picture.kin import INFLUENCE, WORDS, family_name, find_families, read_members, read_ties
from pyfwgraph.export.picture.requirement import Requirement, read_requirements

if TYPE_CHECKING:
    import networkx

_EMPTY = 'flowchart LR\n    empty["no projects"]\n'
_PLAIN = frozenset(" -_+()/,")
_ARROWS = {"renamedFrom": "==>", INFLUENCE: "-.->", "optional": "-.->", "former": "-.->", "integratesWith": "-.->"}


def lineage_mermaid(graph: networkx.MultiDiGraph[str]) -> str:
    """Give a lineage as a Mermaid flowchart: families as subgraphs, lines from the older to the newer.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_nodes_from([("fw:a", {"label": "A"}), ("fw:b", {"label": "B"})])
    >>> _ = graph.add_edge("fw:b", "fw:a", relation="forkOf")
    >>> print(lineage_mermaid(graph))
    flowchart LR
        subgraph family1["A"]
            n0["A"]
            n1["B"]
        end
        n0 -->|"fork"| n1
    """
    members, ties = read_members(graph), read_ties(graph)
    if not members:
        return _EMPTY
    names = _names(members)
    lines = ["flowchart LR"]
    for number, family in enumerate(find_families(members, ties), 1):
        boxes = [f"{names[name]}[{_label(members[name].label)}]" for name in family]
        if len(family) == 1:
            lines.append(f"    {boxes[0]}")
        else:
            lines.append(f"    subgraph family{number}[{_label(family_name(family, members, ties))}]")
            lines += [f"        {box}" for box in boxes]
            lines.append("    end")
    lines += [f"    {names[t.older]} {_arrow(t.relation)}|{_label(WORDS[t.relation])}| {names[t.newer]}" for t in ties]
    return "\n".join(lines) + "\n"


def dependency_mermaid(graph: networkx.MultiDiGraph[str]) -> str:
    """Give requirements as a Mermaid flowchart, with the specifiers on the lines.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> _ = graph.add_edge("fw:flask", "fw:click", relation="requires", specifier=">=8")
    >>> print(dependency_mermaid(graph))
    flowchart LR
        n0["fw#58;click"]
        n1["fw#58;flask"]
        n1 -->|"#62;#61;8"| n0
    """
    if not len(graph):
        return _EMPTY
    names = _names(graph)
    boxes = [f"    {names[node]}[{_label(str(graph.nodes[node].get('label') or node))}]" for node in sorted(graph)]
    return "\n".join(["flowchart LR", *boxes, *_requirement_lines(read_requirements(graph), names)]) + "\n"


def _requirement_lines(requirements: Iterable[Requirement], names: dict[str, str]) -> Iterator[str]:
    for requirement in requirements:
        words = [] if requirement.style == "requires" else [requirement.word]
        text = " ".join([*words, ", ".join(requirement.specifiers)]).strip()
        label = f"|{_label(text)}|" if text else ""
        yield f"    {names[requirement.subject]} {_arrow(requirement.style)}{label} {names[requirement.value]}"


def _names(nodes: Iterable[str]) -> dict[str, str]:
    """Names that Mermaid takes for no word of its own."""
    return {node: f"n{number}" for number, node in enumerate(sorted(nodes))}


def _arrow(relation: str) -> str:
    return _ARROWS.get(relation, "-->")


def _label(text: str) -> str:
    """A label in quotes; all but plain letters as codes, so that nothing is markup, Markdown or code."""
    coded = (letter if letter.isalnum() or letter in _PLAIN else f"#{ord(letter)};" for letter in text)
    return f'"{"".join(coded) or " "}"'

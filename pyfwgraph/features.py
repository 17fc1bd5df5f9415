"""Features of projects: the tree that groups them, and the cells that say how far a project has one, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.names import Thing

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset
    from pyfwgraph.term import IRI

TREE = """\
SELECT ?feature ?name ?broader {
  ?feature skos:inScheme fwo:features ; rdfs:label ?name OPTIONAL { ?feature skos:broader ?broader }
} ORDER BY ?name ?feature"""

CELLS = """\
SELECT ?project ?feature ?level ?via ?name ?comment {
  ?cell fwo:project ?project ; fwo:feature ?feature ; fwo:level ?level .
  OPTIONAL { ?cell fwo:via ?via OPTIONAL { ?via rdfs:label ?name } } OPTIONAL { ?cell rdfs:comment ?comment }
}"""

YES = ("built-in", "official-extension", "third-party")
"""Levels at which a project has a feature."""


class Cell(NamedTuple):
    """How far one project has one feature: the level, the components that bring it, and what else a source says."""

    feature: Thing
    level: str
    via: tuple[Thing, ...]
    comment: str | None

    @property
    def state(self) -> str:
        """The level in words: `yes`, `extension: …`, `through …`, `planned`, `no`."""
        through = ", ".join(thing.name for thing in self.via)
        match self.level:
            case "built-in":
                return "yes"
            case "official-extension":
                return f"extension: {through}" if through else "extension"
            case "third-party":
                return f"through {through}" if through else "through others"
            case "none":
                return "no"
            case other:
                return other


class FeatureTree:
    """The features that are known, each in the group at the top of its branch."""

    def __init__(self, dataset: Dataset) -> None:
        rows = list(dataset.query(TREE))
        self._broader: dict[IRI, IRI] = {feature: broader for feature, _, broader in rows if broader}
        self.things = {feature: Thing(feature, str(name)) for feature, name, _ in rows}

    def group(self, feature: IRI) -> Thing:
        """Give the topmost feature above a feature."""
        for _ in self.things:
            if feature not in self._broader:
                break
            feature = self._broader[feature]
        return self.things.get(feature, Thing(feature, str(feature)))

    def place(self, feature: IRI) -> tuple[str, str]:
        """Give what features are sorted by: the group's name, then their own."""
        return (self.group(feature).name, self.things[feature].name if feature in self.things else str(feature))


def read_cells(dataset: Dataset, tree: FeatureTree, project: IRI) -> dict[IRI, Cell]:
    """Give the cells of a project by feature, in the order of the tree."""
    found: dict[IRI, Cell] = {}
    for _, feature, level, via, name, comment in dataset.query(CELLS, project=project):
        known = found.get(feature)
        through = (*(known.via if known else ()), *((Thing(via, str(name)),) if via else ()))
        thing = tree.things.get(feature, Thing(feature, str(feature)))
        found[feature] = Cell(thing, str(level).removeprefix("cat:"), tuple(dict.fromkeys(through)), comment)
    ordered = ((feature, found[feature]) for feature in sorted(found, key=tree.place))
    return {f: cell._replace(via=tuple(sorted(cell.via, key=lambda t: t.name.lower()))) for f, cell in ordered}

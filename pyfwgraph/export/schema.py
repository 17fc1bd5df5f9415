"""The tables of the CSV, SQLite and Parquet dumps, in one definition: columns, types, keys, and what fills them.

A table holds either the nodes of some classes, a row each (`links` empty), or what properties lead to from such nodes,
a row for each value. What a column means is said by the ontology's definition of its property, or by `note` where it
has none.
"""

from __future__ import annotations

from dataclasses import dataclass

TYPES = {
    "name": "text",
    "iri": "text",
    "text": "text",
    "lines": "text",
    "when": "text",
    "day": "date",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "is": "boolean",
    "types": "text",
    "names": "text",
    "property": "text",
    "value": "text",
    "datatype": "text",
}
"""Kinds of column, and the type of what is in them.

`name` is a compact IRI, `iri` an IRI in full, `text` one text and `lines` all of them, a line each; `when` a day, month
or year in ISO form as far as it is known and `day` a full date; `is` says whether the node has the class; `types` are a
node's classes and `names` all of its values, compact, with blanks between; `property`, `value` and `datatype` describe
a link or statement.
"""

KEPT_ELSEWHERE = (
    *("rdf:type", "fwo:category", "fwo:kind", "fwo:hasFeature", "fwo:lacksFeature", "fwo:status", "fwo:latestRelease"),
    *("dcterms:license", "fwo:descendsFrom"),
)
LINEAGE = (
    *("fwo:forkOf", "fwo:inspiredBy", "fwo:mergedInto", "fwo:renamedFrom", "fwo:rewriteOf", "fwo:splitFrom"),
    "fwo:successorOf",
)
ADDRESSES = (
    *("doap:homepage", "foaf:homepage", "schema:codeRepository", "doap:documentation", "dcterms:source"),
    "fwo:linkAsWritten",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind (see `TYPES`), the property or class that fills it, and the table whose `id` it refers to."""

    name: str
    kind: str
    term: str = ""
    target: str = ""
    required: bool = False
    note: str = ""

    @property
    def type(self) -> str:
        """The type of the values: text, date, integer, number or boolean."""
        return TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the classes of its nodes, its columns and key; `links` are the properties of a table of links.

    `but` are properties left out of a table that has every link (`links` is `*`).
    """

    name: str
    note: str
    of: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    links: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


def _id(note: str = "Compact IRI.") -> Column:
    return Column("id", "name", required=True, note=note, target="nodes")


def _ref(name: str, term: str, target: str, *, required: bool = False) -> Column:
    return Column(name, "name", term, target, required)


def _from(name: str, target: str) -> Column:
    return Column(name, "name", "", target, required=True, note="What the row is about.")


def _text(name: str, term: str) -> Column:
    return Column(name, "text", term)


_NAME = Column("name", "text", "rdfs:label", note="Name, in its own spelling.")
_DESCRIPTION = Column("description", "text", "dcterms:description", note="Description in English.")
_COMMENT = Column("comment", "lines", "rdfs:comment", note="Remarks, a line each.")
_SINCE = _ref("since_release", "fwo:sinceRelease", "releases")
_UNTIL = _ref("until_release", "fwo:untilRelease", "releases")
_LICENCES = (
    Column("license", "names", "dcterms:license", note="Licences, by their SPDX names, with blanks between."),
    Column("license_expression", "text", "fwo:licenceExpression"),
    Column("license_as_written", "text", "fwo:licenceAsWritten"),
)
_RELATION = Column("relation", "property", required=True, note="Property, as a compact IRI.")
_OTHER = Column("other", "value", target="nodes", required=True, note="What the property leads to.")
_PROJECT = _ref("project", "fwo:project", "nodes", required=True)


def _dated(name: str, term: str) -> tuple[Column, Column]:
    note = f"The day of {name}, where the day is known."
    return Column(name, "when", term), Column(f"{name}_day", "day", term, note=note)


TABLES: tuple[Table, ...] = (
    Table(
        "nodes",
        "Everything that something is concluded of.",
        (),
        (
            Column("id", "name", required=True, note="Compact IRI."),
            Column("iri", "iri", required=True, note="IRI in full."),
            _NAME,
            Column("types", "types", note="Classes as compact IRIs, with blanks between."),
            _DESCRIPTION,
        ),
    ),
    Table(
        "edges",
        "Everything concluded that leads from one of the nodes to another, but for their classes.",
        (),
        (_from("subject", "nodes"), _RELATION, _OTHER),
        ("subject", "relation", "other"),
        links=("*",),
        but=("rdf:type",),
    ),
    Table(
        "concepts",
        "Features, categories, kinds, levels and the like.",
        ("skos:Concept",),
        (
            *(_id(), _NAME, _text("definition", "skos:definition")),
            *(_ref("broader", "skos:broader", "concepts"), Column("scheme", "name", "skos:inScheme")),
        ),
    ),
    Table(
        "projects",
        "Frameworks and components.",
        ("fwo:Project",),
        (
            *(_id(), _NAME, _DESCRIPTION),
            Column("is_framework", "is", "fwo:Framework", required=True, note="Whether it is a framework."),
            Column("is_component", "is", "fwo:Component", required=True, note="Whether it is a component."),
            _ref("status", "fwo:status", "concepts"),
            *_LICENCES,
            Column("homepage", "iri", "doap:homepage", note="Address of its site."),
            Column("repository", "iri", "schema:codeRepository", note="Address of its source code."),
            *(_text("pypi_name", "fwo:pypiName"), _text("purl", "fwo:purl")),
            *_dated("first_released", "fwo:firstReleased"),
            *_dated("last_released", "fwo:lastReleased"),
            *(_ref("latest_release", "fwo:latestRelease", "releases"), _COMMENT),
        ),
    ),
    Table(
        "alternative_names",
        "Other names of anything.",
        (),
        (
            _from("node", "nodes"),
            Column("name", "value", required=True, note="Another name."),
            Column(
                "language", "datatype", required=True, note="`@` and the language, or a datatype where none is said."
            ),
        ),
        ("node", "name", "language"),
        links=("skos:altLabel",),
    ),
    Table(
        "remarks",
        "Remarks on anything, in our own words.",
        (),
        (_from("node", "nodes"), Column("remark", "value", required=True, note="The remark.")),
        ("node", "remark"),
        links=("rdfs:comment",),
    ),
    Table(
        "project_concepts",
        "Categories of frameworks, kinds of components.",
        ("fwo:Project",),
        (_from("project", "projects"), _RELATION, Column("concept", "value", target="concepts", required=True)),
        ("project", "relation", "concept"),
        links=("fwo:category", "fwo:kind"),
    ),
    Table(
        "programming_languages",
        "Languages in which projects are written.",
        ("fwo:Project",),
        (_from("project", "projects"), Column("language", "value", required=True, note="A programming language.")),
        ("project", "language"),
        links=("doap:programming-language",),
    ),
    Table(
        "addresses",
        "Sites, repositories and documents.",
        (),
        (_from("node", "nodes"), _RELATION, Column("address", "value", required=True, note="The address in full.")),
        ("node", "relation", "address"),
        links=ADDRESSES,
    ),
    Table(
        "lineage",
        "Descent and influence among projects: renames, forks, rewrites, splits, successions, merges, inspirations.",
        ("fwo:Project",),
        (_from("project", "projects"), _RELATION, _OTHER),
        ("project", "relation", "other"),
        links=LINEAGE,
    ),
    Table(
        "relations",
        "What else ties a project to another, to a specification, a person or an organisation.",
        ("fwo:Project",),
        (_from("project", "projects"), _RELATION, _OTHER),
        ("project", "relation", "other"),
        links=("*",),
        but=(*KEPT_ELSEWHERE, *LINEAGE),
    ),
    Table(
        "releases",
        "Published versions.",
        ("fwo:Release",),
        (
            *(_id(), _ref("project", "fwo:releaseOf", "projects", required=True)),
            Column("version", "text", "doap:revision", note="Version as written."),
            *_dated("issued", "dcterms:issued"),
            Column("release_order", "integer", "fwo:releaseOrder"),
            Column("pre_release", "boolean", "fwo:preRelease"),
            _text("requires_python", "fwo:requiresPython"),
            *_LICENCES,
            Column(
                "newest_at_end_of", "lines", "fwo:newestAtEndOf", note="Years at whose end it was the newest final one."
            ),
            *(_text("commit_id", "fwo:commit"), _COMMENT),
        ),
    ),
    Table(
        "release_requirements",
        "Projects that a release requires.",
        ("fwo:Release",),
        (_from("release", "releases"), Column("project", "value", target="projects", required=True)),
        ("release", "project"),
        links=("fwo:requires",),
    ),
    Table(
        "dependencies",
        "Declared requirements, each over the run of releases that declare it the same way.",
        ("fwo:Dependency",),
        (
            *(_id(), _ref("project", "fwo:dependent", "projects", required=True)),
            _ref("dependency", "fwo:dependency", "projects"),
            *(_text("distribution", "fwo:distribution"), _text("specifier", "fwo:specifier")),
            *(_text("marker", "fwo:marker"), _text("extra", "fwo:extra")),
            Column("requested_extra", "lines", "fwo:requestedExtra"),
            *(_ref("scope", "fwo:scope", "concepts"), _SINCE, _UNTIL, _COMMENT),
        ),
    ),
    Table(
        "feature_cells",
        "How far a project has a feature: one row for each pair.",
        ("fwo:FeatureSupport",),
        (
            *(_id(), _PROJECT, _ref("feature", "fwo:feature", "concepts", required=True)),
            *(_ref("level", "fwo:level", "concepts"), _SINCE, _UNTIL, _COMMENT),
        ),
    ),
    Table(
        "feature_cell_components",
        "Components that bring a feature.",
        ("fwo:FeatureSupport",),
        (_from("cell", "feature_cells"), Column("component", "value", target="nodes", required=True)),
        ("cell", "component"),
        links=("fwo:via",),
    ),
    Table(
        "integrations",
        "How far a project works with a component: one row for each pair.",
        ("fwo:Integration",),
        (
            *(_id(), _PROJECT, _ref("component", "fwo:component", "nodes", required=True)),
            *(_ref("level", "fwo:level", "concepts"), _SINCE, _UNTIL, _COMMENT),
        ),
    ),
    Table(
        "appraisals",
        "Judgements of sources.",
        ("fwo:Appraisal",),
        (
            *(_id(), _PROJECT, _ref("polarity", "fwo:polarity", "concepts")),
            *(_ref("feature", "fwo:feature", "concepts"), _COMMENT),
        ),
    ),
    Table(
        "observations",
        "Dated numbers and labels.",
        ("fwo:Observation",),
        (
            *(_id(), _ref("project", "sosa:hasFeatureOfInterest", "nodes", required=True)),
            Column("property", "name", "sosa:observedProperty", note="What was observed."),
            Column("value", "text", "sosa:hasSimpleResult", note="What was seen, as text."),
            Column("number", "number", "sosa:hasSimpleResult", note="What was seen, where it is a number."),
            *_dated("observed", "sosa:resultTime"),
            *(_SINCE, _UNTIL, _COMMENT),
        ),
    ),
    Table(
        "denials",
        "What a source says is not so.",
        ("fwo:Denial",),
        (
            *(_id(), _ref("subject", "fwo:subject", "nodes"), Column("relation", "name", "fwo:predicate")),
            *(Column("object", "text", "fwo:object"), _COMMENT),
        ),
    ),
    Table(
        "events",
        "What happened to projects as a whole.",
        ("fwo:LineageEvent",),
        (
            *(_id(), _NAME, _ref("kind", "fwo:eventKind", "concepts")),
            *_dated("date", "fwo:date"),
            *(_DESCRIPTION, _COMMENT),
        ),
    ),
    Table(
        "event_participants",
        "What an event began with (prov:used) and ended with (prov:generated).",
        ("fwo:LineageEvent",),
        (_from("event", "events"), _RELATION, _OTHER),
        ("event", "relation", "other"),
        links=("prov:used", "prov:generated"),
    ),
    Table(
        "agents",
        "People and organisations.",
        ("foaf:Person", "foaf:Organization"),
        (
            *(_id(), _NAME, _DESCRIPTION),
            Column("is_person", "is", "foaf:Person", required=True, note="Whether it is a person."),
        ),
    ),
    Table("specifications", "Written standards.", ("fwo:Specification",), (_id(), _NAME, _DESCRIPTION, _COMMENT)),
    Table(
        "publications",
        "Books, articles and pages that sources point to.",
        ("fwo:Publication",),
        (_id(), _NAME, _DESCRIPTION, *_dated("issued", "dcterms:issued")),
    ),
    Table(
        "publication_subjects",
        "What publications are about.",
        ("fwo:Publication",),
        (_from("publication", "publications"), Column("about", "value", target="nodes", required=True)),
        ("publication", "about"),
        links=("schema:about",),
    ),
    Table(
        "sources",
        "Documents and repository snapshots whose statements are in the graph.",
        ("fwo:Source",),
        (
            *(_id(), _NAME, Column("title", "text", "dcterms:title", note="Title."), _DESCRIPTION),
            Column("address", "iri", "dcterms:source", note="Where it was read."),
            Column("language", "text", "dcterms:language", note="Language."),
            *_dated("issued", "dcterms:issued"),
            *(Column("date_read", "day", "fwo:dateRead"), _text("commit_id", "fwo:commit")),
            *(Column("precedence", "integer", "fwo:precedence"), _COMMENT),
        ),
    ),
    Table(
        "statements",
        "What each source says, in its own graph.",
        (),
        (
            Column("source", "name", target="sources", required=True, note="The source that says so."),
            Column("subject", "name", required=True, note="What it speaks of."),
            _RELATION,
            Column("value", "value", note="Compact IRI, or the text of a literal."),
            Column("datatype", "datatype", required=True, note="`iri`, `@` and a language, or a literal's datatype."),
        ),
        ("source", "subject", "relation", "value", "datatype"),
    ),
)

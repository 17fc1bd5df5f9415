"""What a history says, as statements of the graph of its snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pyfwgraph.harvest.history import History, Release
from pyfwgraph.harvest.licensing import find_disagreement, find_expression, find_identifiers, find_words
from pyfwgraph.harvest.requirement import Requirement
from pyfwgraph.harvest.run import Run, find_runs
from pyfwgraph.trig import Iri, Statement, Text
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, expand_curie, slug

_SPDX = PREFIXES["spdx"]


def to_iri(name: str) -> Iri:
    """Give the node that a CURIE names."""
    return Iri(expand_curie(name))


def to_date(day: str) -> Text:
    """Give a day as a literal."""
    return Text(day, PREFIXES["xsd"] + "date")


def to_number(number: int) -> Text:
    """Give a whole number as a literal."""
    return Text(str(number), PREFIXES["xsd"] + "integer")


def state(subject: str, predicate: str, value: Iri | Text) -> Statement:
    """Give a statement from CURIEs."""
    return (expand_curie(subject), RDF_TYPE if predicate == "a" else expand_curie(predicate), value)


def name_source(history: History) -> str:
    """Give the CURIE of the snapshot, which is also the name of its graph."""
    return f"src:repository-{history.repository.slug}-{history.commit[:7]}"


def describe_source(history: History) -> Iterator[Statement]:
    """Give the description of the snapshot, for the default graph."""
    source, repository = name_source(history), history.repository
    yield state(source, "a", to_iri("fwo:Source"))
    yield state(source, "rdfs:label", Text(f"Repository of {repository.name}"))
    yield state(source, "dcterms:title", Text(f"Repository {repository.read}"))
    yield state(source, "dcterms:description", Text(_describe(history), language="en"))
    yield state(source, "dcterms:source", Iri(f"https://github.com/{repository.read}"))
    yield state(source, "dcterms:issued", to_date(history.date))
    yield state(source, "fwo:commit", Text(history.commit))
    yield state(source, "fwo:precedence", to_number(1))


def _describe(history: History) -> str:
    repository = history.repository
    own = repository.location or f"the repository of {repository.name}"
    name = f"{repository.read}, a copy of {own}," if repository.copy else repository.read
    return f"Snapshot of the git repository {name} as of {history.date}: its tags and manifests."


def state_history(history: History, projects: Mapping[str, str]) -> Iterator[Statement]:
    """Give everything that a repository says of its project.

    Args:
        history: What was read.
        projects: Normalised names of distributions to slugs of projects.
    """
    yield from _state_project(history)
    yield from _state_notice(history)
    yield from _state_observations(history)
    for release in history.releases:
        yield from _state_release(history.repository.slug, release)
    yield from _state_dependencies(history, projects)
    yield from _state_licences(history)


def _state_project(history: History) -> Iterator[Statement]:
    repository = history.repository
    project = f"fw:{repository.slug}"
    yield state(project, "a", to_iri("fwo:Framework" if repository.role == "framework" else "fwo:Component"))
    yield state(project, "rdfs:label", Text(repository.name))
    if repository.location:
        yield state(project, "schema:codeRepository", Iri(f"https://github.com/{repository.location}"))
    if repository.pypi:
        yield state(project, "fwo:pypiName", Text(repository.pypi))
        yield state(project, "fwo:purl", Text(f"pkg:pypi/{repository.pypi.lower().replace('_', '-')}"))
    if repository.role == "component" and history.releases:
        years = sorted(release.date[:4] for release in history.releases)
        text = f"Component of Python web frameworks; its repository holds {len(years)} releases from {years[0]} to {years[-1]}."
        yield state(project, "dcterms:description", Text(text, language="en"))


def _state_notice(history: History) -> Iterator[Statement]:
    """Give the status that the repository states, and its words as an observation."""
    if history.notice:
        yield state(f"fw:{history.repository.slug}", "fwo:status", to_iri(f"cat:{history.notice.status}"))
        yield from _observe(history, "state", "fwo:productionState", Text(history.notice.words))
        comment = Text(f"Found in: {history.notice.place}.", language="en")
        yield state(f"claim:{history.repository.slug}-state", "rdfs:comment", comment)


def _state_observations(history: History) -> Iterator[Statement]:
    yield from _observe(history, "newest-commit", "fwo:newestCommit", to_date(history.date))
    yield from _observe(history, "commit-count", "fwo:commitCount", to_number(history.commits))
    if history.first:
        yield from _observe(history, "first-commit", "fwo:firstCommit", to_date(history.first))


def _observe(history: History, name: str, observed: str, value: Text) -> Iterator[Statement]:
    node = f"claim:{history.repository.slug}-{name}"
    yield state(node, "a", to_iri("sosa:Observation"))
    yield state(node, "a", to_iri("fwo:Observation"))
    yield state(node, "sosa:hasFeatureOfInterest", to_iri(f"fw:{history.repository.slug}"))
    yield state(node, "sosa:observedProperty", to_iri(observed))
    yield state(node, "sosa:hasSimpleResult", value)
    yield state(node, "sosa:resultTime", to_date(history.date))


def name_release(project: str, release: Release) -> str:
    """Give the CURIE of a release: the slug of its project and the version as written."""
    return f"rel:{project}-{quote(release.version, safe='.-_')}"


def _state_release(project: str, release: Release) -> Iterator[Statement]:
    node, declared = name_release(project, release), release.declaration
    yield state(node, "a", to_iri("fwo:Release"))
    yield state(node, "fwo:releaseOf", to_iri(f"fw:{project}"))
    yield state(node, "doap:revision", Text(release.version))
    yield state(node, "dcterms:issued", to_date(release.date))
    yield state(node, "fwo:commit", Text(release.commit))
    yield state(node, "fwo:releaseOrder", to_number(release.order))
    yield state(node, "fwo:preRelease", Text(str(release.is_early).lower(), PREFIXES["xsd"] + "boolean"))
    if declared.python:
        yield state(node, "fwo:requiresPython", Text(declared.python))
    for identifier in find_identifiers(release):
        yield state(node, "dcterms:license", Iri(_SPDX + identifier))
    for term, text in (("licenceExpression", find_expression(release)), ("licenceAsWritten", find_words(release))):
        if text:
            yield state(node, f"fwo:{term}", Text(text))
    if declared.problems:
        yield state(node, "rdfs:comment", Text(write_problems(release), language="en"))


def write_problems(release: Release) -> str:
    """Give in one sentence what of a release could not be read; empty where all was."""
    problems = "; ".join(release.declaration.problems[:3])
    if not problems:
        return ""
    if release.declaration.is_read:
        return f"Optional requirements readable in part: {problems}."
    partly = "Requirements readable in part" if release.declaration.requirements else "Requirements not readable"
    return f"{partly}: {problems}."


def _state_dependencies(history: History, projects: Mapping[str, str]) -> Iterator[Statement]:
    releases = history.releases
    values = [release.declaration.requirements for release in releases]
    runs = find_runs(releases, values, [release.declaration.is_read for release in releases])
    counts: dict[str, int] = {}
    for run in runs:
        name = slug(run.value.distribution)
        counts[name] = counts.get(name, 0) + 1
        yield from _state_dependency(history.repository.slug, f"{name}-{counts[name]}", run, projects)


def _state_dependency(
    project: str, name: str, run: Run[Requirement], projects: Mapping[str, str]
) -> Iterator[Statement]:
    node, requirement = f"claim:{project}-requires-{name}", run.value
    yield state(node, "a", to_iri("fwo:Dependency"))
    yield state(node, "fwo:dependent", to_iri(f"fw:{project}"))
    target = projects.get(requirement.key)
    if target and target != project:
        yield state(node, "fwo:dependency", to_iri(f"fw:{target}"))
    yield state(node, "fwo:distribution", Text(requirement.distribution))
    yield state(node, "fwo:scope", to_iri("cat:optional" if requirement.extra else "cat:runtime"))
    written = {"specifier": requirement.specifier, "marker": requirement.marker, "extra": requirement.extra,
               "requestedExtra": ",".join(requirement.parts)}  # fmt: skip
    for term, text in written.items():
        if text:
            yield state(node, f"fwo:{term}", Text(text))
    if requirement.is_open:
        yield state(node, "rdfs:comment", Text("The versions are computed by the manifest.", language="en"))
    if requirement.condition:
        yield state(
            node, "rdfs:comment", Text(f"Declared under the condition: {requirement.condition}.", language="en")
        )
    yield from _state_ends(node, project, run.since, run.until)


def _state_ends(node: str, project: str, since: Release, until: Release | None) -> Iterator[Statement]:
    yield state(node, "fwo:sinceRelease", to_iri(name_release(project, since)))
    if until:
        yield state(node, "fwo:untilRelease", to_iri(name_release(project, until)))


def _state_licences(history: History) -> Iterator[Statement]:
    """Keep file, classifiers and metadata apart over the releases where two of them contradict each other."""
    project = history.repository.slug
    found = [find_disagreement(release) for release in history.releases]
    for index, kind in enumerate(("File", "Classifier", "Metadata")):
        held = [[texts[index]] if texts[index] else [] for texts in found]
        for number, run in enumerate(find_runs(history.releases, held, [True] * len(held)), 1):
            node = f"claim:{project}-licence-{kind.lower()}-{number}"
            yield state(node, "a", to_iri("sosa:Observation"))
            yield state(node, "a", to_iri("fwo:Observation"))
            yield state(node, "sosa:hasFeatureOfInterest", to_iri(f"fw:{project}"))
            yield state(node, "sosa:observedProperty", to_iri(f"fwo:licence{kind}"))
            yield state(node, "sosa:hasSimpleResult", Text(run.value))
            yield state(node, "sosa:resultTime", to_date(run.since.date))
            yield from _state_ends(node, project, run.since, run.until)

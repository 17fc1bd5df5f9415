"""The question of who would have been hit in a year, against a walk over the same releases in Python."""

from collections import defaultdict

import pytest

STEPS = 10


@pytest.fixture(scope="module")
def dependents(packaged):
    """For each year and component the projects whose newest final release that was read by the end of the year requires it."""
    newest = {}
    rows = packaged.query(
        "SELECT ?r ?p ?n ?d { ?r fwo:commit ?c ; fwo:releaseOf ?p ; fwo:releaseOrder ?n ; fwo:preRelease false ; dcterms:issued ?d }"
    )
    last = max(int(str(row["d"])[:4]) for row in rows)
    for release, project, order, day in rows:
        for year in range(int(str(day)[:4]), last + 1):
            newest[year, project] = max(newest.get((year, project), (0, "")), (int(order), str(release)))
    required = defaultdict(set)
    for release, component in packaged.query("SELECT ?r ?c { ?r fwo:requires ?c }"):
        required[str(release)].add(component)
    found = defaultdict(lambda: defaultdict(set))
    for (year, project), (_, release) in newest.items():
        for component in required[release]:
            found[year][component].add(project)
    return found


def walk(dependents, component):
    """Give everyone who is hit, with the number of steps."""
    hit, front, steps = {}, {component}, 0
    while front:
        steps += 1
        front = {project for one in front for project in dependents.get(one, ()) if project not in hit}
        hit |= dict.fromkeys(front, steps)
    return hit


def longest(dependents):
    """Give for each year the component with the longest chain, and for the longest its steps."""
    return {
        year: max((max(walk(of_year, component).values()), str(component)) for component in of_year)
        for year, of_year in dependents.items()
        if of_year
    }


def test_no_chain_is_longer_than_the_question_follows(dependents):
    assert 4 <= max(steps for steps, _ in longest(dependents).values()) <= STEPS


def test_the_question_gives_what_the_walk_gives(packaged, dependents):
    asked = [(year, component) for year, (_, component) in longest(dependents).items()]
    asked += [(2015, "fw:werkzeug"), (2012, "fw:webob"), (2019, "fw:zope-interface"), (2026, "fw:typing-extensions")]
    for year, component in asked:
        hit = walk(dependents[year], component)
        rows = packaged.answer("impact-in-year", component=component, year=str(year))
        expected = {(project, "directly" if steps == 1 else "through others") for project, steps in hit.items()}
        assert {(row["project"], row["how"]) for row in rows} == expected, (year, component)

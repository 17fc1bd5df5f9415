from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pyfwgraph.cover import _cover, smallest_cover

WORLDS = st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.integers(1, 6), min_size=1), min_size=1)


@settings(max_examples=300)
@given(WORLDS)
def test_no_smaller_set_has_every_feature(world):
    wanted = frozenset().union(*world.values())
    found = _cover(world)
    assert frozenset().union(*(world[name] for name in found)) == wanted
    for some in combinations(world, len(found) - 1):
        assert not wanted <= frozenset().union(*(world[name] for name in some))


def test_the_packaged_cover_has_every_feature(packaged):
    chosen = smallest_cover(packaged)
    wanted = {r[0] for r in packaged.query("SELECT DISTINCT ?f { ?x a fwo:Framework ; fwo:hasFeature ?f }")}
    have = {f for name in chosen for (f,) in packaged.query(f"SELECT ?f {{ {name} fwo:hasFeature ?f }}")}
    assert have == wanted

from hypothesis import given
from hypothesis import strategies as st

from pyfwgraph.vocabulary import PREFIXES, compress_iri, expand_curie, slug

LOCAL = st.text(alphabet="abcXYZ019-_./:é ", max_size=12)


@given(st.sampled_from(sorted(PREFIXES.values())), LOCAL)
def test_a_compressed_iri_expands_to_itself(namespace, local):
    iri = namespace + local
    assert expand_curie(compress_iri(iri)) == iri


@given(st.text())
def test_any_text_comes_back_from_compressing_unharmed(text):
    assert expand_curie(compress_iri(text)) == expand_curie(text)


@given(st.text())
def test_a_slug_has_only_small_letters_digits_and_single_hyphens(text):
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in made
    assert made == made.strip("-")
    assert slug(made) == made


def test_the_longest_namespace_wins():
    assert compress_iri(PREFIXES["fwo"] + "buildsOn") == "fwo:buildsOn"

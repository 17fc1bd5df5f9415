"""An rdflib view of the store: the same quads, no copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.store import Target, open_target
from pyfwgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib


def to_rdflib(target: Target) -> rdflib.Dataset:
    """Give an `rdflib.Dataset` over a dataset's store, with our prefixes bound.

    Plain strings come back with an explicit `xsd:string`: compare Python values rather than terms.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    dataset = rdflib.Dataset(store=OxigraphStore(store=open_target(target)), default_union=False)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset

"""The graph in other forms: dumps, JSON-LD, networkx, rdflib."""

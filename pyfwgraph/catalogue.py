"""The competency questions: one SPARQL query a file in `queries/`, its question in the first comment.

A line `# ?name: meaning, VALUE unless bound` names a parameter: a variable to bind, and the value it has otherwise.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from pyfwgraph.errors import UnknownName
from pyfwgraph.store import PACKAGE

FOLDER = os.path.join(PACKAGE, "queries")


class Parameter(NamedTuple):
    """A variable that a question takes, what it means, and the value it has unless bound (a CURIE or quoted text)."""

    name: str
    meaning: str
    default: str

    @property
    def is_text(self) -> bool:
        """Whether its values are texts rather than things."""
        return self.default.startswith('"')


class Question(NamedTuple):
    """A competency question with its name, wording, SPARQL text and parameters."""

    name: str
    question: str
    sparql: str
    parameters: tuple[Parameter, ...]


def question_names() -> tuple[str, ...]:
    """Give the names of all questions, sorted.

    >>> "builds-on" in question_names()
    True
    """
    return tuple(sorted(name[:-3] for name in os.listdir(FOLDER) if name.endswith(".rq")))


def read_question(name: str) -> Question:
    """Read one question.

    Raises:
        UnknownName: There is none of that name; the nearest three are suggested.

    >>> read_question("builds-on").question
    'What does a project build on, directly and through others?'
    """
    if name not in question_names():
        import difflib

        nearest = tuple(difflib.get_close_matches(name, question_names(), n=3, cutoff=0.0))
        raise UnknownName(f"no question is called {name!r}; the nearest are {', '.join(nearest)}", nearest)
    with open(os.path.join(FOLDER, f"{name}.rq"), encoding="utf-8") as file:
        text = file.read()
    comments = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    parameters = tuple(_parameter(line) for line in comments if line.startswith("?"))
    return Question(name, comments[0], text, parameters)


def _parameter(line: str) -> Parameter:
    name, _, rest = line[1:].partition(": ")
    meaning, _, default = rest.removesuffix(" unless bound").rpartition(", ")
    return Parameter(name, meaning, default)

"""The README's figures are those of `pyfwgraph coverage`; its examples run as doctests.

Written anew by `python -m tests.test_readme`.
"""

import pyfwgraph
from pyfwgraph.coverage import cover
from tests.conftest import ROOT

README = ROOT / "README.md"
BEGIN, END = "<!-- coverage -->\n", "<!-- /coverage -->"


def table():
    rows = dict(cover(pyfwgraph.load()))["totals"]
    return "| | |\n|---|---:|\n" + "".join(f"| {what} | {number:,} |\n" for what, number in rows)


def test_the_figures_are_those_of_the_command():
    text = README.read_text(encoding="utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)] == table()


def test_the_first_screen_says_what_it_is_and_two_commands():
    screen = "\n".join(README.read_text(encoding="utf-8").splitlines()[:24])
    assert "knowledge graph of Python web frameworks" in screen
    assert screen.count("python3 -m venv .venv") == 2


def write():
    text = README.read_text(encoding="utf-8")
    README.write_text(text[: text.index(BEGIN) + len(BEGIN)] + table() + text[text.index(END) :], encoding="utf-8")


if __name__ == "__main__":
    write()

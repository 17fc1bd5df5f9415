"""What a release is licensed under, and where file, classifiers and metadata disagree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pyfwgraph.harvest import harvest
from pyfwgraph.harvest.licence_text import read_licences
from tests.harvest.conftest import Clone, Files
from tests.harvest.test_harvest import ask

Make = Callable[[str], Clone]

MIT = "Permission is hereby granted, free of charge, to any person ...\n"
BSD2 = "Redistribution and use in source and binary forms ...\nRedistributions in binary form must reproduce ...\n"
BSD3 = BSD2 + "The names may not be used to endorse or promote products ...\n"
ZPL = (
    "Zope Public License (ZPL) Version 2.1\nRedistribution and use in source and binary forms ... endorse or promote\n"
)
APACHE = "Apache License\nVersion 2.0, January 2004\n"
GPL2 = (
    "GNU GENERAL PUBLIC LICENSE\nVersion 2, June 1991\n"
    "Everyone is permitted to copy and distribute verbatim copies\n"
    "(Some other software is covered by the GNU Library General Public License version 2 instead.)\n"
    "under the terms of the GNU General Public License as published by the Free Software Foundation;\n"
    "either version 2 of the License, or (at your option) any later version.\n"
)
LGPL21 = GPL2.replace("GENERAL", "LESSER GENERAL", 1).replace("Version 2,", "Version 2.1,", 1)
LATER = (
    "This is free software: under the terms of the GNU Lesser General Public License as published by the\n"
    "Free Software Foundation, either version 2.1 of the License, or\n# (at your option) any later version.\n"
)


@pytest.fixture
def release(clone: Make, tmp_path: Path) -> Callable[..., list[str]]:
    """Harvest one release with these files, metadata and classifiers; ask for its licences, expression and words."""

    def made(files: Files, licence: str = "", *classifiers: str) -> list[str]:
        classes = [f"License :: OSI Approved :: {name}" for name in classifiers]
        boiler = clone("a+boiler")
        boiler.release(
            "1.0", {"setup.py": f"setup(name='boiler', license={licence!r}, classifiers={classes!r})", **files}
        )
        data = tmp_path / "data"
        (data / "curated").mkdir(parents=True)
        (data / "repositories.toml").write_text('[[repository]]\nname="Boiler"\nrepository="a/boiler"\npypi="boiler"\n')
        harvest(data, tmp_path / "mirrors", workers=1)
        said = ask(data, "SELECT ?l { ?r dcterms:license ?l } ORDER BY ?l")
        said += ask(data, 'SELECT (CONCAT("= ", ?e) AS ?x) { ?r fwo:licenceExpression ?e }')
        said += ask(data, 'SELECT (CONCAT("~ ", ?w) AS ?x) { ?r fwo:licenceAsWritten ?w }')
        return said + ask(
            data,
            'SELECT (CONCAT(STRAFTER(STR(?p), "licence"), ": ", ?v) AS ?x) { ?o sosa:observedProperty ?p ; '
            'sosa:hasSimpleResult ?v FILTER(CONTAINS(STR(?p), "licence")) } ORDER BY ?x',
        )

    return made


def test_a_classifier_of_another_family_is_kept_apart(release) -> None:
    said = release({"LICENSE": MIT}, "", "GNU General Public License (GPL)")
    assert said == ["MIT", "Classifier: GNU General Public License (GPL)", "File: MIT"]


def test_what_is_only_less_precise_is_no_disagreement(release) -> None:
    assert release({"COPYING": GPL2}, "GPL", "GNU General Public License (GPL)") == ["GPL-2.0-only"]


def test_another_version_is_a_disagreement(release) -> None:
    said = release({"COPYING": GPL2}, "GPLv3")
    assert said == ["GPL-2.0-only", "File: GPL-2.0-only", "Metadata: GPL-3.0-only"]


def test_two_kinds_of_bsd_are_a_disagreement_and_the_bare_word_is_none(release) -> None:
    said = release({"LICENSE": BSD2}, "new BSD", "BSD License")
    assert said == ["BSD-2-Clause", "Classifier: BSD License", "File: BSD-2-Clause", "Metadata: BSD-3-Clause"]


def test_all_licences_of_an_expression_count_and_its_words_are_kept(release) -> None:
    files = {"LICENSE": "either of LICENSE.APACHE or LICENSE.BSD", "LICENSE.APACHE": APACHE, "LICENSE.BSD": BSD2}
    assert release(files, "Apache-2.0 or BSD-2-Clause") == [
        "Apache-2.0",
        "BSD-2-Clause",
        "= Apache-2.0 or BSD-2-Clause",
    ]


def test_an_expression_may_name_more_than_the_file(release) -> None:
    assert release({"LICENSE": APACHE}, "Apache-2.0 AND MIT") == ["Apache-2.0", "MIT", "= Apache-2.0 AND MIT"]


def test_a_further_file_counts_where_the_classifiers_name_it(release) -> None:
    said = release({"LICENSE-APACHE": APACHE, "LICENSE-MIT": MIT}, "MIT", "Apache Software License", "MIT License")
    both = "Apache-2.0, MIT"
    assert said == ["Apache-2.0", "MIT", f"Classifier: {both}", f"File: {both}", "Metadata: MIT"]


def test_a_further_text_in_one_file_counts_where_the_classifiers_name_it(release) -> None:
    said = release({"LICENSE": APACHE + BSD3}, "Dual License", "BSD License", "Apache Software License")
    assert said == ["Apache-2.0", "BSD-3-Clause"]


def test_a_further_text_that_nobody_names_is_of_a_part_only(release) -> None:
    files = {
        "LICENSE": MIT + "The parser is from Kettle:\n" + BSD3,
        "LICENSE.python": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    }
    assert release(files, "MIT", "MIT License") == ["MIT"]


def test_the_file_without_a_licences_name_counts_before_the_others(release) -> None:
    files = {"LICENSE.ZPL": ZPL, "LICENSE.txt": LATER, "LICENSE.GPL": "GNU GENERAL PUBLIC LICENSE"}
    assert release(files) == ["LGPL-2.1-or-later"]


def test_a_text_that_says_one_may_choose_needs_nobody_else(release) -> None:
    text = "Boiler is dual-licensed software: MIT, or the Academic Free License version 2.1.\n" + MIT
    assert release({"LICENSE.txt": text}) == ["AFL-2.1", "MIT"]


@pytest.mark.parametrize(
    ("licence", "classifier"),
    [
        ("LGPL-2.1-or-later", ""),
        ("LGPL", "GNU Lesser General Public License v2 or later (LGPLv2+)"),
        ("LGPL v2.1 or later", ""),
    ],
)
def test_later_versions_hold_where_metadata_or_classifier_say_so(release, licence: str, classifier: str) -> None:
    assert release({"COPYING.LESSER": LGPL21, "COPYING": GPL2}, licence, classifier) == ["LGPL-2.1-or-later"]


@pytest.mark.parametrize("place", ["README.rst", "LICENSE.txt"])
def test_later_versions_hold_where_a_notice_says_so(release, place: str) -> None:
    text = LATER + (LGPL21 if place == "LICENSE.txt" else "")
    assert release({"COPYING": LGPL21, place: text}, "LGPL") == ["LGPL-2.1-or-later"]


def test_the_notice_that_a_licence_suggests_says_nothing(release) -> None:
    assert release({"COPYING": GPL2}) == ["GPL-2.0-only"]


def test_a_notice_of_another_licence_says_nothing(release) -> None:
    assert release({"COPYING": GPL2, "README": LATER}) == ["GPL-2.0-only"]


def test_words_that_fit_no_identifier_are_kept_as_written(release) -> None:
    assert release({}, "BSD", "BSD License") == ["~ BSD"]


def test_the_classifier_is_kept_as_written_where_nothing_else_is_there(release) -> None:
    assert release({}, "", "Zope Public License") == ["~ Zope Public License"]


def test_a_reference_of_the_projects_own_is_an_expression(release) -> None:
    text = BSD3 + "If any files are modified, you must cause the modified files to carry prominent notices ...\n"
    said = release({"LICENSE": text}, "LicenseRef-Repoze-BSD-derived")
    assert said == ["BSD-3-Clause-Modification", "= LicenseRef-Repoze-BSD-derived"]


def test_a_file_with_an_unknown_text_outweighs_a_classifier(release) -> None:
    addition = (
        MIT + "If it supports interaction remotely through a computer network, this notice shall be accessible.\n"
    )
    words = "MIT license with an addition"
    assert release({"LICENSE": addition}, words, "MIT License") == [f"~ {words}"]


@pytest.mark.parametrize(
    ("text", "offered", "others"),
    [
        (GPL2, ["GPL-2.0-only"], []),
        (ZPL, ["ZPL-2.1"], []),
        (MIT + APACHE, ["MIT"], ["Apache-2.0"]),
        ("Boiler is licensed under the LGPL license version 3\nThird parties:\n" + MIT, ["LGPL-3.0-only"], ["MIT"]),
        ("GNU Affero General Public License as published by the FSF; version 3", ["AGPL-3.0-only"], []),
        (
            "Permission to use, copy, modify, and/or distribute this software for any purpose ... provided that",
            ["ISC"],
            [],
        ),
        ("Permission to use, copy, modify, and/or distribute this software for any purpose ... granted.", ["0BSD"], []),
        ("Python Software Foundation License Version 2", ["PSF-2.0"], []),
        (
            "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2 ... BEOPEN PYTHON OPEN SOURCE LICENSE AGREEMENT VERSION 1",
            ["Python-2.0"],
            [],
        ),
        ("They moved to BeOpen.com. Python Software Foundation License Version 2", ["PSF-2.0"], []),
        ("This software is provided 'as-is', without any express or implied\nwarranty. In no event", ["Zlib"], []),
        ("All rights reserved.", [], []),
    ],
)
def test_the_first_licence_of_a_text_counts(text: str, offered: list[str], others: list[str]) -> None:
    held = read_licences(text)
    assert (list(held.offered), list(held.others)) == (offered, others)

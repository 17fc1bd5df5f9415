"""Read `pyproject.toml`: the project table of PEP 621, Poetry, and the older form of Flit."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from packaging.utils import canonicalize_name

from pyfwgraph.harvest.declaration import Declaration, clean, clean_python
from pyfwgraph.harvest.requirement import Requirement, parse_requirement, split_extra, to_marker_text, with_marker
from pyfwgraph.harvest.requirement_file import read_requirement_file
from pyfwgraph.harvest.tree import Tree, UnreadableFile

Table = dict[str, Any]
_OPTIONAL = "optional-dependencies"
_FILES = "requirements_txt"
"""The hook of Hatch that names files; others hold the requirements themselves."""


def read_pyproject(tree: Tree, folder: str) -> tuple[Declaration, bool] | None:
    """Give what `pyproject.toml` declares, and whether its requirements stand in another manifest.

    None where there is no such file or it declares nothing of the distribution.
    """
    path = posixpath.normpath(posixpath.join(folder, "pyproject.toml"))
    try:
        text = tree.read(path)
        document: Table = tomllib.loads(text) if text is not None else {}
    except UnreadableFile as error:
        return Declaration(path, problems=(str(error),)), False
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Declaration(path, problems=(f"{path} cannot be parsed: {str(error)[:100]}",)), False
    tool = _table(document, "tool")
    if "project" in document and ("poetry" not in tool or _has_version(_table(document, "project"))):
        return _read_project(tree, folder, path, document)
    if _table(tool, "poetry").get("name"):
        return _read_poetry(path, _table(tool, "poetry")), False
    if _table(tool, "flit").get("metadata"):
        return _read_flit(path, _table(_table(tool, "flit"), "metadata")), False
    return None


def _has_version(project: Table) -> bool:
    """Tell whether a project table is one by PEP 621; one without a version stands idle beside Poetry's own."""
    return "version" in project or "version" in _strings(project.get("dynamic"))


def _read_project(tree: Tree, folder: str, path: str, document: Table) -> tuple[Declaration, bool]:
    project, tool = _table(document, "project"), _table(document, "tool")
    dynamic = _strings(project.get("dynamic"))
    licence = project.get("license")
    parsed = [split_extra(one) for one in _parse(project.get("dependencies"))]
    extras = [*_extras(project.get("optional-dependencies")), *(one for one in parsed if one.extra)]
    declared = Declaration(
        path,
        name=clean(project.get("name")),
        version=clean(project.get("version")),
        python=clean_python(project.get("requires-python")),
        licence=clean(licence.get("text") if isinstance(licence, dict) else licence),
        classifiers=_licences(project.get("classifiers")),
        runtime=tuple(one for one in parsed if not one.extra) if "dependencies" not in dynamic else None,
        optional=tuple(extras),
    )
    if "poetry" in tool:
        declared = _with_poetry(declared, project, dynamic, _read_poetry(path, _table(tool, "poetry")))
    if "optional-dependencies" in dynamic:
        declared = _read_dynamic_extras(tree, folder, declared, tool)
    if "dependencies" not in dynamic:
        return declared, False
    return _read_dynamic(tree, folder, declared, tool)


def _with_poetry(declared: Declaration, project: Table, dynamic: list[str], poetry: Declaration) -> Declaration:
    """Add what Poetry's own tables say where the project table leaves it out and does not call it dynamic."""
    if "dependencies" in project or "dependencies" in dynamic:
        return declared
    return replace(declared, runtime=poetry.runtime, optional=declared.optional or poetry.optional)


def _read_dynamic_extras(tree: Tree, folder: str, declared: Declaration, tool: Table) -> Declaration:
    """Add the extras that setuptools reads from files or that a hook of Hatch holds."""
    hooks = _hooks(tool)
    found = [one for name, hook in hooks.items() if name != _FILES for one in _extras(hook.get(_OPTIONAL))]
    files = _table(_table(_table(tool, "setuptools"), "dynamic"), _OPTIONAL) | _table(hooks.get(_FILES, {}), _OPTIONAL)
    problems: list[str] = []
    for extra, held in files.items():
        more, missing = _read_files(tree, folder, held.get("file") if isinstance(held, dict) else held)
        found += [replace(one, extra=extra) for one in more]
        problems += [f"the extra {extra} is in a file: {problem}" for problem in missing]
    if not found and not problems and not tree.is_file(posixpath.normpath(posixpath.join(folder, "setup.py"))):
        problems = ["the extra requirements stand nowhere"]
    return replace(declared, optional=(*(declared.optional or ()), *found), problems=tuple(problems))


def _hooks(tool: Table) -> dict[str, Table]:
    hooks = _table(_table(_table(tool, "hatch"), "metadata"), "hooks")
    return {name: hook for name, hook in hooks.items() if isinstance(hook, dict)}


def _read_files(tree: Tree, folder: str, named: object) -> tuple[list[Requirement], list[str]]:
    found: list[Requirement] = []
    problems: list[str] = []
    for name in _strings([named] if isinstance(named, str) else named):
        more, missing = read_requirement_file(tree, posixpath.normpath(posixpath.join(folder, name)))
        found, problems = found + more, problems + missing
    return found, problems


def _read_dynamic(tree: Tree, folder: str, declared: Declaration, tool: Table) -> tuple[Declaration, bool]:
    named = _table(_table(_table(tool, "setuptools"), "dynamic"), "dependencies").get("file")
    hooks = _hooks(tool)
    files = named or hooks.get(_FILES, {}).get("files")
    if files:
        found, problems = _read_files(tree, folder, files)
        return replace(declared, runtime=tuple(found), problems=(*declared.problems, *problems)), False
    held = next((hook["dependencies"] for hook in hooks.values() if "dependencies" in hook), None)
    if held is not None:
        return replace(declared, runtime=tuple(_parse(held))), False
    if "poetry" in tool:
        poetry = _read_poetry(declared.manifest, _table(tool, "poetry"))
        return replace(declared, runtime=poetry.runtime), False
    return declared, True


def _read_poetry(path: str, poetry: Table) -> Declaration:
    dependencies = _table(poetry, "dependencies")
    extras = {name: {_key(text) for text in _strings(held)} for name, held in _table(poetry, "extras").items()}
    runtime: list[Requirement] = []
    optional: list[Requirement] = []
    for name, held in dependencies.items():
        if name.lower() == "python":
            continue
        for one, is_optional in _poetry_requirements(name, held):
            wanted = [extra for extra, names in extras.items() if _key(name) in names]
            optional += [replace(one, extra=extra) for extra in wanted]
            runtime += [] if is_optional or wanted else [one]
    python = dependencies.get("python")
    return Declaration(
        path,
        name=clean(poetry.get("name")),
        version=clean(poetry.get("version")),
        python=clean_python(python.get("version") if isinstance(python, dict) else python),
        licence=clean(poetry.get("license")),
        classifiers=_licences(poetry.get("classifiers")),
        runtime=tuple(runtime),
        optional=tuple(optional),
    )


def _key(text: str) -> str:
    """Give the normalised name of the distribution that a text begins with."""
    return canonicalize_name(re.split(r"[\s\[<>=!~^(;]", text.strip(), maxsplit=1)[0])


def _poetry_requirements(name: str, held: Any) -> Iterator[tuple[Requirement, bool]]:
    for one in held if isinstance(held, list) else [held]:
        table = one if isinstance(one, dict) else {"version": one}
        link = next((table[key] for key in ("git", "url", "path") if isinstance(table.get(key), str)), "")
        version = clean(table.get("version")) or ""
        specifier = f"@ {link}" if link else "" if version == "*" else version
        marker = to_marker_text(table["markers"]) if isinstance(table.get("markers"), str) else ""
        parts = tuple(sorted(_strings(table.get("extras"))))
        requirement = Requirement(name, specifier, marker, parts=parts)
        yield with_marker(requirement, _python_marker(table.get("python"))), table.get("optional") is True


def _python_marker(python: object) -> str:
    specifier = clean_python(python)
    if specifier is None:
        return ""
    tests = []
    for part in specifier.split(","):
        sign = part.rstrip("0123456789.*abrc")
        tests.append(f'python_version {sign} "{part[len(sign) :]}"')
    return to_marker_text(" and ".join(tests))


def _read_flit(path: str, flit: Table) -> Declaration:
    return Declaration(
        path,
        name=clean(flit.get("dist-name") or flit.get("module")),
        python=clean_python(flit.get("requires-python")),
        licence=clean(flit.get("license")),
        classifiers=_licences(flit.get("classifiers")),
        runtime=tuple(_parse(flit.get("requires"))),
        optional=tuple(_extras(flit.get("requires-extra"))),
    )


def _extras(table: object) -> Iterator[Requirement]:
    for extra, held in table.items() if isinstance(table, dict) else ():
        yield from (replace(one, extra=extra) for one in _parse(held))


def _parse(held: object) -> Iterator[Requirement]:
    for text in _strings(held):
        requirement = parse_requirement(text)
        if requirement:
            yield requirement


def _licences(held: object) -> tuple[str, ...] | None:
    found = dict.fromkeys(text for text in _strings(held) if text.startswith("License ::"))
    return tuple(found) or None


def _strings(held: object) -> list[str]:
    return [text for text in held if isinstance(text, str)] if isinstance(held, list) else []


def _table(held: Table, name: str) -> Table:
    inner = held.get(name)
    return inner if isinstance(inner, dict) else {}

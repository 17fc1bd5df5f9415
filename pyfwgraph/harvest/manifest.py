"""What the manifests of one commit declare together, in the order in which build tools ask them.

`pyproject.toml` first; where it leaves the requirements to others or is silent, `setup.py`, which `setup.cfg`
completes; `requirements.txt` only where nothing else is there.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace

from pyfwgraph.harvest.declaration import Declaration, fill
from pyfwgraph.harvest.pyproject import read_pyproject
from pyfwgraph.harvest.requirement_file import read_requirement_file
from pyfwgraph.harvest.setup_cfg import read_setup_cfg, uses_pbr
from pyfwgraph.harvest.setup_script import NO_CALL, read_setup_script
from pyfwgraph.harvest.tree import Tree

NOTHING = Declaration(problems=("no manifest",))


def read_manifests(tree: Tree, folder: str = "") -> Declaration:
    """Give what the manifests in a folder of a commit declare; with the problem `no manifest` where there is none."""
    project = read_pyproject(tree, folder)
    if project and not project[1]:
        return project[0]
    older = _read_setup(tree, folder)
    if project:
        return fill(project[0], older) if older else replace(project[0], problems=("the requirements stand nowhere",))
    return older or _read_file(tree, folder)


def _read_setup(tree: Tree, folder: str) -> Declaration | None:
    script, options = read_setup_script(tree, folder), read_setup_cfg(tree, folder)
    if options and not script and options.name is None and options.runtime is None and not options.problems:
        return None  # settings of tools beside a manifest of another kind
    if options and script:
        if script.problems and (options.runtime is not None or uses_pbr(tree, folder)):
            script = replace(script, problems=tuple(p for p in script.problems if not _is_silent(p)))
        return fill(script, options)
    return script or options


def _is_silent(problem: str) -> bool:
    return problem.endswith(NO_CALL) or problem.startswith("the arguments of setup()")


def _read_file(tree: Tree, folder: str) -> Declaration:
    path = posixpath.normpath(posixpath.join(folder, "requirements.txt"))
    if not tree.is_file(path):
        return NOTHING
    found, problems = read_requirement_file(tree, path)
    return Declaration(path, runtime=tuple(found), problems=tuple(problems))

"""Makes the packaged graph whenever the package is built or installed, so that every wheel carries it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GraphBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the build on `data/` and `ontology/` before files are gathered for a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the graph into the package; a source distribution needs none."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from pyfwgraph.build.run import build

        built = build(root / "data", root / "ontology", root / "pyfwgraph" / "packaged")
        self.app.display_info(f"pyfwgraph: {built.quads:,} quads, digest {built.digest[:16]}")

"""The harvester: from git repositories to claims about releases and what they require.

It reads git objects and runs none of what it reads.
"""

from pyfwgraph.harvest.harvester import harvest
from pyfwgraph.harvest.history import History, Release
from pyfwgraph.harvest.report import Report
from pyfwgraph.harvest.repository import Repository, read_repositories
from pyfwgraph.harvest.requirement import Requirement

__all__ = ["History", "Release", "Report", "Repository", "Requirement", "harvest", "read_repositories"]

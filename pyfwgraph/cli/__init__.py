"""The command line: parse, call one function of the library, print. The only place where reading and writing meet."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from pyfwgraph.errors import PyfwgraphError

SECTIONS = {
    "Ask": {
        "query": ("ask", "Answer a named question, or a SPARQL query."),
        "queries": ("ask", "List the named questions."),
    },
    "Look": {
        "show": ("view", "Show the card of a project."),
        "frameworks": ("view", "List the frameworks that meet conditions."),
        "compare": ("view", "Set projects side by side."),
        "similar": ("view", "List the frameworks most like one."),
        "choose": ("view", "Rank frameworks by needs, and say why."),
        "ancestors": ("view", "List what a project descends from."),
        "descendants": ("view", "List what descends from a project."),
        "lineage": ("view", "List or draw every descent and influence around a project."),
        "path": ("view", "Say how two projects are related."),
        "releases": ("view", "List the releases of a project."),
        "deps": ("view", "List what a project requires."),
        "dependents": ("view", "List who requires a project."),
        "impact": ("view", "List who would be hit if a project vanished."),
        "at": ("view", "List what existed on a day."),
        "sources": ("view", "Say who states a fact."),
        "disagreements": ("view", "List what sources disagree on."),
        "coverage": ("author", "Count what the graph holds, and where it is thin."),
    },
    "Take along": {
        "export": ("export", "Write the graph in one form or all."),
        "publish": ("publish", "Load the graph into a SPARQL server."),
        "completion": ("completion", "Print the script for shell completion."),
    },
    "Make": {
        "build": ("author", "Make the packaged graph from data/ and ontology/."),
        "validate": ("author", "Check data/ and ontology/."),
        "harvest": ("harvest", "Read releases from git repositories."),
    },
}
"""Each command by section: its module, and what it does."""

COMMANDS = {name: module for section in SECTIONS.values() for name, (module, _) in section.items()}

USER_ERROR = 1
"""Exit status of a user's mistake that is no mistake in the command's words (those exit with 2)."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that help costs little."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pyfwgraph.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, says) for name, (_, says) in section.items()])


@click.command(cls=LazyGroup, epilog="Example: pyfwgraph query builds-on --bind project=FastAPI")
@click.version_option(package_name="pyfwgraph", prog_name="pyfwgraph")
def cli() -> None:
    """The knowledge graph of Python web frameworks, with the source of every fact."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status: 0, 1 for a user's mistake, 2 for wrong words, 130 for Ctrl-C."""
    try:
        status = cli.main(args=arguments, prog_name="pyfwgraph", standalone_mode=False)
    except PyfwgraphError as error:
        click.echo(f"pyfwgraph: {error}", err=True)
        return USER_ERROR
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("pyfwgraph: interrupted", err=True)
        return 130
    except BrokenPipeError:
        sys.stdout = None
        return 0
    return status if isinstance(status, int) else 0


def run() -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(main())

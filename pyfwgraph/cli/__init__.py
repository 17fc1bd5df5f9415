"""The command line: parse, call one function of the library, print. The only place where reading and writing meet."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from pyfwgraph.errors import PyfwgraphError

COMMANDS = {
    "query": ("ask", "query", "Answer a named question, or a SPARQL query."),
    "queries": ("ask", "queries", "List the named questions."),
    "show": ("ask", "show", "Show what the graph says of a project."),
    "export": ("ask", "export", "Write the whole dataset to a file."),
    "build": ("author", "build", "Make the packaged graph from data/ and ontology/."),
    "validate": ("author", "validate", "Check data/ and ontology/."),
    "coverage": ("author", "coverage", "Count what the graph holds, and where it is thin."),
    "harvest": ("harvest", "harvest", "Read releases from git repositories."),
}
"""Each command: its module, its name there, and what it does."""

USER_ERROR = 1
"""Exit status of a user's mistake that is no mistake in the command's words (those exit with 2)."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that help costs little."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"pyfwgraph.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, _, says) in COMMANDS.items()])


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

"""The command that prints what a shell needs to complete commands, options and projects: completion."""

from __future__ import annotations

import click


@click.command(epilog="Example: pyfwgraph completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that makes a SHELL complete commands, options and names of projects."""
    from click.shell_completion import get_completion_class

    from pyfwgraph.cli import cli

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "pyfwgraph", "_PYFWGRAPH_COMPLETE").source())

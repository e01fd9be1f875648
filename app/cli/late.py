"""A group of commands that is imported when one of them is asked for, as the engine is (decision 0061)."""

import importlib

import click


class LateGroup(click.Group):
    def __init__(self, name: str, *, where: str, called: str, short_help: str) -> None:
        super().__init__(name, help=short_help)
        self._where, self._called = where, called

    def _group(self) -> click.Group:
        group: click.Group = getattr(importlib.import_module(self._where), self._called)
        return group

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._group().get_command(ctx, cmd_name)

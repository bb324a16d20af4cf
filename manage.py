#!/usr/bin/env python3
"""Django's command line for Инносеть."""

import os
import sys


def main() -> None:
    """Run the command that was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innoset.conf.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # reason: settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

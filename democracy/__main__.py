"""`democracy` on the command line, and `python -m democracy`."""

from democracy.cli import commands


def main() -> None:
    """Run the command line."""
    commands(prog_name="democracy")


if __name__ == "__main__":
    main()

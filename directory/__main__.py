"""``python -m directory``: the command line."""

from directory.cli import main

if __name__ == "__main__":
    main()

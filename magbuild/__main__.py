"""What `python -m magbuild` runs: the command line."""

from magbuild.cli import main

if __name__ == "__main__":
    main()

"""An issue's folder comes in; the folders around it come out, as near to what was typed as can be."""

from pathlib import Path
from typing import Final

STORE: Final = ".magbuild"  # what is remembered lies there, in the project's folder


def project_of(folder: Path) -> Path:
    """Return the folder that holds `issues/` and `layouts/`, as near to what was typed as can be."""
    typed_whole = len(folder.parts) > 1 and ".." not in folder.parts
    return (folder if typed_whole else folder.resolve()).parent.parent


def shelf_of(folder: Path) -> Path:
    """Return the folder that an issue's folder lies in, where magazine.yaml is."""
    return folder.parent if folder.name not in ("", "..") else folder / ".."


def store_of(folder: Path) -> Path:
    """Return the folder in which what was made of a project is remembered, when no other is named."""
    return project_of(folder) / STORE

"""Templates of folders; and where they lie compiled, so that not each run does it anew: a tenth of a second."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from magbuild import __version__


def compiled_templates() -> jinja2.BytecodeCache | None:
    """Return a folder of the user's that nobody else may write to; None when there is none to be had.

    It isn't the store, since that hands out plain values alone, and never code.
    """
    try:
        return _Folder(pattern=f"magbuild-{__version__}-%s.cache")
    except (OSError, RuntimeError):
        return None


class Templates(jinja2.FileSystemLoader):
    """The templates of some folders; one that isn't in UTF-8 has a mistake in the line where that shows."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its file, and whether that is still the same."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            files = (Path(folder, template) for folder in self.searchpath)
            file = next(file for file in files if file.is_file())
            line = error.object.count(b"\n", 0, error.start) + 1
            message = f"byte 0x{error.object[error.start]:02X} isn't UTF-8"
            raise jinja2.TemplateSyntaxError(message, line, template, str(file)) from None


class _Folder(jinja2.FileSystemBytecodeCache):
    """A folder that is done without when it can't be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)

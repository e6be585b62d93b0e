"""Where templates lie compiled, so that not each run does it anew: a tenth of a second."""

from contextlib import suppress

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


class _Folder(jinja2.FileSystemBytecodeCache):
    """A folder that is done without when it can't be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)

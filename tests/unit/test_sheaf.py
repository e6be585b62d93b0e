"""Sheaves: the same bytes wherever they lie."""

import hashlib
import pickle
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from magbuild.sheaf import CHUNK, Sheaf

PAGES = b"%PDF " + bytes(range(256)) * 8192  # more than a chunk


def lying(where: str, folder: Path) -> Sheaf:
    if where == "memory":
        return Sheaf.of(PAGES)
    if where == "unnamed":
        with tempfile.TemporaryFile() as file:
            file.write(PAGES)
            return Sheaf.written(cast("BinaryIO", file))
    (folder / "pages").write_bytes(PAGES)
    return Sheaf(digest=hashlib.sha256(PAGES).hexdigest(), path=folder / "pages")


@pytest.mark.parametrize("where", ["memory", "unnamed", "file"])
def test_a_sheaf_is_read_wherever_it_lies(where: str, tmp_path: Path) -> None:
    assert len(PAGES) > CHUNK
    sheaf = lying(where, tmp_path)
    for _ in range(2):
        assert sheaf.read() == PAGES
        with sheaf.opened() as file:
            assert file.read(5) == b"%PDF "
    source = sheaf.source()
    assert (source.read_bytes() if isinstance(source, Path) else source.read()) == PAGES
    assert sheaf == Sheaf.of(PAGES)
    assert sheaf != Sheaf.of(b"%PDF other")
    assert pickle.loads(pickle.dumps(sheaf)).read() == PAGES

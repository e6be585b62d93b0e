"""The collector of cycles looks seldom."""

import gc

from magbuild.sweeping import sweep_seldom


def test_it_looks_seldom() -> None:
    before = gc.get_threshold()
    try:
        sweep_seldom()
        assert gc.get_threshold()[0] >= 100_000
    finally:
        gc.set_threshold(*before)

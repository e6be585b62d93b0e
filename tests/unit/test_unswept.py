"""The collector of cycles doesn't look where workers are forked from."""

import subprocess
import sys


def test_workers_are_forked_from_a_process_in_which_it_never_looks_and_look_themselves() -> None:
    told = "import gc, {0}; print(gc.isenabled())"
    begun = "magbuild.unswept, magbuild.staff; magbuild.staff.begin_work()"
    asked = [told.format("magbuild.unswept"), told.format(begun)]
    heard = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for code in asked]
    assert heard == [b"False\n", b"True\n"]

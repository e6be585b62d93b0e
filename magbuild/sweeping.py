"""How often Python's collector of cycles looks for what points at itself and at nothing else."""

import gc


def sweep_seldom() -> None:
    """Have it look once in a while: Python's own measure is for programs that drop most of what they make.

    Ours imports a lot that stays, and makes values by the hundred thousand that go together.
    """
    gc.set_threshold(200_000, 20, 20)

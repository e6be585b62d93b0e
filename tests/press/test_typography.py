"""The figures of the sample issues' typography: how their lines and columns stand on the pages."""

import json
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample issue")]


def test_the_sample_issue_keeps_every_measure(sample: Path) -> None:
    tallies = {tally["code"]: tally for tally in json.loads((sample / "typography.json").read_text("utf-8"))}
    wrong = {code: tally["wrong"] for code, tally in tallies.items() if tally["wrong"]}
    assert wrong.keys() <= {"loose-line"}
    assert tallies["loose-line"]["percent"] >= 98
    assert tallies["off-grid"]["worst"] <= 0.25
    assert tallies["uneven-columns"]["worst"] <= 1.1  # captions and rules aren't whole lines high
    assert tallies["hyphen-ladder"]["worst"] <= 2
    # And there was something to be measured.
    assert min(tallies[code]["examined"] for code in ("off-grid", "loose-line", "text-near-edge")) > 1000
    assert min(tallies[code]["examined"] for code in ("uneven-columns", "stranded-heading", "lone-end-mark")) > 8

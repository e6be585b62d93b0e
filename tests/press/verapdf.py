"""PDF files come in, what veraPDF says about them goes out: it knows PDF/A and PDF/UA to the letter."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.press.java import java

ROOT = Path(__file__).parent.parent.parent
# Which profiles a file names in its metadata, and thereby those that it is judged by.
CLAIMED = "0"


class VerapdfFailed(Exception):
    """veraPDF did not judge a file: it is broken, or no PDF at all."""


def verapdf(paths: Sequence[Path], flavour: str = CLAIMED) -> dict[tuple[str, str], list[str]]:
    """Return the rules that files break, by the file's name and the profile ("PDF/UA-1", "PDF/A-2A").

    Each file is judged by what it claims, or by one `flavour` such as "ua1" or "2a"; a file that claims nothing
    by PDF/A-1B. All files together start Java once. Skips the test where veraPDF couldn't be fetched.
    """
    command = [*_command(), "--format", "json", "--flavour", flavour, *map(str, paths)]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    try:
        jobs = json.loads(run.stdout)["report"]["jobs"]
    except (ValueError, KeyError):
        raise VerapdfFailed(run.stderr or run.stdout) from None
    found = {}
    for job in jobs:
        name = Path(job["itemDetails"]["name"]).name
        if not job.get("validationResult"):
            raise VerapdfFailed(f"{name}: {job.get('taskException')}")
        for result in job["validationResult"]:
            profile = result["profileName"].removesuffix(" validation profile")
            found[name, profile] = [_told(rule) for rule in result["details"]["ruleSummaries"]]
            assert result["compliant"] == (not found[name, profile])
    return found


def conforming(*paths: Path) -> dict[tuple[str, str], list[str]]:
    """Return what `verapdf` says of files that claim both of our standards and break none of their rules."""
    return {(path.name, profile): [] for path in paths for profile in ("PDF/A-2A", "PDF/UA-1")}


def _command() -> list[str]:
    archives = sorted((ROOT / ".venv" / "verapdf").glob("*.jar"))
    if not archives:
        pytest.skip("veraPDF is not there: `make setup-test` fetches it with Maven, and couldn't")
    program = java()
    if program is None:
        pytest.skip("veraPDF needs Java and there is none: `make setup-test` installs it")
    main = "org.verapdf.apps.GreenfieldCliWrapper"
    return [program, "-Djava.awt.headless=true", "-XX:+UseSerialGC", "-cp", str(archives[0]), main]


def _told(rule: dict[str, object]) -> str:
    checks = rule["checks"]
    assert isinstance(checks, list)
    where = checks[0]["context"] if checks else ""
    return f"{rule['clause']}-{rule['testNumber']} ({rule['failedChecks']}): {rule['description']} {where}"

"""The lock files agree with pyproject.toml and hold nothing but names, versions and hashes."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
WANTED = {
    "run": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "test": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["dev"]],
}


def lock(name: str) -> str:
    return (ROOT / ".setup" / f"{name}.lock").read_text("utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^([\w.-]+)==([^\s;]+)", lock(name), re.MULTILINE))


@pytest.mark.parametrize("name", WANTED)
def test_lock_holds_every_dependency_in_a_version_that_is_allowed(name: str) -> None:
    found = pins(name)
    for requirement in map(Requirement, WANTED[name]):
        versions = [version for package, version in found if package == canonicalize_name(requirement.name)]
        assert versions, f"{requirement.name} is not in .setup/{name}.lock: run `make lock`"
        assert all(version in requirement.specifier for version in versions), f"`make lock` for {requirement}"


@pytest.mark.parametrize("name", WANTED)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = lock(name)
    assert len(pins(name)) == len(re.findall(r"^\S+==.+ \\\n    --hash=sha256:", text, re.MULTILINE))
    assert "://" not in text


def test_the_tests_run_with_the_versions_that_readers_get() -> None:
    assert pins("run") <= pins("test")

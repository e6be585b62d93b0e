"""The lock files agree with what is wanted and hold nothing but names, versions and hashes."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
EXTRA = PROJECT["project"]["optional-dependencies"]["cluster"]
WANTED = {
    "run": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "test": [*PROJECT["project"]["dependencies"], *EXTRA, *GROUPS["build"], *GROUPS["dev"]],
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


def test_who_builds_on_one_machine_needs_nothing_for_clusters() -> None:
    assert {Requirement(text).name for text in EXTRA}.isdisjoint(name for name, _ in pins("run"))


def test_the_tests_run_with_the_versions_that_readers_get() -> None:
    assert pins("run") <= pins("test")


def test_the_archive_of_verapdf_is_pinned_and_no_address_named() -> None:
    assert re.fullmatch(r"[\w.]+:[\w-]+:[\d.]+ sha256:[0-9a-f]{64}\n", lock("verapdf"))


def test_node_lock_holds_what_is_wanted_and_no_address_to_fetch_it_from() -> None:
    wanted = json.loads((ROOT / ".setup" / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((ROOT / ".setup" / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == wanted, "`make lock`"
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version, f"`make lock` for {name}"
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []

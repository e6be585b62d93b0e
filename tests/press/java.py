"""Java on this machine, for the checkers that are written in it."""

import os
import shutil

# Homebrew keeps its Java where the shell doesn't find it.
JAVA_HOMES = ("/opt/homebrew/opt/openjdk", "/usr/local/opt/openjdk")
# These two halve the three or four seconds that starting Java costs.
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def java() -> str | None:
    """Return the path of Java, None where there is none; `make setup-test` installs it."""
    homes = (os.environ.get("JAVA_HOME", ""), *JAVA_HOMES)
    folders = [f"{home}/bin" for home in homes if home]
    # On macOS the java of PATH may be one that only tells you to get Java, so that it comes last.
    return shutil.which("java", path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))

"""The browser of this machine, for those that need one."""

import shutil
from functools import cache

# The same ones that .setup/setup.sh looks for: whatever is Chromium at heart.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


class BrowserMissing(Exception):
    """There is no browser that tests can use."""


@cache
def find_browser() -> str:
    """Return the path of a browser that is Chromium at heart; raises BrowserMissing when there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise BrowserMissing("there is no Chromium: `make setup-test` installs it")
    return found

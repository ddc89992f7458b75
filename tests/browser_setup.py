"""Make sure that a Chromium is there before the tests: the system's, or Debian's package where it can be installed.

Run by `make test`. Ends with a clear sentence and code 1 when there is none: browser tests are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The browser's path: `VEILLEE_CHROMIUM`, or the first known name on the PATH."""
    chosen = os.environ.get("VEILLEE_CHROMIUM")
    return chosen if chosen else next((path for name in NAMES if (path := shutil.which(name))), None)


def install_from_debian() -> None:
    """Install Debian's package, as root or with sudo that asks nothing."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
        subprocess.run(
            [*prefix, "apt-get", *arguments], check=True, env=environment, stdout=subprocess.DEVNULL
        )


def main() -> int:
    """Find or install; 0 when a browser is there."""
    if find_chromium() is None and shutil.which("apt-get"):
        print("Chromium isn't installed: installing Debian's package…")
        try:
            install_from_debian()
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"It could not be installed: {error}", file=sys.stderr)
    if find_chromium() is None:
        print(
            "The tests need Chromium: install it (on Debian: apt-get install chromium), "
            "or say where it is with VEILLEE_CHROMIUM=/path/to/chromium.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Make sure that the tests' real parts are there: browsers, nginx, node, zbarimg. The system's, or else Debian's packages.

Run by `make test`. Ends with a clear sentence and code 1 when one is missing: the tests that need it are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")


@dataclass(frozen=True)
class Part:
    """A program that the tests start: what it is called, the variable that says where it is, Debian's package."""

    title: str
    names: tuple[str, ...]
    variable: str
    package: str

    def find(self) -> str | None:
        """Its path: what the variable says, or the first known name on the PATH."""
        chosen = os.environ.get(self.variable)
        return chosen if chosen else next((path for name in self.names if (path := shutil.which(name))), None)


CHROMIUM = Part(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "VEILLEE_CHROMIUM",
    "chromium",
)
FIREFOX = Part("Firefox", ("firefox-esr", "firefox"), "VEILLEE_FIREFOX", "firefox-esr")
# Debian keeps servers in a folder that an ordinary user's PATH may not name.
NGINX = Part("nginx", ("nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"), "VEILLEE_NGINX", "nginx-light")
ZBAR = Part("zbarimg", ("zbarimg",), "VEILLEE_ZBARIMG", "zbar-tools")
NODE = Part("node", ("node", "nodejs"), "VEILLEE_NODE", "nodejs")
NPM = Part("npm", ("npm",), "VEILLEE_NPM", "npm")
PARTS = (CHROMIUM, FIREFOX, NGINX, NODE, NPM, ZBAR)


def find_chromium() -> str | None:
    """The path of Chromium."""
    return CHROMIUM.find()


def install_from_debian(packages: Sequence[str]) -> None:
    """Install Debian's packages, as root or with sudo that asks nothing; no service starts, now or with the machine."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _no_service_starts(prefix):
        for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
            subprocess.run(
                [*prefix, "apt-get", *arguments], check=True, env=environment, stdout=subprocess.DEVNULL
            )
    if NGINX.package in packages and shutil.which("systemctl"):
        subprocess.run([*prefix, "systemctl", "--quiet", "disable", "nginx.service"], check=False)


@contextmanager
def _no_service_starts(prefix: Sequence[str]) -> Iterator[None]:
    """Debian asks this file before a package starts what it brings; one that is there already is left alone."""
    if POLICY.exists():
        yield
        return
    with tempfile.NamedTemporaryFile("w", prefix="policy-") as policy:
        policy.write("#!/bin/sh\nexit 101\n")
        policy.flush()
        subprocess.run([*prefix, "install", "-m", "755", policy.name, str(POLICY)], check=True)
    try:
        yield
    finally:
        subprocess.run([*prefix, "rm", "-f", str(POLICY)], check=True)


def missing() -> list[Part]:
    """The parts that aren't there."""
    return [part for part in PARTS if part.find() is None]


def main() -> int:
    """Find or install; 0 when all are there."""
    absent = missing()
    if absent and shutil.which("apt-get"):
        print(f"Installing Debian's packages: {', '.join(part.package for part in absent)}…")
        try:
            install_from_debian([part.package for part in absent])
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"They could not be installed: {error}", file=sys.stderr)
    for part in missing():
        print(
            f"The tests need {part.title}: install it (on Debian: apt-get install {part.package}), "
            f"or say where it is with {part.variable}=/path/to/{part.names[0]}.",
            file=sys.stderr,
        )
    return 1 if missing() else 0


if __name__ == "__main__":
    sys.exit(main())

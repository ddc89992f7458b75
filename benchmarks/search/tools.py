"""What the comparison needs and the portal doesn't: Pagefind and French word lists, in an environment of their own.

They are installed by name, through pip as it is set up here, into `.cache/bench-search/`; nothing of it is committed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench-search"
PACKAGES = ("pagefind==1.5.2", "pagefind_bin==1.5.2", "simplemma==2.0.0", "wordfreq==3.1.1")


def install() -> None:
    """Make the environment once, and let this process import the word lists from it."""
    environment = CACHE / "venv"
    stamp = environment / "installed"
    if not stamp.exists() or stamp.read_text() != _wanted():
        print("Installing Pagefind and the French word lists into .cache/…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        pip = [
            str(environment / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, *PACKAGES], check=True, stderr=subprocess.DEVNULL)
        stamp.write_text(_wanted())
    packages = str(_packages(environment))
    if packages not in sys.path:
        sys.path.append(packages)  # last: what the portal depends on comes first


def pagefind_program() -> Path:
    """Pagefind's own program, without the Python that starts it."""
    return _packages(CACHE / "venv") / "pagefind_bin" / "pagefind"


def nginx_program() -> str | None:
    """The web server, or nothing where it isn't installed."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def _packages(environment: Path) -> Path:
    return Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))


def _wanted() -> str:
    return "\n".join((sys.version, *PACKAGES))

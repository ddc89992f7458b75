"""QR codes, read back by a reader that knows nothing of the writer."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from portal.formats.qr import qr_svg
from tests.browser_setup import ZBAR

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def read(svg: str, folder: Path) -> str:
    """What zbarimg reads in the drawing, each module 6 pixels wide."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    picture = Image.new("1", (side * 6, side * 6), 1)
    for x, y, length in (map(int, run.groups()) for run in RUN.finditer(svg)):
        ImageDraw.Draw(picture).rectangle((x * 6, y * 6, (x + length) * 6 - 1, y * 6 + 5), 0)
    picture.save(folder / "code.png")
    return subprocess.run(
        [str(ZBAR.find()), "--quiet", "--raw", "--nodbus", str(folder / "code.png")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize(
    "address",
    [
        "https://veillee.hydrelis.example/",
        "https://veillee.hydrelis.example/histoires/la-pompe-et-le-velo/",
        "https://portail.intranet.une-entreprise-au-nom-long.example/savoirs/" + "x" * 120 + "/?a=1&b=2",
    ],
)
def test_an_independent_reader_finds_the_address(address: str, tmp_path: Path) -> None:
    assert read(qr_svg(address, "lire"), tmp_path) == address


def test_a_code_says_what_it_opens_and_has_its_quiet_margin() -> None:
    svg = qr_svg("https://a.example/", 'Code : <b> & "x"')
    assert 'aria-label="Code : &lt;b&gt; &amp; &quot;x&quot;"' in svg
    assert 'role="img"' in svg
    assert "style=" not in svg
    assert min(int(run[1]) for run in RUN.finditer(svg)) == 4

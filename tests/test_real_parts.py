"""The real server that other tests stand on. What drives Firefox shows what it does in the test of the search."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.nginx import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site: a page with a field and a module, and its page for what isn't there."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>Essai</title><input autofocus><script type="module" src="a.js">'
        "</script>"
    )
    (tmp_path / "a.js").write_text(
        "document.querySelector('input').addEventListener('input', (event) => {"
        " document.title = event.target.value; });" + " " * 4000
    )
    (tmp_path / "numbers.bin").write_bytes(bytes(range(256)))
    (tmp_path / "404.html").write_text("<!doctype html><title>Absente</title>")
    return tmp_path


def test_nginx_gives_ranges_gzip_headers_and_the_sites_own_missing_page(folder: Path) -> None:
    policy = """default-src 'self'; report-to "nobody" """.strip()
    with serving(folder, {"Content-Security-Policy": policy}) as address:
        assert address.startswith("http://127.0.0.1:")
        assert address.endswith("/portail/")
        with urlopen(Request(f"{address}numbers.bin", headers={"Range": "bytes=3-4,250-251"})) as several:
            body = several.read()
            assert several.status == 206
            assert several.headers["Content-Type"].startswith("multipart/byteranges; boundary=")
        assert b"bytes 3-4/256\r\n\r\n\x03\x04\r\n" in body
        assert b"bytes 250-251/256\r\n\r\n\xfa\xfb\r\n" in body
        with urlopen(Request(f"{address}a.js", headers={"Accept-Encoding": "gzip"})) as module:
            assert module.headers["Content-Encoding"] == "gzip"
            assert module.headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert module.headers["Content-Security-Policy"] == policy
        with pytest.raises(HTTPError) as missing:
            urlopen(f"{address}nowhere/")
        assert missing.value.code == 404
        assert "Absente" in missing.value.read().decode()
        assert missing.value.headers["Content-Security-Policy"] == policy

"""Builds the front end into cx280/pages/static/built/: staff and survey CSS, fonts, scripts.

Does nothing when no input has changed since the last build; `--force` builds anyway.
Needs node_modules (npm ci). Prints one line per file with its compressed size.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ASSETS = PROJECT / "cx280/pages/assets"
TELEMETRY = PROJECT / "cx280/telemetry/assets"
DELIVERY = PROJECT / "cx280/delivery/assets"
RESPONSES = PROJECT / "cx280/responses/assets"
BUILT = PROJECT / "cx280/pages/static/built"
NODE = PROJECT / "node_modules"
USWDS = NODE / "@uswds/uswds"
FONTS = USWDS / "dist/fonts/public-sans"
WEIGHTS = {"400": "Regular", "600": "SemiBold", "700": "Bold"}
# Latin-1 and typographic marks: all that most pages need, so that the public page fits 30 KB.
LETTERS = "U+20-7E,U+A0-FF,U+2013,U+2014,U+2018-201D,U+2022,U+2026,U+2212"
# Fetched only by a page that shows one of them (unicode-range in the style sheets).
MORE_LETTERS = (
    "U+100-17F,U+2010-2012,U+2015,U+2020,U+2021,U+2030,U+2039,U+203A,U+20AC,U+2122,"
    "U+2190-2193,U+2248,U+2260,U+2264,U+2265"
)
IMAGE = re.compile(r"url\((['\"]?)img/([^)'\"]+)\1\)")


def main() -> int:
    """0 when the built files stand; 2 with one sentence when they cannot be built."""
    if not USWDS.is_dir():
        say("node_modules is missing: run `npm ci` first.", error=True)
        return 2
    stamp = BUILT / ".inputs"
    wanted = digest_of_inputs()
    if "--force" not in sys.argv and stamp.is_file() and stamp.read_text() == wanted:
        return 0
    with tempfile.TemporaryDirectory(dir=BUILT.parent.parent) as folder:
        fresh = Path(folder) / "built"
        fresh.mkdir()
        try:
            build(fresh)
        except (subprocess.CalledProcessError, OSError) as problem:
            say(f"The front end was not built; the last one stands. {problem}", error=True)
            return 2
        (fresh / ".inputs").write_text(wanted)
        BUILT.parent.mkdir(exist_ok=True)
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.move(fresh, BUILT)
    for path in sorted(BUILT.glob("*.*")):
        if not path.name.startswith("."):
            say(f"{path.name:28} {compressed_size(path):>7,} bytes compressed")
    return 0


def build(folder: Path) -> None:
    """Every file of the front end, written into `folder`."""
    compile_css("staff.scss", folder / "staff.css")
    compile_css("survey.scss", folder / "survey.css")
    compile_css("kiosk.scss", folder / "kiosk.css")
    copy_images(folder)
    for weight, name in WEIGHTS.items():
        source = FONTS / f"PublicSans-{name}.ttf"
        subset(source, LETTERS, folder / f"public-sans-{weight}.woff2")
        subset(source, MORE_LETTERS, folder / f"public-sans-more-{weight}.woff2")
    shutil.copy(NODE / "htmx.org/dist/htmx.min.js", folder)
    shutil.copy(ASSETS / "staff.js", folder)
    minify(TELEMETRY / "cx.js", folder / "cx.js")
    minify(TELEMETRY / "try.js", folder / "try.js")
    minify(DELIVERY / "ask.js", folder / "ask.js", "--module")
    minify(DELIVERY / "frame.js", folder / "frame.js")
    minify(DELIVERY / "hold.js", folder / "hold.js")
    minify(RESPONSES / "kiosk.js", folder / "kiosk.js")
    minify(RESPONSES / "kiosk-worker.js", folder / "kiosk-worker.js")


def compile_css(source: str, target: Path) -> None:
    """One stylesheet, compressed, with the packages of USWDS on its path."""
    subprocess.run(
        [
            *[str(NODE / ".bin/sass"), "--style=compressed", "--no-source-map", "--quiet-deps"],
            *["--load-path", str(USWDS / "packages"), "--no-charset"],
            *[str(ASSETS / source), str(target)],
        ],
        check=True,
    )


def minify(source: Path, target: Path, *more: str) -> None:
    """The script without comments and with short names; other websites load it, so bytes count."""
    subprocess.run(
        [
            *[str(NODE / ".bin/terser"), str(source), *more, "--ecma", "2020", "--mangle"],
            *["--compress", "passes=3,ecma=2020,unsafe_arrows=true", "--output", str(target)],
        ],
        check=True,
    )


def copy_images(folder: Path) -> None:
    """The images that the stylesheet names, and no other."""
    for _, name in IMAGE.findall((folder / "staff.css").read_text(encoding="utf-8")):
        target = folder / "img" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(USWDS / "dist/img" / name, target)


def subset(source: Path, letters: str, target: Path) -> None:
    """The font with these letters only, as woff2, with kerning and even figures."""
    subprocess.run(
        [
            *[sys.executable, "-m", "fontTools.subset", str(source), f"--unicodes={letters}"],
            *["--layout-features=kern,tnum,lnum", "--flavor=woff2", "--no-hinting"],
            f"--output-file={target}",
        ],
        check=True,
    )


def digest_of_inputs() -> str:
    """One digest over everything that the built files depend on."""
    digest = hashlib.sha256()
    inputs = [Path(__file__), PROJECT / "package-lock.json"]
    for folder in (ASSETS, TELEMETRY, DELIVERY, RESPONSES):
        inputs += sorted(folder.iterdir())
    for path in inputs:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def compressed_size(path: Path) -> int:
    """Bytes over the wire: fonts are compressed already."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


def say(line: str, *, error: bool = False) -> None:
    """One line to the person who runs this."""
    (sys.stderr if error else sys.stdout).write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

"""Checks of what was installed: Python, the libraries, the files that ship, the terminal."""

import hashlib
import re
import sys
from base64 import urlsafe_b64encode
from importlib import import_module, resources
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources.abc import Traversable

from marsad import __version__
from marsad.doctor.finding import Said, fault, well
from marsad.errors import DataFileError

OLDEST_PYTHON = (3, 11)
ANEW = "install Marsad anew: pip install --force-reinstall marsad"
# Those with compiled parts, or with libraries of their own: there in name, they may still fail to load. ONNX Runtime is
# not among them: only the learned reader may load it, which first switches its telemetry off.
LOADED = (
    "numpy", "tokenizers", "sqlalchemy", "lxml.etree", "trafilatura", "htmldate", "pypdfium2", "docx", "openpyxl",
    "markdown_it", "starlette", "uvicorn", "jinja2", "python_multipart", "argon2", "httpcore2", "feedparser",
)  # fmt: skip
# What Marsad prints: quotes, bounds, the branches of a tree, its own name.
SIGNS = "“7–9” └── ✓ مرصد"


def python() -> Said:
    """Is Python new enough?"""
    said = f"Marsad {__version__} on Python {'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return fault(said, f"Marsad needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer")
    return well(said)


def libraries() -> Said:
    """Are all libraries there that Marsad requires, and do they load?"""
    package = _package()
    required = [] if package is None else required_by(package)
    missing = [name for name in required if not _is_installed(name)]
    broken = [name for name in LOADED if not _loads(name)]
    words = [f"{what}: {', '.join(names)}" for what, names in (("missing", missing), ("do not load", broken)) if names]
    if words:
        return fault("; ".join(words), ANEW)
    if package is None:
        return well(f"the {len(LOADED)} that are tried load; Marsad runs from its source, not installed")
    return well(f"all {len(required)} are there, and the {len(LOADED)} that are tried load")


def required_by(package: Distribution) -> list[str]:
    """Return the names of the packages that another requires whatever extras were chosen."""
    rows = [row for row in package.requires or () if "extra ==" not in row]
    return sorted({found.group() for row in rows if (found := re.match(r"[\w.-]+", row))})


def shipped_files() -> Said:
    """Are tables, lexicons and weights the bytes that were packed?"""
    package = _package()
    packed = {} if package is None else hashes_of(package)
    there = {name: file.read_bytes() for name, file in _walk(resources.files("marsad").joinpath("data"), "data")}
    bad = [name for name in sorted(packed) if _hash(there.get(name, b"")) != packed[name]]
    if bad or not there:
        return fault(f"{len(bad)} files of data are missing or altered: {', '.join(bad[:5]) or 'all'}", ANEW)
    listed = "".join(f"{name} {_hash(there[name])}\n" for name in sorted(there))
    whole = hashlib.sha256(listed.encode()).hexdigest()[:16]
    checked = "each as it was packed" if packed else "run from its source: no list to hold them against"
    return well(f"{len(there)} files of data, together {whole}; {checked}")


def hashes_of(package: Distribution) -> dict[str, str]:
    """Return the sha256 of each file of data as the package lists it (PEP 376's RECORD), by its path in the package."""
    listed = [file for file in package.files or () if file.hash is not None and file.hash.mode == "sha256"]
    inside = {file.as_posix().removeprefix("marsad/"): str(file.hash and file.hash.value) for file in listed}
    return {name: found for name, found in inside.items() if name.startswith("data/") and not name.endswith(".pyc")}


def tagger_ready() -> Said:
    """Are the learned reader's weights those that its card names, and does it start?"""
    try:
        from marsad.extract.tagger_model import load_model

        load_model()
    except (DataFileError, ImportError) as error:
        return fault(str(error), ANEW)
    return well("its weights are those that its card names, and it starts")


def gazetteer_ready() -> Said:
    """Is the gazetteer unpacked and whole, or can it be unpacked?"""
    from marsad.resolve.gazetteer import Gazetteer, cached_path, installed_path

    own = installed_path()
    try:
        file = own if own.exists() else cached_path()
        if not file.exists():
            return well("is there, and is unpacked when first needed")
        Gazetteer(file).require_whole()
    except DataFileError as error:
        return fault(str(error), "")
    return well(f"your own, whole: {file}" if file == own else f"unpacked and whole: {file}")


def terminal() -> Said:
    """Can the terminal show what Marsad prints?"""
    encoding = sys.stdout.encoding or "ascii"
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return fault(f"standard output takes {encoding}: quotes and trees cannot be printed", "export PYTHONUTF8=1")
    if not sys.stdout.isatty():
        return well(f"standard output is no terminal; it takes {encoding}")
    return well(f"takes {encoding}")


def _package() -> Distribution | None:
    try:
        return distribution("marsad")
    except PackageNotFoundError:
        return None


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _loads(module: str) -> bool:
    try:
        import_module(module)
    except (ImportError, OSError):
        return False
    return True


def _walk(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    """Return the files below a folder, without what Python makes of modules."""
    found = []
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            found += _walk(one, f"{name}/{one.name}")
        elif one.is_file():
            found.append((f"{name}/{one.name}", one))
    return found


def _hash(raw: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()

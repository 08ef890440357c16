"""The house keeps its order: a new arrow between rooms is a decision, made here and in docs/architecture.md."""

import ast
from pathlib import Path

import marsad

ROOT = Path(marsad.__file__).parent

GROUND = {
    "vocabulary", "model", "check", "passages", "numerals", "contract", "errors", "nature", "data", "sources", "limits",
    "placing", "",
}  # fmt: skip
STEPS = {"read", "extract", "resolve", "tally", "link"}
ABOVE = {
    "reading": STEPS | GROUND,
    "ledger": GROUND | {"link"},
    "store": GROUND | {"ledger"},
    "relink": GROUND | {"link", "ledger", "store"},
    "monitor": STEPS | GROUND | {"reading", "ledger", "relink", "store"},
    "added": GROUND | {"read", "ledger", "store", "relink"},
    "evaluate": GROUND | {"reading"},
    # Read to reading over many files, and the files of readings.
    "scale": GROUND | {"read", "reading"},
    # A record claim is compared by the ledger, with days, places and sides that resolve knows.
    "checking": GROUND | {"ledger", "resolve"},
    "suggesting": GROUND | {"ledger", "resolve"},
    "answers": GROUND | {"ledger"},
    "fetch": GROUND,
    "watch": GROUND | {"read", "reading", "ledger", "store", "relink", "monitor", "answers", "fetch"},
    "export": GROUND | {"ledger", "link", "resolve", "tally"},
    # Made of what a profile lets out, so that no sum gives away what is held back.
    "report": GROUND | {"ledger", "export", "checking", "resolve"},
    "imports": GROUND | {"read", "ledger", "link", "resolve", "tally", "export"},
    # Its pages show who actors are and which place a name means: the registry and the gazetteer are of resolve.
    "serve": GROUND
    | {"read", "reading", "resolve", "link", "ledger", "store", "relink", "monitor", "answers", "checking", "export"}
    | {"suggesting"},
    # It looks at what every room needs: weights, gazetteer, ledger, browser, OCR.
    "doctor": GROUND | {"read", "extract", "resolve", "reading", "store", "report"},
    "__main__": {"cli"},
    "face": STEPS | GROUND | {"reading", "ledger", "store", "relink", "monitor", "answers", "export", "imports"},
    "cli": STEPS
    | GROUND
    | {"reading", "ledger", "store", "relink", "monitor", "evaluate", "answers", "serve"}
    | {"added", "fetch", "watch", "export", "imports", "checking", "suggesting", "report", "doctor", "scale"},
}
GROUND_ARROWS = {
    "vocabulary": set[str](),
    "data": set[str](),
    "errors": set[str](),
    "": set[str](),
    "passages": set[str](),
    "nature": set[str](),
    "numerals": {"vocabulary", "model", "passages"},
    "model": {"vocabulary"},
    "check": {"model", "vocabulary", "errors"},
    "contract": {"model", "vocabulary", "errors"},
    "sources": {"model", "errors", "data"},
    "limits": {"errors"},
    "placing": {"errors"},
}


def room(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py").replace("__init__", "")


def imported_rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            base = node.module or ""
            names = [f"{base}.{a.name}" if base == "marsad" else base for a in node.names]
        for name in names:
            if name == "marsad" or name.startswith("marsad."):
                part = name.split(".")[1] if "." in name else ""
                found.add(part if (ROOT / part).exists() or (ROOT / f"{part}.py").exists() else "")
    return found


def test_every_arrow_points_down() -> None:
    allowed = {**GROUND_ARROWS, **{step: GROUND | {step} for step in STEPS}, **ABOVE}
    for path in sorted(ROOT.rglob("*.py")):
        here = room(path)
        assert here in allowed, f"{path}: a new room; say in tests/test_house.py what it may import"
        for other in imported_rooms(path):
            ok = other == here or other in allowed[here]
            assert ok, f"{path} imports marsad.{other}: {here or 'the package'} may not"


def test_modules_of_a_room_make_no_circle() -> None:
    arrows: dict[str, set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        arrows[name] = module_imports(path)
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in sorted(arrows.get(name, ())):
                visit(other, (*trail, name))
            done.add(name)

    for name in arrows:
        visit(name, ())


def module_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marsad"):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = ROOT.parent / Path(*whole.split("."))
                is_module = target.with_suffix(".py").exists() or target.is_dir()
                found.add(whole if is_module else str(node.module))
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.startswith("marsad.")}
    return found

"""The tree as the architecture tests see it: its Python files, their syntax, and what they import."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("data", "analytics", "benefits", "pages")
STARTERS = ("app.py", "run.py", "environment.py", "ports.py", "study.py")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, under version control; in a plain copy of the tree, every file but caches."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listed, cwd=ROOT, capture_output=True, check=False) if (ROOT / ".git").exists() else None
    if answer and answer.returncode == 0:
        found = [ROOT / name for name in answer.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not {".venv", "var", "__pycache__", ".git"} & set(path.parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def in_folder(folder: str, suffix: str = ".py") -> list[Path]:
    return [path for path in files() if path.suffix == suffix and path.is_relative_to(ROOT / folder)]


def product() -> list[Path]:
    """The Python files of the layers and of the starters: all but tests and notebooks."""
    return [path for layer in LAYERS for path in in_folder(layer)] + [ROOT / name for name in STARTERS]


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def nodes(module: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a module, walked once for all who ask."""
    return tuple(ast.walk(module))


@cache
def imports(path: Path, tree: ast.AST | None = None) -> tuple[tuple[str, int], ...]:
    """Every module a file names in an import, as a full dotted name, with its line."""
    return tuple(found for node in nodes(tree or syntax(path)) for found in direct_imports(path, node))


def direct_imports(path: Path, node: ast.AST) -> list[tuple[str, int]]:
    """What one node imports, by statement or by name; relative imports are resolved."""
    if isinstance(node, ast.Import):
        return [(alias.name, node.lineno) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        package = module_of(path).split(".")[: None if path.name == "__init__.py" else -1]
        above = package[: len(package) - node.level + 1] if node.level else []
        origin = ".".join([*above, *filter(None, [node.module])])
        return [(f"{origin}.{alias.name}", node.lineno) for alias in node.names]
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return []
    if ast.unparse(node.func).endswith(("import_module", "__import__")):
        return [(str(node.args[0].value), node.lineno)]
    return []


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes(syntax(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last statement, docstring and blank lines included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: function bodies and TYPE_CHECKING blocks left out."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _run_at_import(node)


def _run_at_import(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    if isinstance(node, ast.Lambda):
        return [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return [*node.orelse]
    if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
        return []
    return [*ast.iter_child_nodes(node)]


def docstrings(tree: ast.Module) -> set[ast.AST]:
    """The constants of a module that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in nodes(tree) if isinstance(node, owners) and node.body]
    return {node.value for node in first if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}

"""The tree of the tracker's image, made without Docker: what .dockerignore lets in, then the Dockerfile's own lines."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
LINES = ("pybabel", "collectstatic", "write_error_pages", "compileall")


def let_in() -> list[str]:
    """The files that `COPY . .` takes, of those that git knows or would know."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in rules, "everything is left out that is not named"
    named = [rule[1:] for rule in rules if rule.startswith("!")]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *named]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def steps(stage: str) -> list[str]:
    """The RUN lines of a stage, each as one line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    body = re.split(r"^FROM .* AS ", text, flags=re.M)
    found = next(part for part in body if part.startswith(f"{stage}\n"))
    return re.findall(r"^RUN (.+)$", found, flags=re.M)


def build(folder: Path) -> Path:
    """Run the steps that need no root in a copy. Returns the tree: code, messages, static files, pages."""
    tree = folder / "app"
    for name in let_in():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tree / name)
    lines = [line for line in steps("tracker") if any(word in line for word in LINES)]
    assert len(lines) == len(LINES)
    environment = {"PATH": PATH, "STATIC_ROOT": str(tree / "staticfiles"), "LANG": "C.UTF-8"}
    for line in lines:
        here = line.replace("/tmp/build", str(folder / "build"))  # noqa: S108 - as the Dockerfile calls it
        subprocess.run(["sh", "-euc", here], cwd=tree, env=environment, check=True)
    return tree

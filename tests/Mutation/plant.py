#!/usr/bin/env python3
"""Plants the known statistical mistakes of mistakes.json one at a time in a copy of the sources and asks the tests to notice.

Usage: tests/Mutation/plant.py [--copy FOLDER] [--only TEXT] [--report FILE]

A mistake is caught when the tests of its area fail, or, where these are silent, any test of its test project. A mistake whose
text does not stand exactly once in its file, or that does not compile, is an error of the list, not a mistake that was caught.
The exit code is 0 when every mistake was caught, 1 when one survived, 2 when the list or an unchanged copy is at fault.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUIET = ["-c", "Release", "--nologo", "-v", "quiet"]


def run(copy, *words):
    """One dotnet command in the copy: its exit code and all it printed."""
    done = subprocess.run(["dotnet", *words], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def build(copy, project):
    code, text = run(copy, "build", f"tests/{project}", "--no-restore", "-p:RunAnalyzers=false", *QUIET)
    return None if code == 0 else next((line for line in text.splitlines() if "error" in line), text)


def exchange(copy, mistake):
    """Builds the mistake's library alone and puts it beside the tests: no mistake changes what other libraries see of it."""
    library = pathlib.Path(*pathlib.Path(mistake["file"]).parts[:2])
    code, text = run(copy, "build", str(library), "--no-restore", "-p:RunAnalyzers=false", "-p:BuildProjectReferences=false", *QUIET)
    if code != 0:
        return next((line for line in text.splitlines() if "error" in line), text)
    for built in (copy / library).glob("bin/Release/*/MarginalConditional.*.dll"):
        if built.stem == f"MarginalConditional.{library.name}":
            shutil.copy(built, copy / "tests" / mistake["tests"] / "bin" / "Release" / built.parent.name)
    return None


def test(copy, project, area):
    """Whether the tests pass, and how many ran."""
    chosen = ["--filter", f"FullyQualifiedName~{area}"] if area else []
    code, text = run(copy, "test", f"tests/{project}", "--no-build", *chosen, "-c", "Release", "--nologo")
    count = re.search(r"Total:\s*(\d+)", text)
    return code == 0, int(count.group(1)) if count else 0


def planted(copy, mistake):
    """What became of one mistake: "caught by …", or "survived"."""
    path = copy / mistake["file"]
    original = path.read_text(encoding="utf-8")
    path.write_text(original.replace(mistake["before"], mistake["after"]), encoding="utf-8")
    try:
        problem = exchange(copy, mistake)
        if problem:
            raise SystemExit(f"plant.py: \"{mistake['name']}\" does not compile: {problem}")
        for area in (mistake["filter"], None):
            passes, count = test(copy, mistake["tests"], area)
            if not passes and count > 0:
                return f"caught by {mistake['tests']}" + (f", {area}" if area else "")
        return "survived"
    finally:
        path.write_text(original, encoding="utf-8")
        exchange(copy, mistake)


def check(mistakes):
    """Every text to be replaced stands exactly once in its file."""
    for mistake in mistakes:
        count = (ROOT / mistake["file"]).read_text(encoding="utf-8").count(mistake["before"])
        if count != 1:
            print(f"plant.py: the text of \"{mistake['name']}\" stands {count} times in {mistake['file']}.", file=sys.stderr)
            sys.exit(2)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copy", type=pathlib.Path, help="an existing copy with restored packages, to be used again")
    parser.add_argument("--only", default="", help="mistakes whose name or test project contains this text")
    parser.add_argument("--report", type=pathlib.Path, help="where the table is written, in Markdown")
    return parser.parse_args()


def main():
    options = arguments()
    everything = json.loads((ROOT / "tests/Mutation/mistakes.json").read_text(encoding="utf-8"))
    check(everything)
    mistakes = [m for m in everything if options.only in m["name"] or options.only in m["tests"]]
    copy = options.copy or pathlib.Path(tempfile.mkdtemp(prefix="planted-"))
    if not (copy / "src").exists():
        shutil.copytree(ROOT, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin", "obj", ".git"))
        run(copy, "restore", "MarginalConditional.sln", "-v", "quiet")
    for project in sorted({m["tests"] for m in mistakes}):
        problem = build(copy, project)
        if problem:
            print(f"plant.py: {project} does not build without a mistake: {problem}", file=sys.stderr)
            sys.exit(2)
    lines = ["| mistake | file | outcome |", "|---|---|---|"]
    survivors = 0
    for number, mistake in enumerate(mistakes, 1):
        outcome = planted(copy, mistake)
        survivors += outcome == "survived"
        lines.append(f"| {mistake['name']} | `{mistake['file']}` | {outcome} |")
        print(f"{number}/{len(mistakes)} {mistake['name']}: {outcome}", flush=True)
    print(f"{len(mistakes) - survivors} of {len(mistakes)} caught")
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()

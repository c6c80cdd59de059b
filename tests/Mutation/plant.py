#!/usr/bin/env python3
"""Plants the known statistical mistakes of mistakes.json one at a time in a copy of the sources and asks the tests to notice.

Usage: tests/Mutation/plant.py [--copy FOLDER] [--only TEXT] [--numbers 5,9-46] [--built] [--area] [--list FILE] [--report FILE] [--check]

A mistake is caught when the tests of its area fail, or, where these are silent, any test of its test project (not with --area).
A mistake whose text does not stand exactly once in its file, or that does not compile, is an error of the list, not a mistake
that was caught. The report names the first test that failed for each. --check plants nothing: it only looks for the texts.
The exit code is 0 when every mistake was caught, 1 when one survived, 2 when the list or an unchanged copy is at fault.
"""
import argparse
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUIET = ["-c", "Release", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=true"]


class Unplantable(Exception):
    """A mistake of the list itself."""


def run(copy, *words):
    """One dotnet command in the copy: its exit code and all it printed."""
    done = subprocess.run(["dotnet", *words], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def build(copy, project):
    code, text = run(copy, "build", f"tests/{project}", "--no-restore", *QUIET)
    return None if code == 0 else next((line for line in text.splitlines() if "error" in line), text)


def exchange(copy, mistake):
    """Builds the mistake's library alone and puts it beside the tests: no mistake changes what other libraries see of it.

    Returns the libraries that were replaced, as (path, bytes).
    """
    library = pathlib.Path(*pathlib.Path(mistake["file"]).parts[:2])
    code, text = run(copy, "build", str(library), "--no-restore", "-p:BuildProjectReferences=false", *QUIET)
    if code != 0:
        raise Unplantable("does not compile: " + next((line for line in text.splitlines() if "error" in line), text))
    replaced = []
    for built in (copy / library).glob(f"bin/Release/*/MarginalConditional.{library.name}.dll"):
        place = copy / "tests" / mistake["tests"] / "bin" / "Release" / built.parent.name / built.name
        replaced.append((place, place.read_bytes()))
        if replaced[-1][1] == built.read_bytes():
            raise Unplantable("changes nothing that is built")
        shutil.copy(built, place)
    return replaced


def test(copy, project, area):
    """The first test that failed, or None, and how many ran."""
    chosen = ["--filter", f"FullyQualifiedName~{area}"] if area else []
    built = next((copy / "tests" / project / "bin" / "Release").glob(f"*/MarginalConditional.{project}.dll"))
    code, text = run(copy, "test", str(built), *chosen, "--nologo")
    count = re.search(r"Total:\s*(\d+)", text)
    failed = re.search(r"^\s*Failed (MarginalConditional\.\S+)", text, re.MULTILINE)
    name = None if code == 0 else failed.group(1) if failed else "the end of the test process"
    return name, int(count.group(1)) if count else 0


def planted(copy, mistake, wider):
    """What became of one mistake: the test that caught it, or "survived"."""
    path = copy / mistake["file"]
    original = path.read_text(encoding="utf-8")
    if original.count(mistake["before"]) != 1:
        return "is not in this copy, which is older"
    path.write_text(original.replace(mistake["before"], mistake["after"]), encoding="utf-8")
    replaced = []
    try:
        replaced = exchange(copy, mistake)
        for area in (mistake["filter"], None) if wider else (mistake["filter"],):
            name, count = test(copy, mistake["tests"], area)
            if name and count > 0:
                return "`" + ".".join(name.split("(")[0].split(".")[-2:]) + f"` ({mistake['tests']})"
        return "survived"
    except Unplantable as problem:
        return str(problem)
    finally:
        path.write_text(original, encoding="utf-8")
        for place, library in replaced:
            place.write_bytes(library)


def check(mistakes):
    """Every text to be replaced stands exactly once in its file."""
    for mistake in mistakes:
        count = (ROOT / mistake["file"]).read_text(encoding="utf-8").count(mistake["before"])
        if count != 1:
            print(f"plant.py: the text of \"{mistake['name']}\" stands {count} times in {mistake['file']}.", file=sys.stderr)
            sys.exit(2)


def numbered(words):
    """The numbers of "5,9-46"."""
    ends = [word.split("-") for word in words.split(",")]
    return {number for end in ends for number in range(int(end[0]), int(end[-1]) + 1)}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copy", type=pathlib.Path, help="an existing copy with restored packages, to be used again")
    parser.add_argument("--only", default="", help="mistakes whose name or test project contains this text")
    parser.add_argument("--numbers", type=numbered, help="mistakes by their place in the list, as 5,9-46")
    parser.add_argument("--list", type=pathlib.Path, default=ROOT / "tests/Mutation/mistakes.json", help="other mistakes, as in mistakes.json")
    parser.add_argument("--check", action="store_true", help="only look whether every text stands exactly once in its file")
    parser.add_argument("--built", action="store_true", help="the copy is built without a mistake already, in Release")
    parser.add_argument("--area", action="store_true", help="only the tests of a mistake's area, not all of its test project")
    parser.add_argument("--report", type=pathlib.Path, help="where the table is written, in Markdown")
    return parser.parse_args()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # so that the copy is left as it was
    options = arguments()
    everything = json.loads(options.list.read_text(encoding="utf-8"))
    check(everything)
    if options.check:
        sys.exit(0)
    chosen = [m for k, m in enumerate(everything, 1) if options.numbers is None or k in options.numbers]
    mistakes = [m for m in chosen if options.only in m["name"] or options.only in m["tests"]]
    copy = options.copy or pathlib.Path(tempfile.mkdtemp(prefix="planted-"))
    if not (copy / "src").exists():
        shutil.copytree(ROOT, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin", "obj", ".git"))
        run(copy, "restore", "MarginalConditional.sln", "-v", "quiet")
    for project in [] if options.built else sorted({m["tests"] for m in mistakes}):
        problem = build(copy, project)
        if problem:
            print(f"plant.py: {project} does not build without a mistake: {problem}", file=sys.stderr)
            sys.exit(2)
    lines = ["| mistake | file | caught by |", "|---|---|---|"]
    outcomes = []
    for number, mistake in enumerate(mistakes, 1):
        outcome = planted(copy, mistake, not options.area)
        outcomes.append(outcome)
        name = pathlib.Path(mistake["file"]).name
        lines.append(f"| {mistake['name']} | [{name}](../{mistake['file']}) | {outcome} |")
        print(f"{number}/{len(mistakes)} {mistake['name']}: {outcome}", flush=True)
        if options.report:
            options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    caught = sum(outcome.startswith("`") for outcome in outcomes)
    print(f"{caught} of {len(mistakes)} caught")
    sys.exit(0 if caught == len(mistakes) else 1 if caught + outcomes.count("survived") == len(mistakes) else 2)


if __name__ == "__main__":
    main()

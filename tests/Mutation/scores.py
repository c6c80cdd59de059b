#!/usr/bin/env python3
"""Summarises Stryker's reports: the score of every folder as a Markdown table, and below it each mutant that no test noticed.

Usage: tests/Mutation/scores.py REPORTS     (the folder that stryker.sh wrote to)

A mutant counts as noticed when a test failed or ran out of time. Those of equivalent.json, which change no result that anybody could
see, are counted apart: they are in neither part of the score. Mutants of several reports are put together, the later report
deciding, whatever folder or project a report is of; those of lines that no longer stand in the file are left out. Rows of projects
are the sums of their folders.
"""
import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def mutants(report):
    """The mutants that were tried, by file within the repository, place and replacement: line, text of the line, status."""
    for file, content in report["files"].items():
        lines = content["source"].splitlines()
        name = file[file.index("/src/") + 1:]
        now = {line.strip() for line in (ROOT / name).read_text(encoding="utf-8-sig").splitlines()}
        for mutant in content["mutants"]:
            if mutant["status"] in ("Killed", "Timeout", "Survived", "NoCoverage"):
                start = mutant["location"]["start"]
                becomes = " ".join(mutant.get("replacement", "").split())
                text = lines[start["line"] - 1].strip()
                if text in now:
                    yield (name, text, start["column"], becomes), (start["line"], mutant["status"])


def row(name, found):
    """A row of the table, and the columns' numbers: tried, noticed, equivalent, survived."""
    tried, noticed, same, survived = found
    return f"| {name} | {tried} | {noticed} | {same} | {survived} | {100 * noticed / max(1, tried - same):.0f} % |"


def main():
    equivalent = {(e["file"], e["line"], e["becomes"])
                  for e in json.loads((ROOT / "tests/Mutation/equivalent.json").read_text(encoding="utf-8"))}
    found = {}
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("mutation-report.json"), key=lambda path: path.stat().st_mtime):
        for key, value in mutants(json.loads(path.read_text(encoding="utf-8"))):
            found[key] = value
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    survivors = []
    for (file, line, column, becomes), (number, status) in sorted(found.items(), key=lambda item: (item[0][0], item[1][0])):
        missed = status in ("Survived", "NoCoverage")
        same = missed and (file, line, becomes) in equivalent
        parts = file.split("/")
        for name in ("/".join(parts[:2]), "/".join(parts[:3 if len(parts) > 3 else 2]) + "/"):
            for place, counts in enumerate((True, not missed, same, missed and not same)):
                sums[name][place] += counts
        if missed and not same:
            survivors.append(f"\n{file}:{number} ({status})\n  {line}\n  {becomes}")
    print("| folder | mutants | noticed | equivalent | survived | score |\n|---|---|---|---|---|---|")
    for name in sorted(sums):
        print(row(f"`{name.rstrip('/')}`" + (" (beside its folders)" if name.count("/") == 2 else ""), sums[name])
              if name.endswith("/") else row(f"**`{name}`**", sums[name]))
    print("\n".join(survivors))


if __name__ == "__main__":
    main()

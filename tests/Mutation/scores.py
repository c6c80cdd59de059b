#!/usr/bin/env python3
"""Summarises Stryker's reports: the score of every folder as a Markdown table, and below it each mutant that no test noticed.

Usage: tests/Mutation/scores.py REPORTS     (the folder that stryker.sh wrote to)

A mutant counts as noticed when a test failed or ran out of time. Those of equivalent.json, which change no result that anybody could
see, are counted apart: they are in neither part of the score.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def mutants(report):
    """The mutants that were tried: file within the repository, line, text of the line, replacement, status."""
    for file, content in report["files"].items():
        lines = content["source"].splitlines()
        name = file[file.index("/src/") + 1:]
        for mutant in content["mutants"]:
            if mutant["status"] in ("Killed", "Timeout", "Survived", "NoCoverage"):
                number = mutant["location"]["start"]["line"]
                yield name, number, lines[number - 1].strip(), " ".join(mutant.get("replacement", "").split()), mutant["status"]


def main():
    equivalent = {(e["file"], e["line"], e["becomes"]): e["why"]
                  for e in json.loads((ROOT / "tests/Mutation/equivalent.json").read_text(encoding="utf-8"))}
    table = ["| folder | mutants | noticed | equivalent | survived | score |", "|---|---|---|---|---|---|"]
    survivors = []
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("mutation-report.json")):
        found = list(mutants(json.loads(path.read_text(encoding="utf-8"))))
        if not found:
            continue
        missed = [m for m in found if m[4] in ("Survived", "NoCoverage")]
        open_ones = [m for m in missed if (m[0], m[2], m[3]) not in equivalent]
        same = len(missed) - len(open_ones)
        noticed = len(found) - len(missed)
        folder = path.relative_to(sys.argv[1]).parts[0].replace("+", "/")
        score = f"{100 * noticed / max(1, len(found) - same):.0f} %"
        table.append(f"| `{folder}` | {len(found)} | {noticed} | {same} | {len(open_ones)} | {score} |")
        survivors += open_ones
    print("\n".join(table))
    for file, number, line, becomes, status in survivors:
        print(f"\n{file}:{number} ({status})\n  {line}\n  {becomes}")


if __name__ == "__main__":
    main()

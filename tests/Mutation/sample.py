#!/usr/bin/env python3
"""Prints Stryker's settings for a folder of sources, or a project: which files or members are mutated, and which tests are asked.

Usage: tests/Mutation/sample.py FOLDER EVERY AREAS     (for example src/Gee/Covariance 4 Covariance,Inference; 1 takes all members)

A member is what blank lines set apart in a type. Every one is in the sample or not by the CRC of its file's name and its text,
so that the sample is the same on each machine, and a member that nobody touched stays in it or out of it. AREAS are parts of the
names of the tests that cover the folder, or "all".
"""
import json
import pathlib
import re
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Words for people and the checks of a caller's arguments are held by other tests.
SETTINGS = {
    "configuration": "Release",
    "concurrency": 1,
    "coverage-analysis": "perTest",
    # Milliseconds beside half as long again as a test took: a busy machine is no endless loop.
    "additional-timeout": 20000,
    "mutation-level": "Standard",
    "reporters": ["json"],
    "ignore-mutations": ["string"],
    "ignore-methods": ["*Exception.ctor", "ArgumentNullException.ThrowIfNull"],
}


def members(text):
    """Spans of characters, from one member of a type to before the next."""
    starts = [0] + [found.end() for found in re.finditer(r"\n[ \t]*\n(?=    \S)", text)]
    return list(zip(starts, starts[1:] + [len(text)]))


def chosen(path, every):
    """The spans of a file that are in the sample."""
    text = path.read_text(encoding="utf-8-sig")
    return [(start, end) for start, end in members(text) if zlib.crc32((path.name + text[start:end]).encode()) % every == 0]


def patterns(folder, every):
    """What Stryker's "mutate" takes: a file by its path within the project, and its spans where not all of it is in the sample."""
    project = ROOT / pathlib.Path(*folder.relative_to(ROOT).parts[:2])
    for path in sorted(folder.rglob("*.cs")) if folder.is_dir() else [folder]:
        if "obj" in path.relative_to(ROOT).parts:
            continue
        spans = "" if every == 1 else "".join(f"{{{start}..{end}}}" for start, end in chosen(path, every))
        if spans or every == 1:
            yield f"{path.relative_to(project)}{spans}"


def main():
    folder, every, areas = ROOT / sys.argv[1], int(sys.argv[2]), sys.argv[3]
    settings = dict(SETTINGS, project=folder.relative_to(ROOT).parts[1] + ".csproj", mutate=list(patterns(folder, every)))
    if areas != "all":
        settings["test-case-filter"] = "|".join(f"FullyQualifiedName~{area}" for area in areas.split(","))
    print(json.dumps({"stryker-config": settings}, indent=2))


if __name__ == "__main__":
    main()

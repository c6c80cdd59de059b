"""What the scripts peer_*.py share: reading a peer's repository, and writing a suite of tests/reference/suites.

A script takes a clone of the peer's repository (bare or not) and writes one JSON file; numbers keep the digits with which
they are printed, as text.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.dirname(HERE)


def read(repository, path, binary=False):
    """A file of the newest commit."""
    out = subprocess.run(["git", "-C", repository, "show", "HEAD:" + path], check=True, capture_output=True).stdout
    return out if binary else out.decode("utf-8").replace("\r", "")


def commit(repository):
    return subprocess.run(["git", "-C", repository, "rev-parse", "--short=9", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def repository():
    if len(sys.argv) != 2:
        sys.exit("usage: %s CLONE" % sys.argv[0])
    return sys.argv[1]


NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"


def numbers(text):
    """All numbers of a text, as they are written."""
    return re.findall(NUMBER, text)


def after(text, anchor, start=0):
    """The text behind the first place of an anchor."""
    place = text.index(anchor, start)
    return text[place + len(anchor):]


def check(at, value, **more):
    """A value at a path into the program's JSON."""
    return dict({"at": at, "value": str(value)}, **more)


def coefficient(term, what, value, **more):
    return check(["coefficients", {"term": term}, what], value, **more)


def coefficients(terms, what, values, **more):
    assert len(terms) == len(values), (terms, values)
    return [coefficient(term, what, value, **more) for term, value in zip(terms, values)]


def table(terms, estimates, errors, **more):
    """Estimates with their standard errors; an estimate smaller than its error is measured beside that."""
    checks = []
    for term, estimate, error in zip(terms, estimates, errors, strict=True):
        size = {"beside": float(error)} if abs(float(estimate)) < float(error) else {}
        checks.append(coefficient(term, "estimate", estimate, **size))
    return checks + coefficients(terms, "se", errors, **more)


def case(name, call, checks, data=None, **more):
    item = {"name": name}
    if data:
        item["data"] = data
    return dict(item, call=call, checks=checks, **more)


def write(name, peer, source, made_by, cases, **more):
    suite = dict({"peer": peer, "source": source, "madeBy": made_by}, **more)
    suite["cases"] = cases
    folder = os.path.join(REFERENCE, "suites")
    os.makedirs(folder, exist_ok=True)
    text = json.dumps(suite, indent=1, ensure_ascii=False)
    # A check a line keeps the file readable and its differences small.
    text = re.sub(r"\{\s+\"at\": \[[^{}]*?(?:\{[^{}]*\}[^{}]*?)*\]\s*,[^{}]*\}", lambda m: re.sub(r"\s*\n\s*", " ", m.group(0)), text)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        file.write(text + "\n")
    print(name, len(cases), "cases", sum(len(item["checks"]) for item in cases), "numbers")


def write_data(name, header, lines):
    with open(os.path.join(REFERENCE, "data", name + ".csv"), "w", encoding="utf-8") as file:
        file.write("\n".join([header] + lines) + "\n")

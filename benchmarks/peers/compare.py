"""Runs the lines of comparisons.txt and prints, for each, both times, their ratio and the largest difference of estimates."""
import glob
import os
import shlex
import subprocess
import sys


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    line = next((text for text in done.stdout.splitlines() if text.startswith("seconds ")), None)
    if line is None:
        raise RuntimeError((done.stderr or done.stdout).strip().splitlines()[-1:] or "no output")
    words = line.split()
    return float(words[1]), [float(word) for word in words[words.index("estimates") + 1:] if word.lstrip("-+.").replace(".", "", 1)[:1].isdigit()]


def main(folder, data, wanted):
    programs = glob.glob(os.path.join(folder, "..", "Benchmarks", "bin", "Release", "*", "Benchmarks.dll"))
    own = ["dotnet", os.path.abspath(max(programs, key=os.path.getmtime)), "fit"]
    print(f"{'comparison':<40}{'project s':>11}{'peer s':>11}{'ratio':>9}{'difference':>12}")
    failed = False
    for line in open(os.path.join(folder, "comparisons.txt"), encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        name, project, peer, tolerance = (part.strip() for part in line.split("|"))
        if wanted not in name:
            continue
        project = own + shlex.split(project.replace("DATA", data))
        peer = shlex.split(peer.replace("DATA", data))
        peer = own + peer[1:] if peer[0] == "OWN" else peer
        try:
            seconds, estimates = run(project, folder)
            peer_seconds, peer_estimates = run(peer, folder)
        except RuntimeError as problem:
            print(f"{name:<40}  failed: {problem}", flush=True)
            failed = True
            continue
        difference = max(abs(a - b) for a, b in zip(estimates, peer_estimates))
        same = len(estimates) > 0 and difference <= float(tolerance)
        failed |= not same
        print(f"{name:<40}{seconds:>11.4f}{peer_seconds:>11.3f}{peer_seconds / seconds:>9.1f}{difference:>12.1e}{'' if same else '  DIFFERENT'}", flush=True)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:4]))

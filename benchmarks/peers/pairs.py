"""User and system seconds of whole programs in turn, and the median of each one's ratio to the first.

Usage: python3 pairs.py RUNS PROGRAM PROGRAM... -- ARGUMENTS
"""
import resource
import statistics
import subprocess
import sys


def run(program, arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def main(runs, *rest):
    split = rest.index("--")
    programs, arguments = rest[:split], rest[split + 1:]
    times = [[run(program, arguments) for program in programs] for _ in range(int(runs))]
    for k, program in enumerate(programs):
        user, system = ([row[k][part] for row in times] for part in (0, 1))
        ratio = statistics.median(row[k][0] / row[0][0] for row in times)
        print(f"{program:<40} user {statistics.median(user):.3f} system {statistics.median(system):.3f} ratio {ratio:.2f}", flush=True)


main(*sys.argv[1:])

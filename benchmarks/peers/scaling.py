"""Times the mixed model on growing parts of the large trial: `scaling.py DATA`. Time per row, drawn as a bar, should stand still."""
import glob
import os
import subprocess
import sys
import tempfile

folder = os.path.dirname(os.path.abspath(__file__))
program = max(glob.glob(os.path.join(folder, "..", "Benchmarks", "bin", "Release", "*", "Benchmarks.dll")), key=os.path.getmtime)
lines = open(os.path.join(sys.argv[1], "large.csv"), encoding="utf-8").read().splitlines()
print(f"{'rows':>10}{'seconds':>10}{'microseconds a row':>20}")
for rows in (10_000, 30_000, 100_000, 300_000, 1_000_000):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as part:
        part.write("\n".join(lines[: rows + 1]) + "\n")
        part.flush()
        done = subprocess.run(["dotnet", program, "fit", "glmm", "15", part.name, "0", "3"], capture_output=True, text=True, check=True)
        seconds = float(done.stdout.split()[1])
        print(f"{rows:>10,}{seconds:>10.3f}{1e6 * seconds / rows:>20.2f}  {'#' * round(2e7 * seconds / rows)}", flush=True)

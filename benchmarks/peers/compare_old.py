"""User seconds of `margcond compare` by two builds, run in pairs: compare_old.py OLD.dll NEW.dll medium.csv [pairs]."""
import resource
import statistics
import subprocess
import sys

OLD, NEW, DATA = sys.argv[1:4]
PAIRS = int(sys.argv[4]) if len(sys.argv) > 4 else 5
MODEL = "y ~ trt * time + x1 + x2 + (1 | id)"


def user_seconds(build):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(["dotnet", build, "compare", DATA, MODEL, "--threads", "1"], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


pairs = [(user_seconds(OLD), user_seconds(NEW)) for _ in range(PAIRS)]
for old, new in pairs:
    print(f"old {old:.2f}  new {new:.2f}  ratio {old / new:.1f}")
print(f"median ratio {statistics.median(old / new for old, new in pairs):.1f}")

namespace MarginalConditional.Load.Faults;

/// <summary>A test that mounts a disk of its own; skipped by name where it may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Missing = new(() => SmallDisk.Missing);

    public DiskTheoryAttribute() => Skip = Missing.Value;
}

namespace MarginalConditional.Load;

/// <summary>A test of signals, folders' rights and shells as Unix has them; skipped by name elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals." : null;
}

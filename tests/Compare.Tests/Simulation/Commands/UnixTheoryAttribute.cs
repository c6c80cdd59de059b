namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>Tests whose child processes are shell scripts.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = Child.Missing;
}

namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>A test whose child processes are shell scripts.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = Child.Missing;
}

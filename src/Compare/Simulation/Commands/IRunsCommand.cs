namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A part of a study whose work is done by a child process.</summary>
public interface IRunsCommand
{
    /// <summary>The command; the runner ends its children when a run is over.</summary>
    ChildCommand Command { get; }
}

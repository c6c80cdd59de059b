namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A part of a study whose work is done by a child process.</summary>
public interface IRunsCommand
{
    /// <summary>Its children, which the runner ends when a run is over.</summary>
    ChildPool Children { get; }
}

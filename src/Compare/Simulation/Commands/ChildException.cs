namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A child process that gave no answer: it ended, took too long, or said something else.</summary>
public sealed class ChildException : Exception
{
    /// <summary>Says what happened.</summary>
    public ChildException(string message)
        : base(message)
    {
    }

    /// <summary>Says what happened, and why.</summary>
    public ChildException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

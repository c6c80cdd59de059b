using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A method that a child process computes, in R, Python or anything else that reads and writes lines.</summary>
/// <remarks>
/// The child is told the replicate's own seed, so that a bootstrap in it is reproducible. A child that ends, takes too long or answers
/// with anything but an estimate is a failure of that replicate, counted with what it said; the next replicate gets a new child.
/// </remarks>
public sealed class CommandEstimator : IEstimator, IRunsCommand, IOrdinalMethod
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required IEstimand Target { get; init; }

    /// <inheritdoc/>
    public required ChildCommand Command { get; init; }

    /// <summary>Whether the data go to the child as a file, whose path it is told; otherwise they stand in the line itself.</summary>
    public bool ByPath { get; init; }

    /// <inheritdoc/>
    bool IOrdinalMethod.Takes(bool ordered) => true;

    /// <inheritdoc/>
    /// <exception cref="ChildException">The child gave no estimate.</exception>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var seed = ChildSeed.Of(replicate.Stream);
        if (!ByPath)
        {
            return Ask(replicate, seed, null);
        }

        var path = Path.Combine(Path.GetTempPath(), "margcond-" + Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllText(path, replicate.Csv);
            return Ask(replicate, seed, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private EffectEstimate Ask(Replicate replicate, int seed, string? path) =>
        StudyProtocol.Answer(Command, ChildPool.Of(Command).Ask(StudyProtocol.Estimate(Name, replicate, seed, path)));
}

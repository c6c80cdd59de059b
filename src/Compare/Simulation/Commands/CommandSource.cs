using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>Data that a child process generates, with what the methods are to make of them.</summary>
public sealed class CommandSource : IDataSource, ITruthSource, IRunsCommand
{
    /// <summary>The kind of truth that a study file gives.</summary>
    public const string GivenLabel = "given";

    /// <summary>The scenario's settings, as the child is told them.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <inheritdoc/>
    public required ChildCommand Command { get; init; }

    /// <summary>The model and the clusters.</summary>
    public required FrameRequest Request { get; init; }

    /// <summary>The outcome's distribution.</summary>
    public required Family Family { get; init; }

    /// <summary>The link.</summary>
    public required Link Link { get; init; }

    /// <summary>The column of the design whose coefficient is the effect of interest.</summary>
    public required string Effect { get; init; }

    /// <summary>The true values that the study file gives, by the estimand's name.</summary>
    public IReadOnlyDictionary<string, double> Truths { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Whether two replicates may have the same data, as they have by chance when few values are possible.</summary>
    public bool AllowsRepeats { get; init; }

    /// <inheritdoc/>
    public bool IsContinuous => Family == Family.Gaussian;

    /// <inheritdoc/>
    public AnalysisModel ModelOf(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var column = frame.Design.Names.ToList().IndexOf(Effect);
        return column >= 0
            ? new AnalysisModel(Family, Link, column)
            : throw new Data.InputException($"The data of the command \"{Command}\" have no coefficient \"{Effect}\".")
            {
                Hint = $"The formula gives {string.Join(", ", frame.Design.Names)}: name one of them as \"effect\".",
            };
    }

    /// <inheritdoc/>
    public IDataGenerator Open() => new CommandGenerator(this);

    /// <inheritdoc/>
    public (double Value, string Label)? TruthOf(IEstimand estimand)
    {
        ArgumentNullException.ThrowIfNull(estimand);
        return Truths.TryGetValue(estimand.Name, out var value) ? (value, GivenLabel) : null;
    }
}

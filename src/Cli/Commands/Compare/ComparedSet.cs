using MarginalConditional.Compare;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What came of comparing on one data set: a trial by cluster, one by person, or separated outcomes.</summary>
/// <param name="Clusters">The comparison of a trial by cluster; null for another.</param>
/// <param name="Persons">The comparison of a trial by person; null for another.</param>
/// <param name="Separated">The fit of separated outcomes, which are not compared; null for others.</param>
/// <param name="Answers">What was asked of arms.</param>
internal sealed record ComparedSet(
    ModelComparison? Clusters, PersonComparison? Persons, GlmmFit? Separated, ArmAnswers Answers)
{
    /// <summary>Why the trial is by person although clusters were named; null where none were.</summary>
    public string? HiddenSpread { get; init; }

    /// <summary>The rows.</summary>
    public ModelFrame Frame => Clusters?.Frame ?? Persons?.Frame ?? Separated!.Frame;

    /// <summary>How it ended.</summary>
    public Convergence Convergence => Clusters?.Convergence ?? Persons?.Convergence ?? Separated!.Convergence;
}

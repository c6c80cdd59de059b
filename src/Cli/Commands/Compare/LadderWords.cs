using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What rungs and steps of a ladder are called: whom it is about, what they are averaged over, and what that comes to.</summary>
internal sealed record LadderWords
{
    private const int MostCovariates = 2;

    /// <summary>A step this small is rounding.</summary>
    private const double Rounding = 1e-9;

    /// <summary>One person, such as <c>patient</c>.</summary>
    public required string Person { get; init; }

    /// <summary>Several of them.</summary>
    public required string Persons { get; init; }

    /// <summary>One cluster, such as <c>site</c>; null in a trial by person.</summary>
    public string? Unit { get; init; }

    /// <summary>Several of them; null in a trial by person.</summary>
    public string? Units { get; init; }

    /// <summary>One row where a cluster is a person seen several times, such as <c>row</c>; null where rows are persons.</summary>
    public string? Row { get; init; }

    /// <summary>The covariates of the model.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>σ between clusters; null where it is not one number.</summary>
    public double? Spread { get; init; }

    /// <summary>p below which a step is more than chance would leave.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Whose answer a rung is.</summary>
    public string Whose(LadderRung rung) => rung.Rung switch
    {
        0 when Row is not null => $"this {Person}",
        0 => $"this {Person}, at this {Unit}",
        1 when Unit is null || Row is not null => $"{Persons} like this one",
        1 => $"{Persons} like this one, at all {Units}",
        2 => $"all {Persons}, if the model holds",
        3 when Unit is null => $"all {Persons}, whatever the model",
        3 => rung.Weighting == ClusterWeighting.Cluster ? EachCluster : EachPerson,
        _ => rung.Weighting == ClusterWeighting.Cluster ? EachPerson : EachCluster,
    };

    /// <summary>The same with the rung's number before it, by which the checks and the verdict speak of it.</summary>
    public string Numbered(LadderRung rung) => FormattableString.Invariant($"{rung.Rung}: {Whose(rung)}");

    /// <summary>What a step does.</summary>
    public string Averaging(LadderStep step) => step.To switch
    {
        1 => $"averaged over {Units}",
        2 => "averaged over covariates",
        3 => "whatever the model",
        _ => step.Weighting == ClusterWeighting.Cluster ? $"each {Row ?? Person} counts once" : $"each {Unit} counts once",
    };

    /// <summary>Why the next rung differs, as far as the step's test tells.</summary>
    public string Reason(LadderStep step) =>
        step.IsZeroByIdentity ? Identity(step)
        : step.To == 1 && IsNothing(step) ? $"0: {Units} do not differ (\u03C3 = 0)"
        : step.To == 2 && (IsNothing(step) || (Covariates.Count == 0 && Math.Abs(step.Inference.Estimate) < Rounding))
            ? "0: no covariates to average over"
        : IsOfEqualSizes(step) ? Row is null ? $"0: all {Units} are of one size" : $"0: all {Units} have as many rows"
        : double.IsNaN(step.Inference.PValue) ? "not tested"
        : step.Inference.PValue < Alpha ? Sign(step)
        : step.To switch
        {
            1 or 2 => "no more than chance would leave",
            3 => "no sign that it misses",
            _ => "no sign that size matters",
        };

    /// <summary>Whether a step has no size and no error: nothing is averaged over.</summary>
    public static bool IsNothing(LadderStep step) =>
        step.IsZeroByIdentity || (step.Inference.Estimate == 0 && step.Inference.StandardError == 0);

    /// <summary>
    /// Whether the two averages are one because all clusters count alike in both: the step is zero up to rounding and has no error.
    /// </summary>
    private static bool IsOfEqualSizes(LadderStep step) =>
        step.To == 4 && double.IsNaN(step.Inference.PValue) && Math.Abs(step.Inference.Estimate) < Rounding;

    private string EachPerson => $"all {Persons} (each {Row ?? Person} counts once)";

    private string EachCluster => $"all {Units} (each {Unit} counts once)";

    private string Identity(LadderStep step) => step.To switch
    {
        3 => "0: the model's means are the arms' own",
        2 when Covariates.Count == 0 => "0: no covariates to average over",
        _ => $"0: {(step.Scale.StartsWith("log ", StringComparison.Ordinal) ? step.Scale[4..] : step.Scale)}s collapse",
    };

    private string Sign(LadderStep step) => step.To switch
    {
        1 => $"{Units} differ{(Spread is { } sigma ? $", \u03C3 = {Figures.Fixed(sigma, 2)}" : string.Empty)}",
        2 when step.Cause != "covariates differ" => step.Cause,
        2 => Covariates.Count == 1 ? $"{Covariates[0]} predicts the outcome"
            : $"{(Covariates.Count <= MostCovariates ? string.Join(", ", Covariates) : "covariates")} predict the outcome",
        3 => "the model misses",
        _ => "size matters",
    };
}

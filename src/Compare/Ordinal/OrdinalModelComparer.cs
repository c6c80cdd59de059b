using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>Fits an ordered outcome both ways and compares what comes out.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Ordinal;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data,
///     new FrameRequest { Formula = FormulaParser.Parse("score ~ arm + (1 | site)"), Cluster = "site", HasOrderedOutcome = true });
/// Console.WriteLine(OrdinalModelComparer.Compare(frame, new OrdinalComparisonOptions { Treatment = "arm" }));
/// </code>
/// </example>
public static class OrdinalModelComparer
{
    /// <summary>Fits the marginal and the conditional model of a frame and compares them.</summary>
    /// <param name="frame">Shared by both fits: an ordered outcome, clusters, random terms within them.</param>
    /// <param name="options">What to compare and how to fit it.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">Random effects reach across the clusters.</exception>
    public static OrdinalComparison Compare(
        ModelFrame frame, OrdinalComparisonOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(options);
        return Compare(OrdinalGeeFitter.Fit(frame, options.Gee), OrdinalGlmmFitter.Fit(frame, options.Glmm), options);
    }

    /// <summary>Compares two fits of one frame.</summary>
    /// <exception cref="InputException">Random effects reach across the clusters.</exception>
    public static OrdinalComparison Compare(
        OrdinalGeeFit gee, OrdinalGlmmFit glmm, OrdinalComparisonOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(gee);
        ArgumentNullException.ThrowIfNull(glmm);
        ArgumentNullException.ThrowIfNull(options);
        if (!ReferenceEquals(gee.Frame, glmm.Frame) || gee.Options.Link != glmm.Link
            || !gee.Options.Nominal.SequenceEqual(glmm.Options.NominalColumns))
        {
            throw new ArgumentException("The fits have to share the frame, the link and the nominal columns.", nameof(glmm));
        }

        var effects = TreatmentEffect.Find(gee.Frame.Design, options.Treatment);
        if (effects.Count == 0)
        {
            throw new ArgumentException($"No coefficient of the design belongs to \"{options.Treatment}\".", nameof(options));
        }

        (var asked, var notes) = TimeQuestion.Of(gee.Frame, options.AsBinary(), effects, withPeriods: false);
        options = options with { At = asked.At, Between = asked.Between };
        var inference = GeeInference.Of(gee.Indicators, options.Variance, options.DegreesOfFreedom, options.Level);
        if (glmm.HasInfiniteEstimates || !glmm.Convergence.Converged || !gee.Indicators.Convergence.Converged)
        {
            return new OrdinalComparison
            {
                Options = options,
                Gee = gee,
                Inference = inference,
                Glmm = glmm,
                Warnings = Warnings(gee, glmm),
                Verdict = ["One of the fits did not converge, so the two answers cannot be compared."],
            };
        }

        if (glmm.ClusterScores.IsEmpty)
        {
            throw new InputException($"The random effects reach across values of {glmm.Frame.Clusters.Name}, and an ordinal comparison "
                + "needs independent clusters.")
            {
                Hint = "Name a cluster that holds all groups of the random effects by --cluster, or leave a grouping out.",
            };
        }

        var comparison = new OrdinalComparisonBuilder(inference, gee, glmm, options, effects).Build();
        return comparison with
        {
            Notes = [.. comparison.Notes, .. notes],
            Warnings = Warnings(gee, glmm),
            Spread = glmm.RandomEffects is [{ Dimension: 1 } only] ? only.StandardDeviations[0] : null,
        };
    }

    private static IReadOnlyList<string> Warnings(OrdinalGeeFit gee, OrdinalGlmmFit glmm) =>
        [.. gee.Indicators.Warnings.Concat(glmm.Warnings).Distinct(StringComparer.Ordinal)];
}

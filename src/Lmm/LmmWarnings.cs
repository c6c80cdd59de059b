using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm;

/// <summary>The sentences that go with a fit.</summary>
internal static class LmmWarnings
{
    /// <summary>What the reader should know.</summary>
    public static IReadOnlyList<string> Of(
        ModelFrame frame,
        LmmOptions options,
        LinearMixedLikelihood likelihood,
        OptimizerResult result,
        IReadOnlyList<RandomEffectEstimate> effects,
        IReadOnlyList<string> groups)
    {
        var warnings = new List<string>();
        foreach (var effect in effects)
        {
            AddBoundaries(effect, options.Tolerances, warnings);
        }

        if (!(likelihood.Root.ResidualQuadratic > options.Tolerances.ExactFit * frame.Rows * Math.Max(1e-300, SquaredSpread(frame))))
        {
            warnings.Add("The residual variance is zero: the model fits the response exactly, and standard errors mean nothing.");
        }

        if (likelihood.Data.Residual is { } residual)
        {
            var single = residual.Layout.Patterns.Where(pattern => pattern.Size == 1).Sum(pattern => pattern.Subjects);
            if (single > 0 && residual.Layout.Waves > 1)
            {
                warnings.Add($"{single.ToString(CultureInfo.InvariantCulture)} of "
                    + $"{(residual.Layout.BlockStarts.Length - 1).ToString(CultureInfo.InvariantCulture)} values of {frame.Clusters.Name} "
                    + $"have a single row: they inform means and variances, not the correlation over waves.");
            }
        }

        SingularResidual.AddTo(warnings, frame, options.Tolerances, likelihood, result.Theta, groups);
        AddOverlap(frame, likelihood, warnings);
        if (result.Status is not (ConvergenceStatus.Converged or ConvergenceStatus.Boundary))
        {
            warnings.Add(Message(result.Status));
        }

        return [.. warnings];
    }

    /// <summary>The convergence of a fit, with a sentence when it is not interior.</summary>
    public static Convergence Describe(OptimizerResult result, LmmOptions options, IReadOnlyList<RandomEffectEstimate> effects)
    {
        var boundaries = new List<string>();
        foreach (var effect in effects)
        {
            AddBoundaries(effect, options.Tolerances, boundaries);
        }

        var message = result.Status != ConvergenceStatus.Boundary ? Message(result.Status)
            : boundaries.Count > 0 ? boundaries[0]
            : "The covariance of the random effects is singular, the boundary of what is possible: the data do not support all of them.";
        return new Convergence(result.Status, result.Iterations, result.Criterion, options.Tolerance, message);
    }

    /// <summary>
    /// A random intercept of the subjects adds one number to every covariance of theirs; some structures can do that themselves.
    /// </summary>
    private static void AddOverlap(ModelFrame frame, LinearMixedLikelihood likelihood, List<string> warnings)
    {
        if (likelihood.Data.Residual is not { Layout.Waves: > 1 } residual || !residual.Shape.AbsorbsIntercept)
        {
            return;
        }

        var term = frame.RandomTerms.FirstOrDefault(term => term.GroupCount == frame.Clusters.Count && term.IsIntercept);
        if (term is not null)
        {
            warnings.Add($"The random intercept of {term.Group} and the residual covariance overlap: only their sum is determined by the "
                + $"data. Leave one of them out.");
        }
    }

    private static void AddBoundaries(RandomEffectEstimate effect, LmmTolerances tolerances, List<string> warnings)
    {
        for (var j = 0; j < effect.Dimension; j++)
        {
            if (effect.StandardDeviations[j] == 0)
            {
                warnings.Add($"The variance of {effect.Names[j]} between values of {effect.Group} is estimated as zero, the boundary of "
                    + $"what is possible: the data show no more variation between them than within.");
            }

            for (var i = 0; i < j; i++)
            {
                if (Math.Abs(effect.Correlation(i, j)) > 1 - tolerances.PerfectCorrelation)
                {
                    var sign = effect.Correlation(i, j) > 0 ? "+1" : "−1";
                    warnings.Add($"The correlation of {effect.Names[i]} and {effect.Names[j]} over {effect.Group} is estimated as {sign}, "
                        + $"the boundary of what is possible: the data do not support separate effects.");
                }
            }
        }
    }

    private static string Message(ConvergenceStatus status) => status switch
    {
        ConvergenceStatus.IterationLimit => "The cap on iterations was reached before the likelihood was maximal.",
        ConvergenceStatus.StepFailure => "No step raised the likelihood further, and its gradient is not zero.",
        ConvergenceStatus.NotFinite => "The likelihood is not finite at the starting values.",
        _ => string.Empty,
    };

    private static double SquaredSpread(ModelFrame frame)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in frame.Response)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (high - low) * (high - low);
    }
}

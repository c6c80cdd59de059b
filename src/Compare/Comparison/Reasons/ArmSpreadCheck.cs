using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// A random intercept whose standard deviation depends on the arm: the common-σ
/// mixed model then misjudges both arms' marginal means, and GEE does not.
/// </summary>
/// <remarks>
/// A likelihood-ratio test of an intercept whose σ is one number an arm against one with one σ (Heagerty
/// and Kurland 2001). For treatments of two levels that do not change within clusters.
/// </remarks>
internal static class ArmSpreadCheck
{
    private const string Key = "arm-dependent-variance";

    /// <summary>The fewest nodes that the fit by arm takes; it begins with those of the mixed model.</summary>
    private const int LeastNodes = 5;

    public static ReasonCheck? Run(ComparedModels comparison)
    {
        // The marginalized model was fitted where there is one random intercept with a variance.
        var main = comparison.Effects.Where(effect => !effect.Effect.IsInteraction).ToList();
        if (comparison.MarginalLikelihood is null || main.Count != 1 || !IsArm(comparison.Frame, main[0].Effect.Column))
        {
            return null;
        }

        var glmm = comparison.Glmm;
        var options = new RandomInterceptOptions
        {
            Family = glmm.Family,
            Link = glmm.Link,
            Nodes = Math.Max(LeastNodes, glmm.Nodes),
            StartingCoefficients = glmm.Coefficients.ToArray(),
            StartingStandardDeviation = glmm.RandomEffects[0].StandardDeviations[0],
            Threads = comparison.Options.Glmm.Threads,
            Tolerances = comparison.Options.Tolerances.RandomIntercept,
        };
        var separate = RandomInterceptFitter.FitByGroup(
            comparison.Frame, options, ArmOfClusters(comparison.Frame, main[0].Effect.Column));

        // Both likelihoods are compared under the same nodes.
        var common = separate.Nodes == glmm.Nodes
            ? glmm.LogLikelihood
            : RandomInterceptFitter.FitConditional(comparison.Frame, options with { Nodes = separate.Nodes }, InterceptLaw.Normal)
                .LogLikelihood;
        if (!separate.Convergence.Converged)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                "The model with a variance for each arm did not converge, so arm-dependent variance was not tested.");
        }

        var ratio = Math.Max(0, 2 * (separate.LogLikelihood - common));
        var test = new WaldTest(ratio, 1, null, ChiSquaredDistribution.UpperTail(ratio, 1));
        var deviations = separate.StandardDeviations;
        var pair = $"\u03C3 = {Wording.Number(deviations[0], 2)} and {Wording.Number(deviations[1], 2)}, {Wording.P(test.PValue)}";
        return ReasonCheck.ByTest(
            Key,
            test,
            comparison.Options.Tolerances.Alpha,
            $"The {comparison.Options.Trial.Units} differ more in one arm than in the other ({pair}): the mixed model with one \u03C3 "
                + $"averages wrongly.",
            $"The {comparison.Options.Trial.Units} differ alike in both arms ({pair}).") with
        {
            Threatens = [0, 1, 2],
            Consequence = "the rungs of the mixed model are then off: read GEE or rungs 3 and 4",
        };
    }

    /// <summary>Whether a column holds 0 and 1 only and does not change within clusters.</summary>
    private static bool IsArm(ModelFrame frame, int column)
    {
        var values = frame.Design.Column(column);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                if (values[i] is not (0 or 1) || values[i] != values[frame.Clusters.Start(c)])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int[] ArmOfClusters(ModelFrame frame, int column)
    {
        var arm = frame.Design.Column(column);
        var groups = new int[frame.Clusters.Count];
        for (var c = 0; c < groups.Length; c++)
        {
            groups[c] = (int)arm[frame.Clusters.Start(c)];
        }

        return groups;
    }
}

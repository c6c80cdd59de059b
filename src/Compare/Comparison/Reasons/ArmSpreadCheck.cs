using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// A random intercept whose standard deviation depends on the arm: the common-σ
/// mixed model then misjudges both arms' marginal means, and GEE does not.
/// </summary>
/// <remarks>
/// A likelihood-ratio test of two independent intercepts, one an arm, against one (Heagerty
/// and Kurland 2001). For treatments of two levels that do not change within clusters.
/// </remarks>
internal static class ArmSpreadCheck
{
    private const string Key = "arm-dependent-variance";

    /// <summary>Nodes a dimension: the second dimension is idle in every cluster, so this is as exact as so many nodes in one.</summary>
    private const int Nodes = 15;

    public static ReasonCheck? Run(ComparedModels comparison)
    {
        // The marginalized model was fitted where there is one random intercept with a variance.
        var main = comparison.Effects.Where(effect => !effect.Effect.IsInteraction).ToList();
        if (comparison.MarginalLikelihood is null || main.Count != 1 || !IsArm(comparison.Frame, main[0].Effect.Column))
        {
            return null;
        }

        var options = comparison.Options.Glmm with { Nodes = Nodes, ComputeCovariance = false, CheckNodes = false };
        var common = GlmmFitter.Fit(comparison.Frame, options);
        var separate = GlmmFitter.Fit(WithArmEffects(comparison.Frame, main[0].Effect.Column), options);
        if (!common.Convergence.Converged || !separate.Convergence.Converged)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                "The model with a variance for each arm did not converge, so arm-dependent variance was not tested.");
        }

        var ratio = Math.Max(0, 2 * (separate.LogLikelihood - common.LogLikelihood));
        var test = new WaldTest(ratio, 1, null, ChiSquaredDistribution.UpperTail(ratio, 1));
        var deviations = separate.RandomEffects[0].StandardDeviations;
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

    private static ModelFrame WithArmEffects(ModelFrame frame, int column)
    {
        var arm = frame.Design.Column(column);
        var columns = new double[2 * frame.Rows];
        var groups = new int[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                groups[i] = c;
                columns[i] = 1 - arm[i];
                columns[frame.Rows + i] = arm[i];
            }
        }

        var clusters = frame.Clusters;
        var term = new RandomTermDesign(
            clusters.Name,
            groups,
            clusters.Count,
            clusters.Label,
            ["control", "treated"],
            columns,
            correlated: false);
        return frame.WithTerms(frame.Design, [term]);
    }
}

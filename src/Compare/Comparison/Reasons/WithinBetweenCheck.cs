using MarginalConditional.Compare.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// Within- and between-cluster effects: a covariate that varies in both ways is assumed
/// to act alike in both; its cluster mean tests that (Neuhaus and Kalbfleisch 1998).
/// </summary>
internal static class WithinBetweenCheck
{
    private const string Key = "within-between";

    public static ReasonCheck Run(ComparedModels comparison)
    {
        var frame = comparison.Frame;
        var extension = new DesignExtension(frame.Design, comparison.Options.Tolerances.Spanned);
        for (var j = 0; j < frame.Design.Columns; j++)
        {
            if (ClusterMeans(frame, j, comparison.Options.Tolerances.SameMean) is { } means)
            {
                extension.Add($"mean({frame.Design.Names[j]})", means);
            }
        }

        if (extension.Added == 0)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                "No covariate varies both within and between clusters, so there is nothing to split.");
        }

        var fit = GeeFitter.Fit(extension.Frame(frame), comparison.Options.Gee);
        if (!fit.Convergence.Converged)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                "GEE with the covariates' cluster means did not converge, so the split was not tested.");
        }

        var p = fit.Coefficients.Length;
        var first = frame.Design.Columns;
        var inference = GeeInference.Of(fit, comparison.Options.Variance, comparison.Options.DegreesOfFreedom);
        var robust = inference.Covariance;
        var covariance = new double[extension.Added * extension.Added];
        for (var a = 0; a < extension.Added; a++)
        {
            for (var b = 0; b < extension.Added; b++)
            {
                covariance[(a * extension.Added) + b] = robust[((first + a) * p) + first + b];
            }
        }

        var test = EstimateDifference.AllZero(
            fit.Coefficients[first..], covariance, inference.DegreesOfFreedom()?[first]);
        var names = string.Join(", ", fit.Frame.Design.Names.Skip(first).Select(name => name[5..^1]));
        return ReasonCheck.ByTest(
            Key,
            test,
            comparison.Options.Tolerances.Alpha,
            $"Effects within and between clusters differ for {names} ({Wording.P(test.PValue)}): the models mix them with different "
                + $"weights.",
            $"Effects within and between clusters agree for {names} ({Wording.P(test.PValue)}).") with
        {
            Threatens = [0, 1],
            Consequence = "the conditional rungs then mix two effects: read rung 3, or add the cluster means to the formula",
        };
    }

    /// <summary>The cluster means of a column, on the rows; null unless it varies both within and between clusters.</summary>
    private static double[]? ClusterMeans(ModelFrame frame, int column, double same)
    {
        var values = frame.Design.Column(column);
        var clusters = frame.Clusters;
        var means = new double[values.Length];
        var (within, between) = (false, false);
        for (var c = 0; c < clusters.Count; c++)
        {
            var own = values.Slice(clusters.Start(c), clusters.Size(c));
            var sum = 0.0;
            foreach (var value in own)
            {
                sum += value;
                within |= value != own[0];
            }

            var mean = sum / own.Length;
            between |= Math.Abs(mean - means[0]) > same * (1 + Math.Abs(mean)) && c > 0;
            means.AsSpan(clusters.Start(c), clusters.Size(c)).Fill(mean);
        }

        return within && between ? means : null;
    }
}

using MarginalConditional.Compare.Designs;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// Dropout that depends on the last outcome seen: GEE is then biased, a right mixed model is not (Robins, Rotnitzky and Zhao 1995).
/// </summary>
/// <remarks>
/// A logistic model of "no later row" on the outcome and the design, over the rows before the last wave, with robust standard errors.
/// </remarks>
internal static class DropoutCheck
{
    private const string Key = "dropout";

    public static ReasonCheck? Run(ComparedModels comparison)
    {
        var frame = comparison.Frame;
        if (frame.WaveLabels.Count < 2)
        {
            return frame.Clusters.MinimumSize < frame.Clusters.MaximumSize
                ? new ReasonCheck(Key, ReasonOutcome.Remark, "Clusters differ in size. If rows are missing, and for reasons seen in "
                    + "earlier outcomes, GEE is biased and the mixed model is not; name the wave column to test it.")
                : null;
        }

        var rows = AtRisk(frame, out var leaves);
        var events = leaves.Sum();
        var fewest = comparison.Options.Tolerances.FewestEvents;
        if (events < fewest || events > leaves.Length - fewest)
        {
            return new ReasonCheck(Key, ReasonOutcome.NotApplicable, $"Only {Wording.Count((int)Math.Min(events, leaves.Length - events))} "
                + $"of {Wording.Count(leaves.Length)} visits could tell about dropout: too few to test.");
        }

        var risk = Subset(frame, rows, leaves, comparison.Options.Tolerances.Spanned);
        var fit = GeeFitter.Fit(risk, new GeeOptions
        {
            Family = Family.Binomial,
            Correlation = WorkingCorrelation.Independence,
            Threads = comparison.Options.Gee.Threads,
        });
        if (!fit.Convergence.Converged)
        {
            return new ReasonCheck(Key, ReasonOutcome.NotApplicable, "The model of dropout did not converge, so dropout was not tested.");
        }

        var last = fit.Coefficients.Length - 1;
        var inference = GeeInference.Of(fit, comparison.Options.Variance, comparison.Options.DegreesOfFreedom);
        var test = EstimateDifference.AllZero(
            [fit.Coefficients[last]], [inference.Covariance[^1]], inference.DegreesOfFreedom()?[last]);
        return ReasonCheck.ByTest(
            Key,
            test,
            comparison.Options.Tolerances.Alpha,
            $"Who leaves depends on the outcome last seen ({Wording.P(test.PValue)}): GEE is then biased, while the mixed model is not if "
                + $"it is right.",
            $"Who leaves does not visibly depend on the outcome last seen ({Wording.P(test.PValue)}).") with
        {
            Threatens = [3, 4],
            Consequence = "GEE and the rungs whatever the model then speak of those who stayed: read rungs 0 to 2 or the marginal "
                + "likelihood, which allow for it if the mixed model is right",
        };
    }

    /// <summary>The rows before the last wave, and whether each is its cluster's last.</summary>
    private static List<int> AtRisk(ModelFrame frame, out double[] leaves)
    {
        var lastWave = frame.WaveLabels.Count - 1;
        var rows = new List<int>();
        var last = new List<double>();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                if (frame.Waves[i] < lastWave)
                {
                    rows.Add(i);
                    last.Add(i == frame.Clusters.Start(c + 1) - 1 ? 1 : 0);
                }
            }
        }

        leaves = [.. last];
        return rows;
    }

    private static ModelFrame Subset(ModelFrame frame, List<int> rows, double[] leaves, double spanned)
    {
        var ones = new DesignMatrix(
            rows.Count,
            [DesignMatrix.InterceptName],
            [.. Enumerable.Repeat(1.0, rows.Count)],
            [DesignMatrix.InterceptName]);
        var columns = new DesignExtension(ones, spanned);
        for (var j = 0; j < frame.Design.Columns; j++)
        {
            columns.Add(frame.Design.Names[j], Pick(frame.Design.Column(j), rows));
        }

        columns.Add("outcome", Pick(frame.Response, rows));
        var offsets = new List<int> { 0 };
        for (int c = 0, k = 0; c < frame.Clusters.Count; c++)
        {
            var before = k;
            while (k < rows.Count && rows[k] < frame.Clusters.Start(c + 1))
            {
                k++;
            }

            if (k > before)
            {
                offsets.Add(k);
            }
        }

        var empty = new ModelFrame(
            new DesignMatrix(rows.Count, [DesignMatrix.InterceptName], new double[rows.Count], [DesignMatrix.InterceptName]),
            leaves,
            new Clusters(frame.Clusters.Name, [.. offsets], index => $"{index}"));
        return columns.Frame(empty, leaves);
    }

    private static double[] Pick(ReadOnlySpan<double> values, List<int> rows)
    {
        var picked = new double[rows.Count];
        for (var k = 0; k < picked.Length; k++)
        {
            picked[k] = values[rows[k]];
        }

        return picked;
    }
}

using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// The averages of an ordered outcome, what each cluster does to them, and what the model's own covariance says. Immutable.
/// </summary>
internal sealed class OrdinalEstimates : ClusterEstimates
{
    private readonly double[] slopes;
    private readonly double[] covariance;
    private readonly double? degreesOfFreedom;
    private readonly double level;

    /// <summary>Computes them.</summary>
    /// <param name="sums">The sums that they are made of.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="changes">What each cluster does to ψ, K×m by rows.</param>
    /// <param name="covariance">The covariance of ψ by the model, m×m.</param>
    /// <param name="options">Level, reference, threads.</param>
    public OrdinalEstimates(
        OrdinalSums sums,
        StandardizedErrors errors,
        double[] changes,
        ReadOnlySpan<double> covariance,
        OrdinalComparisonOptions options)
        : base(sums, errors, changes, options.Glmm.Threads)
    {
        Layout = sums.Layout;
        level = options.Level;
        degreesOfFreedom = options.NormalReference ? null : ClustersSeen - 1;
        this.covariance = covariance.ToArray();
        var m = sums.Parameters.Length;
        double[] bySum = new double[sums.Count * m], total = new double[sums.Count], own = new double[sums.Clusters.Count * sums.Count];
        sums.Slopes(bySum);
        sums.OfEach([], own);
        for (var start = 0; start < own.Length; start += sums.Count)
        {
            Dense.AddScaled(1, own.AsSpan(start, sums.Count), total);
        }

        slopes = new double[sums.Estimates * m];
        double[] direction = new double[sums.Count], moved = new double[sums.Estimates];
        for (var j = 0; j < m; j++)
        {
            for (var s = 0; s < direction.Length; s++)
            {
                direction[s] = bySum[(s * m) + j];
            }

            sums.Differentiate(total, direction, moved);
            for (var e = 0; e < moved.Length; e++)
            {
                slopes[(e * m) + j] = moved[e];
            }
        }
    }

    /// <summary>Where each average stands.</summary>
    public OrdinalAverages Layout { get; }

    /// <summary>The degrees of freedom of tests and intervals; null means normal.</summary>
    public double? DegreesOfFreedom => degreesOfFreedom;

    /// <summary>
    /// The same averages with plain influences, for functions that do not exist without some cluster; null when these are.
    /// </summary>
    public OrdinalEstimates? Plain { get; init; }

    /// <summary>A function's value with its errors, interval symmetric.</summary>
    public OrdinalQuantity Quantity(string name, SmoothFunction function, bool isOfModel = true)
    {
        var (estimate, influence) = Of(function);
        if (Plain is not null && double.IsFinite(estimate) && !AllFinite(influence.Values))
        {
            return Plain.Quantity(name, function, isOfModel);
        }

        return new OrdinalQuantity(
            Coefficient.Wald(name, estimate, influence.StandardError(0), degreesOfFreedom, level),
            isOfModel ? ModelError(function) : double.NaN,
            influence,
            Errors);
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A probability: its interval is one of its logit, its test that of ½ or none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="function">The probability.</param>
    /// <param name="tested">Whether ½ is tested.</param>
    /// <param name="isOfModel">Whether the model's own error belongs to it.</param>
    public OrdinalQuantity Probability(string name, SmoothFunction function, bool tested, bool isOfModel)
    {
        var quantity = Quantity(name, function, isOfModel);
        var row = quantity.Inference;
        if (row.Estimate is not (> 0 and < 1))
        {
            return quantity;
        }

        var logit = Coefficient.Wald(
            name,
            Math.Log(row.Estimate / (1 - row.Estimate)),
            row.StandardError / (row.Estimate * (1 - row.Estimate)),
            degreesOfFreedom,
            level);
        return quantity with
        {
            Inference = row with
            {
                Statistic = tested ? logit.Statistic : double.NaN,
                PValue = tested ? logit.PValue : double.NaN,
                Lower = Elementary.Logistic(logit.Lower),
                Upper = Elementary.Logistic(logit.Upper),
            },
        };
    }

    /// <summary>The standard error of a function by the delta method on the model's covariance, the rows held fixed.</summary>
    private double ModelError(SmoothFunction function)
    {
        var (gradient, m) = (new double[Averages.Length], (int)Math.Sqrt(covariance.Length));
        function(Averages, gradient);
        var slope = new double[m];
        for (var e = 0; e < gradient.Length; e++)
        {
            Dense.AddScaled(gradient[e], slopes.AsSpan(e * m, m), slope);
        }

        return Math.Sqrt(Math.Max(0, Dense.QuadraticForm(covariance, slope)));
    }
}

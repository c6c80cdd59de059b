using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The mean outcome if everybody were in an arm minus that if everybody were in the first, and its gradient.</summary>
/// <remarks>The covariates of a simulated trial are taken as they are, so the coefficients are the only source of uncertainty.</remarks>
internal static class ArmDifference
{
    /// <summary>Standardizes a model over the trial's rows.</summary>
    /// <param name="replicate">The trial.</param>
    /// <param name="arm">The arm, counted from 1: 2 or more.</param>
    /// <param name="adjusted">Whether the covariates are in the model.</param>
    /// <param name="coefficients">β, p values, link scale.</param>
    /// <param name="spread">σ of a normal random intercept to average over; 0 for a marginal model.</param>
    /// <param name="gradient">Receives the derivatives: p values by β, and one by σ if there is room for it.</param>
    /// <returns>The difference, on the response scale.</returns>
    public static double Of(
        Replicate replicate, int arm, bool adjusted, ReadOnlySpan<double> coefficients, double spread, Span<double> gradient)
    {
        // An arm that is not there is refused.
        replicate.ColumnOf(arm);
        var mean = MarginalMean.For(replicate.Model.Link);
        var difference = 0.0;
        gradient.Clear();
        foreach (var treatment in new[] { 0, arm - 1 })
        {
            var rows = replicate.RowsUnder(treatment, adjusted);
            var sign = (treatment == 0 ? -1 : 1) / rows.Total;
            for (var i = 0; i < rows.Design.Rows; i++)
            {
                var eta = 0.0;
                for (var j = 0; j < coefficients.Length; j++)
                {
                    eta += rows.Design.Column(j)[i] * coefficients[j];
                }

                var point = mean.At(eta, spread);
                var share = sign * rows.Counts[i];
                difference += share * point.Mean;
                for (var j = 0; j < coefficients.Length; j++)
                {
                    gradient[j] += share * point.MeanSlope * rows.Design.Column(j)[i];
                }

                if (gradient.Length > coefficients.Length)
                {
                    gradient[coefficients.Length] += share * point.MeanSpreadSlope;
                }
            }
        }

        return difference;
    }
}

using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>
    /// The sandwich for rows that are dependent when they share a cluster of the fit or a group of a second way (Cameron, Gelbach and
    /// Miller 2011), for fits with independence as working correlation.
    /// </summary>
    /// <param name="second">The second way: a grouping that the fit's frame was asked for.</param>
    /// <param name="factor">The factor for few clusters; null (the default) means none.</param>
    public static GeeVariance TwoWay(string second, WayFactor? factor = null) => new TwoWayVariance(second, factor ?? WayFactor.None);

    /// <summary>The two-way sandwich with its numbers of clusters.</summary>
    /// <param name="fit">A fit with independence as working correlation, whose frame was asked for the second way.</param>
    /// <param name="second">The second way.</param>
    /// <param name="factor">The factor for few clusters.</param>
    /// <exception cref="ArgumentException">The working correlation is another, or the outcomes are ordered.</exception>
    public static TwoWaySandwich TwoWays(GeeFit fit, string second, WayFactor factor)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Options.Correlation != WorkingCorrelation.Independence || fit.Data.Stack is not null)
        {
            throw new ArgumentException(
                "Scores of single rows, which two ways of clustering add up, are those of independence as working correlation.",
                nameof(fit));
        }

        var ways = fit.Frame.Auxiliary(second) as FactorColumn
            ?? throw new ArgumentException($"The column \"{second}\" is no grouping of the frame.", nameof(second));
        return TwoWaySandwich.Of(
            fit.Bread, RowScores.Of(fit), fit.Frame.Clusters.OfRows(), ways.Codes, factor);
    }

    private sealed class TwoWayVariance : GeeVariance
    {
        private readonly string second;
        private readonly WayFactor factor;

        public TwoWayVariance(string second, WayFactor factor)
            : base("two-way")
        {
            this.second = second;
            this.factor = factor;
        }

        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            TwoWays(fit, second, factor).Covariance.ToArray();

        internal override TwoWaySandwich? Ways(GeeFit fit) => TwoWays(fit, second, factor);
    }
}

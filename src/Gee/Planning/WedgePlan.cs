using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Planning;

/// <summary>
/// The variance of a treatment's effect in a stepped wedge, or any trial in which clusters change their arm, by generalized least squares
/// over the design: exact for normal outcomes, and that of GEE at the expected means for binary ones.
/// </summary>
/// <remarks>
/// People of a cluster and period are alike, so their mean is sufficient and V/K = [(K⁻¹ΣDᵢᵀΩᵢ⁻¹Dᵢ)⁻¹]/K with Ωᵢ, J×J, the covariance
/// of the means (Hussey and Hughes 2007; Li, Turner and Preisser 2018). Where sizes vary, each in every sequence, DᵢᵀΩᵢ⁻¹Dᵢ is averaged
/// over them.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Gee.Planning;
/// using MarginalConditional.Statistics.Families;
///
/// var outcome = WedgePlan.Of(
///     WedgeDesign.Stepped(5),
///     WedgeOutcome.Binary(start: 0.3, end: 0.3, treated: 0.4, Link.Logit),
///     WedgeCorrelation.Nested(within: 0.05, between: 0.04),
///     size: 20);
/// Console.WriteLine(outcome);
/// </code>
/// </example>
public static class WedgePlan
{
    /// <summary>The effect, for a <see cref="TrialPlan"/> whose information of a cluster is 1.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="outcome">What is expected.</param>
    /// <param name="correlation">Of outcomes within a cluster.</param>
    /// <param name="size">The number of people of a cluster and period, 1 or more.</param>
    /// <param name="effects">What the analysis assumes of periods.</param>
    /// <exception cref="ArgumentException">No such trial can estimate the effect, or no outcomes are so correlated.</exception>
    public static PlannedOutcome Of(
        WedgeDesign design,
        WedgeOutcome outcome,
        WedgeCorrelation correlation,
        double size,
        PeriodEffects effects = PeriodEffects.Categorical) => Of(design, outcome, correlation, [size], effects);

    /// <summary>The effect where clusters differ in size.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="outcome">What is expected.</param>
    /// <param name="correlation">Of outcomes within a cluster.</param>
    /// <param name="sizes">The numbers of people of a cluster in each of its periods, 1 or more, each as probable as the others.</param>
    /// <param name="effects">What the analysis assumes of periods.</param>
    /// <exception cref="ArgumentException">No such trial can estimate the effect, or no outcomes are so correlated.</exception>
    public static PlannedOutcome Of(
        WedgeDesign design,
        WedgeOutcome outcome,
        WedgeCorrelation correlation,
        IReadOnlyList<double> sizes,
        PeriodEffects effects = PeriodEffects.Categorical)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(correlation);
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Count == 0)
        {
            throw new ArgumentException("There are no clusters: no size is given.", nameof(sizes));
        }

        foreach (var size in sizes.Where(size => size is not (>= 1 and < double.PositiveInfinity)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A cluster has {size} rows a period; 1 or more are needed."), nameof(sizes));
        }

        var columns = WedgeColumns.Count(design, effects);
        var information = new double[columns * columns];
        for (var sequence = 0; sequence < design.Sequences; sequence++)
        {
            foreach (var kind in sizes.GroupBy(size => size))
            {
                var share = (double)kind.Count() / sizes.Count / design.Sequences;
                Add(information, share, design, outcome, correlation, kind.Key, effects, sequence);
            }
        }

        return PlannedOutcome.Known(
            outcome.Description, outcome.Effect, WedgeColumns.VarianceOfLast(information, columns));
    }

    /// <summary>Adds the information of a sequence's cluster of a size, with its share of the clusters.</summary>
    private static void Add(
        double[] information,
        double share,
        WedgeDesign design,
        WedgeOutcome outcome,
        WedgeCorrelation correlation,
        double size,
        PeriodEffects effects,
        int sequence)
    {
        var (periods, columns) = (design.Periods, WedgeColumns.Count(design, effects));
        double[] covariance = new double[periods * periods], roots = new double[periods], x = new double[periods * columns];
        for (var j = 0; j < periods; j++)
        {
            var (variance, slope) = outcome.At(j, periods, design.IsTreated(sequence, j));
            roots[j] = Math.Sqrt(variance);
            WedgeColumns.Row(design, effects, sequence, j, x.AsSpan(j * columns, columns));
            for (var a = 0; a < columns; a++)
            {
                x[(j * columns) + a] *= slope;
            }

            for (var k = 0; k <= j; k++)
            {
                covariance[(j * periods) + k] = covariance[(k * periods) + j] =
                    roots[j] * roots[k] * correlation.OfMeans(j - k, size);
            }
        }

        if (!Cholesky.TryFactor(covariance, periods, out _))
        {
            throw new ArgumentException("No outcomes have such correlations over the periods.", nameof(correlation));
        }

        var column = new double[periods];
        for (var a = 0; a < columns; a++)
        {
            for (var j = 0; j < periods; j++)
            {
                column[j] = x[(j * columns) + a];
            }

            Cholesky.Solve(covariance, periods, column);
            for (var b = 0; b < columns; b++)
            {
                var sum = 0.0;
                for (var j = 0; j < periods; j++)
                {
                    sum += column[j] * x[(j * columns) + b];
                }

                information[(a * columns) + b] += share * sum;
            }
        }
    }
}

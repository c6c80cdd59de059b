using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// Block exchangeable correlation when some individuals miss periods: a closed form by individual and a small matrix by period.
/// </summary>
/// <remarks>
/// In small clusters, and in those with too few individuals for that form to
/// exist (see <see cref="BlockFactor"/>), the matrix itself is factorized.
/// </remarks>
internal sealed class IncompleteBlockKernel : CorrelationKernel
{
    private const int LargestDense = 1000;

    /// <summary>Clusters of up to this many rows are factorized faster than their periods.</summary>
    private const int Small = 16;

    private readonly NearestByCuts nearest = new();
    private readonly Clusters clusters;
    private readonly BlockLayout layout;
    private readonly BlockFactor[] factors;
    private readonly double[]?[] dense;
    private readonly bool[] isDense;

    public IncompleteBlockKernel(CorrelationInput input, BlockLayout layout)
        : base(input.Tolerances, parameters: 3, moments: 3)
    {
        clusters = input.Frame.Clusters;
        this.layout = layout;
        var scratch = new double[BlockFactor.Scratch(layout.PeriodCounts.Max())];
        factors = [.. Enumerable.Range(0, clusters.Count)
            .Select(i => new BlockFactor(layout, i, clusters.Start(i), clusters.Size(i), Alpha, Tolerances.PositiveDefinite, scratch))];
        dense = new double[]?[clusters.Count];
        isDense = new bool[clusters.Count];
    }

    /// <inheritdoc/>
    public override bool Occurs(int parameter) => layout.Occurs(parameter);

    /// <inheritdoc/>
    public override string? Note => layout.Absent;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        layout.AddMoments(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha) => layout.Estimate(sums, scale, alpha);

    public override string? Prepare()
    {
        for (var i = 0; i < factors.Length; i++)
        {
            isDense[i] = clusters.Size(i) <= Small || !factors[i].TryShift(0);
            if (isDense[i] && !TryFactorDense(i))
            {
                return Violation(i);
            }
        }

        return null;
    }

    /// <summary>The nearest of the matrices of all clusters together: each correlation counts as often as it stands in them.</summary>
    public override void Repair() => nearest.Project(layout.PairCounts(), Tolerances.RepairMargin, SmallestOfAll, Alpha);

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var origin = clusters.Start(firstCluster);
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = column.Slice(clusters.Start(i) - origin, clusters.Size(i));
            if (isDense[i])
            {
                Cholesky.SolveLower(dense[i]!, rows.Length, rows);
            }
            else
            {
                factors[i].Whiten(rows);
            }
        }
    }

    private double Correlation(int row, int otherRow) => row == otherRow ? 1 : layout.Correlation(Alpha, row, otherRow);

    private bool TryFactorDense(int cluster)
    {
        var n = clusters.Size(cluster);
        if (n > LargestDense)
        {
            return false;
        }

        var matrix = dense[cluster] ??= new double[n * n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                matrix[(j * n) + k] = Correlation(clusters.Start(cluster) + j, clusters.Start(cluster) + k);
            }
        }

        return Cholesky.TryFactor(matrix, n, out _, Tolerances.PositiveDefinite);
    }

    private string Violation(int cluster)
    {
        var vector = new double[clusters.Size(cluster)];
        return FormattableString.Invariant($"The block correlation ({Alpha[0]:G6} within periods, {Alpha[1]:G6} between, {Alpha[2]:G6} ")
            + FormattableString.Invariant($"within individuals) is not positive definite for cluster {clusters.Label(cluster)} of ")
            + FormattableString.Invariant($"{clusters.Size(cluster)} rows: its smallest eigenvalue is {Smallest(cluster, vector):G4}, ")
            + FormattableString.Invariant($"and it must be above 0.");
    }

    private double SmallestOfAll(double[] gradient)
    {
        var smallest = double.PositiveInfinity;
        var vector = new double[clusters.MaximumSize];
        var half = new double[3];
        for (var i = 0; i < clusters.Count; i++)
        {
            var own = vector.AsSpan(0, clusters.Size(i));
            var value = Smallest(i, own);
            if (value < smallest)
            {
                smallest = value;
                Array.Clear(gradient);
                layout.AddPairs(i, own, gradient);
                gradient.AsSpan().CopyTo(half);
                Dense.AddScaled(1, half, gradient);
            }
        }

        return smallest;
    }

    private double Smallest(int cluster, Span<double> vector)
    {
        var start = clusters.Start(cluster);
        return SmallestEigenpair.Find(vector.Length <= LargestDense
            ? BandedMatrix.Full(vector.Length, (j, k) => Correlation(start + j, start + k))
            : factors[cluster], vector);
    }
}

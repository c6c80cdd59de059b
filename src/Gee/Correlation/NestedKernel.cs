using System.Numerics.Tensors;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>R = (1 − α₁) I + (α₁ − α₂) (blocks of ones) + α₂ J, in closed form.</summary>
/// <remarks>
/// What differs within a subcluster has the eigenvalue 1 − α₁. On vectors that are constant within subclusters R is diag(d) + α₂ u uᵀ with
/// d_g = 1 − α₁ + m_g(α₁ − α₂) and u_g = √m_g, whose Cholesky factor is known by a recursion (Gill, Golub, Murray and Saunders 1974): the
/// pivots are d_g + a_g m_g with a_1 = α₂ and a_{g+1} = a_g d_g / pivot. Everything is O(n), for every R that is positive definite.
/// </remarks>
internal sealed class NestedKernel : CorrelationKernel
{
    private readonly NearestByCuts nearest = new();
    private readonly Clusters clusters;
    private readonly int[] groups;
    private readonly int[] groupSizes;
    private readonly int[] firstGroup;
    private readonly double[] divisors;
    private readonly double[] carry;
    private readonly double[] precision;
    private double scale = 1;

    public NestedKernel(CorrelationInput input, int[] codes)
        : base(input.Tolerances, parameters: 2, moments: 2)
    {
        clusters = input.Frame.Clusters;
        groups = codes;
        (firstGroup, groupSizes) = Count(clusters, codes);
        carry = new double[groupSizes.Length];
        precision = new double[groupSizes.Length];
        divisors = Divisors(input);
    }

    /// <inheritdoc/>
    public override bool Occurs(int parameter) => !double.IsPositiveInfinity(divisors[parameter]);

    /// <inheritdoc/>
    public override string? Note => Occurs(0) && Occurs(1) ? null
        : !Occurs(0) && !Occurs(1) ? null
        : Occurs(1)
            ? "No subcluster has two rows: the correlation within subclusters is not estimable, and not needed."
            : "No cluster has two subclusters: the correlation between subclusters is not estimable, and not needed.";

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var offsets = clusters.Offsets;
        var origin = offsets[firstCluster];
        Span<double> totals = stackalloc double[256];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = residuals[(offsets[i] - origin)..(offsets[i + 1] - origin)];
            var (within, all) = Pairs(rows, groups.AsSpan(offsets[i], rows.Length), Buffer(totals, i));
            sums[0] += within;
            sums[1] += all - within;
        }
    }

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        for (var k = 0; k < 2; k++)
        {
            alpha[k] = divisors[k] > 0 ? sums[k] / scale / divisors[k] : double.NaN;
        }
    }

    public override string? Prepare()
    {
        var (within, between) = (Alpha[0], Alpha[1]);
        if (!(within < 1) && groupSizes.AsSpan().ContainsAnyExcept(1))
        {
            return FormattableString.Invariant($"The nested correlation within subclusters, {within:G6}, has to be below 1.");
        }

        scale = within < 1 ? 1 / Math.Sqrt(1 - within) : 0;
        for (var i = 0; i < clusters.Count; i++)
        {
            var rest = between;
            for (var g = firstGroup[i]; g < firstGroup[i + 1]; g++)
            {
                var diagonal = 1 - within + (groupSizes[g] * (within - between));
                var pivot = diagonal + (rest * groupSizes[g]);
                if (!(pivot > Tolerances.PositiveDefinite * (1 + groupSizes[g])))
                {
                    return Violation(i);
                }

                carry[g] = rest * groupSizes[g] / pivot;
                precision[g] = 1 / Math.Sqrt(pivot);
                rest *= diagonal / pivot;
            }
        }

        return null;
    }

    /// <summary>The nearest of the matrices of all clusters together: each correlation counts as often as it stands in them.</summary>
    public override void Repair() => nearest.Project(PairCounts(), Tolerances.RepairMargin, Smallest, Alpha);

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = clusters.Offsets;
        var origin = offsets[firstCluster];
        Span<double> totals = stackalloc double[256];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = column[(offsets[i] - origin)..(offsets[i + 1] - origin)];
            var codes = groups.AsSpan(offsets[i], rows.Length);
            var sums = Buffer(totals, i);
            sums.Clear();
            for (var j = 0; j < rows.Length; j++)
            {
                sums[codes[j]] += rows[j];
            }

            // From here on the sums are what each row of the subcluster is shifted by.
            var carried = 0.0;
            for (var g = 0; g < sums.Length; g++)
            {
                var mean = sums[g] / groupSizes[firstGroup[i] + g];
                var innovation = mean - carried;
                carried += carry[firstGroup[i] + g] * innovation;
                sums[g] = (innovation * precision[firstGroup[i] + g]) - (mean * scale);
            }

            for (var j = 0; j < rows.Length; j++)
            {
                rows[j] = (rows[j] * scale) + sums[codes[j]];
            }
        }
    }

    private static (double Within, double All) Pairs(ReadOnlySpan<double> rows, ReadOnlySpan<int> codes, Span<double> totals)
    {
        totals.Clear();
        double within = 0, all = 0, sum = 0;
        for (var j = 0; j < rows.Length; j++)
        {
            within += totals[codes[j]] * rows[j];
            all += sum * rows[j];
            totals[codes[j]] += rows[j];
            sum += rows[j];
        }

        return (within, all);
    }

    private static (int[] First, int[] Sizes) Count(Clusters clusters, int[] codes)
    {
        var first = new int[clusters.Count + 1];
        var sizes = new List<int>();
        for (var i = 0; i < clusters.Count; i++)
        {
            first[i] = sizes.Count;
            foreach (var code in codes.AsSpan(clusters.Start(i), clusters.Size(i)))
            {
                if (first[i] + code == sizes.Count)
                {
                    sizes.Add(0);
                }

                sizes[first[i] + code]++;
            }
        }

        first[^1] = sizes.Count;
        return (first, [.. sizes]);
    }

    private double[] Divisors(CorrelationInput input)
    {
        double within = 0, all = 0;
        var members = new List<double>[groupSizes.Length];
        for (var i = 0; i < clusters.Count; i++)
        {
            var whole = new double[clusters.Size(i)];
            for (var j = 0; j < whole.Length; j++)
            {
                var row = clusters.Start(i) + j;
                whole[j] = input.PairWeights.Length == 0 ? 1 : input.PairWeights[row];
                (members[firstGroup[i] + groups[row]] ??= []).Add(whole[j]);
            }

            all += input.Convention.PairDivisorSum(whole);
        }

        foreach (var group in members)
        {
            within += input.Convention.PairDivisorSum([.. group]);
        }

        return [Divisor(within), Divisor(all - within)];

        double Divisor(double total) => total > 0 ? input.Convention.Divisor(total, input.Coefficients) : double.PositiveInfinity;
    }

    private string Violation(int cluster)
    {
        var (within, between) = (Alpha[0], Alpha[1]);
        var sizes = groupSizes.AsSpan(firstGroup[cluster], firstGroup[cluster + 1] - firstGroup[cluster]);
        var largest = TensorPrimitives.Max<int>(sizes);
        if (within * (largest - 1) <= -1)
        {
            return FormattableString.Invariant($"The nested correlation within subclusters, {within:G6}, is not above ")
                + FormattableString.Invariant($"{-1.0 / (largest - 1):G6}, the bound for a subcluster of {largest} rows in cluster ")
                + FormattableString.Invariant($"{clusters.Label(cluster)}.");
        }

        // R is positive definite with nothing between subclusters, and the admissible values form an interval around that.
        var vector = new double[sizes.Length];
        var (inside, outside) = (0.0, between);
        for (var round = 0; round < 100; round++)
        {
            var middle = 0.5 * (inside + outside);
            (inside, outside) = NestedEigenpair.Smallest(sizes, within, middle, vector) > 0 ? (middle, outside) : (inside, middle);
        }

        return FormattableString.Invariant($"The nested correlation between subclusters, {between:G6}, is ")
            + FormattableString.Invariant($"{(between < 0 ? "below" : "above")} {outside:G6}, the bound for cluster ")
            + FormattableString.Invariant($"{clusters.Label(cluster)} of {clusters.Size(cluster)} rows in {sizes.Length} subclusters ")
            + FormattableString.Invariant($"when it is {within:G6} within them.");
    }

    private double[] PairCounts()
    {
        var within = groupSizes.Sum(m => 0.5 * m * (m - 1));
        var all = 0.0;
        for (var i = 0; i < clusters.Count; i++)
        {
            all += 0.5 * clusters.Size(i) * (clusters.Size(i) - 1.0);
        }

        return [within, all - within];
    }

    /// <summary>1 - within on what differs within a subcluster; on the sums of subclusters a diagonal matrix and one of rank one.</summary>
    private double Smallest(double[] gradient)
    {
        var (within, between) = (Alpha[0], Alpha[1]);
        var smallest = double.PositiveInfinity;
        if (groupSizes.AsSpan().ContainsAnyExcept(1))
        {
            (smallest, gradient[0], gradient[1]) = (1 - within, -1, 0);
        }

        for (var i = 0; i < clusters.Count; i++)
        {
            var sizes = groupSizes.AsSpan(firstGroup[i], firstGroup[i + 1] - firstGroup[i]);
            var vector = new double[sizes.Length];
            var value = NestedEigenpair.Smallest(sizes, within, between, vector);
            if (value < smallest)
            {
                double sum = 0, squares = 0;
                for (var g = 0; g < vector.Length; g++)
                {
                    sum += Math.Sqrt(sizes[g]) * vector[g];
                    squares += sizes[g] * vector[g] * vector[g];
                }

                (smallest, gradient[0], gradient[1]) = (value, squares - 1, (sum * sum) - squares);
            }
        }

        return smallest;
    }

    private Span<double> Buffer(Span<double> local, int cluster)
    {
        var count = firstGroup[cluster + 1] - firstGroup[cluster];
        return count <= local.Length ? local[..count] : new double[count];
    }
}

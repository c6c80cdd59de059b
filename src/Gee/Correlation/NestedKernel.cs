using MarginalConditional.Data.Frames;

namespace MarginalConditional.Gee.Correlation;

/// <summary>R = (1 − α₁) I + (α₁ − α₂) (blocks of ones) + α₂ J, in closed form: Sherman-Morrison by block, then one more rank-one update.</summary>
/// <remarks>
/// B, the block part, is whitened as an exchangeable matrix; W_B R W_Bᵀ = I + α₂ u uᵀ with u = W_B 1, whose inverse square root is
/// I − κ u uᵀ, κ = (1 − 1/√(1 + α₂ uᵀu)) / uᵀu. Everything is O(n).
/// </remarks>
internal sealed class NestedKernel : CorrelationKernel
{
    private readonly Clusters clusters;
    private readonly int[] groups;
    private readonly int[] groupSizes;
    private readonly int[] firstGroup;
    private readonly double[] divisors;
    private readonly double[] shrinkBySize;
    private readonly double[] rootBySize;
    private readonly double[] kappa;
    private double scale = 1;

    public NestedKernel(CorrelationInput input, int[] codes)
        : base(parameters: 2, moments: 2)
    {
        clusters = input.Frame.Clusters;
        groups = codes;
        (firstGroup, groupSizes) = Count(clusters, codes);
        var largest = groupSizes.Max();
        shrinkBySize = new double[largest + 1];
        rootBySize = new double[largest + 1];
        kappa = new double[clusters.Count];
        divisors = Divisors(input);
    }

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
        for (var m = 1; m < shrinkBySize.Length; m++)
        {
            var root = 1 - within + (m * (within - between));
            if ((m > 1 && !(within < 1)) || !(root > 0))
            {
                return FormattableString.Invariant(
                    $"The nested correlation ({within:G6} within subclusters, {between:G6} between) is not positive definite: for subclusters of {m} rows it needs within < 1 and between < {within + ((1 - within) / m):G6}.");
            }

            rootBySize[m] = 1 / Math.Sqrt(root);
            shrinkBySize[m] = (1 - Math.Sqrt((1 - within) / root)) / m;
        }

        scale = 1 / Math.Sqrt(1 - within);
        for (var i = 0; i < kappa.Length; i++)
        {
            var squares = 0.0;
            for (var g = firstGroup[i]; g < firstGroup[i + 1]; g++)
            {
                squares += groupSizes[g] * rootBySize[groupSizes[g]] * rootBySize[groupSizes[g]];
            }

            var determinant = 1 + (between * squares);
            if (!(determinant > 0))
            {
                return FormattableString.Invariant(
                    $"The nested correlation between subclusters, {between:G6}, is below {-1 / squares:G6}, the bound for cluster {clusters.Label(i)} of {clusters.Size(i)} rows.");
            }

            kappa[i] = (1 - (1 / Math.Sqrt(determinant))) / squares;
        }

        return null;
    }

    public override void Repair() => RayRepair.Shrink(this);

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

            var sizes = groupSizes.AsSpan(firstGroup[i], sums.Length);
            var projection = 0.0;
            for (var g = 0; g < sums.Length; g++)
            {
                // After whitening the block its sum is shrunk by sqrt((1 - within) / root), that is, by root-of-size over scale.
                var root = rootBySize[sizes[g]];
                projection += root * root * sums[g];
            }

            projection *= kappa[i];
            for (var j = 0; j < rows.Length; j++)
            {
                var m = sizes[codes[j]];
                rows[j] = ((rows[j] - (shrinkBySize[m] * sums[codes[j]])) * scale) - (projection * rootBySize[m]);
            }
        }
    }

    public override double Correlation(int row, int otherRow) => row == otherRow ? 1 : groups[row] == groups[otherRow] ? Alpha[0] : Alpha[1];

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

    private Span<double> Buffer(Span<double> local, int cluster)
    {
        var count = firstGroup[cluster + 1] - firstGroup[cluster];
        return count <= local.Length ? local[..count] : new double[count];
    }
}

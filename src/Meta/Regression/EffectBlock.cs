namespace MarginalConditional.Meta.Regression;

/// <summary>Effects that are correlated with each other, and with no others.</summary>
internal sealed class EffectBlock
{
    private readonly double[] covariance;

    /// <summary>Wraps the arrays (not copied).</summary>
    /// <param name="rows">The places of the n effects in the canonical order.</param>
    /// <param name="covariance">n×n, both triangles.</param>
    public EffectBlock(IReadOnlyList<int> rows, double[] covariance)
    {
        Rows = rows;
        this.covariance = covariance;
    }

    /// <summary>The places of the n effects in the canonical order.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>n×n.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>V = diag(v) + Σσ²ZZᵀ restricted to sets of effects between which it is zero.</summary>
    /// <param name="sets">The places of the effects of each set.</param>
    /// <param name="variances">v, k.</param>
    /// <param name="components">For each component the group of each effect, and its variance.</param>
    public static EffectBlock[] Of(
        IReadOnlyList<int[]> sets, ReadOnlySpan<double> variances, IReadOnlyList<(int[] Groups, double Variance)> components)
    {
        var blocks = new EffectBlock[sets.Count];
        for (var b = 0; b < blocks.Length; b++)
        {
            var rows = sets[b];
            var n = rows.Length;
            var matrix = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var sum = i == j ? variances[rows[i]] : 0;
                    foreach (var (groups, variance) in components)
                    {
                        sum += groups[rows[i]] == groups[rows[j]] ? variance : 0;
                    }

                    matrix[(i * n) + j] = matrix[(j * n) + i] = sum;
                }
            }

            blocks[b] = new EffectBlock(rows, matrix);
        }

        return blocks;
    }

    /// <summary>The sets of effects that share a group of one grouping or another, each in ascending order.</summary>
    /// <param name="count">k.</param>
    /// <param name="groupings">The group of each effect, a list a grouping.</param>
    public static IReadOnlyList<int[]> Connected(int count, IReadOnlyList<int[]> groupings)
    {
        int[] parent = [.. Enumerable.Range(0, count)];
        int Root(int i)
        {
            while (parent[i] != i)
            {
                i = parent[i] = parent[parent[i]];
            }

            return i;
        }

        foreach (var groups in groupings)
        {
            var first = new Dictionary<int, int>();
            for (var i = 0; i < count; i++)
            {
                if (!first.TryAdd(groups[i], i))
                {
                    parent[Root(i)] = Root(first[groups[i]]);
                }
            }
        }

        return [.. Enumerable.Range(0, count).GroupBy(Root).Select(set => set.ToArray())];
    }
}

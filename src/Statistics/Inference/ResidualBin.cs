namespace MarginalConditional.Statistics.Inference;

/// <summary>
/// The mean residual of rows whose fitted means are alike: 0, but for chance, wherever a model for the mean is right. Immutable.
/// </summary>
/// <remarks>
/// Means of residuals show what single ones cannot where the outcome is 0 or 1 (Gelman and Hill 2007, section 5.6). Rows of a cluster
/// depend on each other: the standard error of r̄ = Σwr/Σw is {Σ_c(Σ_{i in c} wr)²}^½ / Σw, whatever the dependence, with t of one degree
/// of freedom less than clusters; but no less than {Σw²v}^½ / Σw where the model says the variances v, since rows that all have the outcome
/// 0 do not vary and yet tell little. That the fitted means are estimates is left out, which makes it a little too large.
/// </remarks>
/// <param name="Rows">The number of rows.</param>
/// <param name="Clusters">That of clusters with such rows.</param>
/// <param name="Fitted">The mean of the fitted means (response scale).</param>
/// <param name="Residual">The mean residual with limits (response scale); of a single cluster without limits.</param>
public sealed record ResidualBin(int Rows, int Clusters, double Fitted, Coefficient Residual)
{
    private const int Fewest = 5;
    private const int Most = 40;

    /// <summary>Fitted means that differ by less than this share of their range are the same.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Bins of about √n rows, 5 to 40 of them where there are as many different fitted means, in ascending order.</summary>
    /// <param name="fitted">The fitted means, n values.</param>
    /// <param name="residuals">y less the fitted mean, n values.</param>
    /// <param name="weights">What each row counts; empty for 1.</param>
    /// <param name="variances">The model's variance of each outcome, n values; empty where it says none.</param>
    /// <param name="offsets">K + 1 row numbers: where each cluster starts, and n.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public static IReadOnlyList<ResidualBin> Of(
        ReadOnlySpan<double> fitted,
        ReadOnlySpan<double> residuals,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> variances,
        ReadOnlySpan<int> offsets,
        double level)
    {
        var n = fitted.Length;
        if (residuals.Length != n || (weights.Length > 0 && weights.Length != n)
            || (variances.Length > 0 && variances.Length != n) || offsets.Length < 2 || offsets[^1] != n)
        {
            throw new ArgumentException($"Residuals, weights and clusters do not belong to {n} fitted means.", nameof(residuals));
        }

        var keys = fitted.ToArray();
        var order = new int[n];
        var cluster = new int[n];
        for (var c = 0; c + 1 < offsets.Length; c++)
        {
            cluster.AsSpan(offsets[c], offsets[c + 1] - offsets[c]).Fill(c);
        }

        for (var i = 0; i < n; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var wanted = n / Math.Clamp((int)Math.Round(Math.Sqrt(n)), Fewest, Most);
        var same = Rounding * (n == 0 ? 0 : keys[^1] - keys[0]);
        var bins = new List<ResidualBin>();
        var sums = new double[offsets.Length - 1];
        for (var start = 0; start < n;)
        {
            var end = Math.Min(n, start + Math.Max(1, wanted));
            while (end < n && keys[end] - keys[end - 1] <= same)
            {
                end++;
            }

            // A rest of less than half a bin belongs to the last one.
            end = n - end < wanted / 2 ? n : end;
            bins.Add(One(order.AsSpan(start, end - start), new Values(fitted, residuals, weights, variances), cluster, sums, level));
            start = end;
        }

        return bins;
    }

    /// <summary>One bin; the sums are 0 before and after.</summary>
    private static ResidualBin One(ReadOnlySpan<int> rows, in Values values, int[] cluster, double[] sums, double level)
    {
        double total = 0, mean = 0, residual = 0, independent = 0;
        var clusters = new HashSet<int>();
        foreach (var row in rows)
        {
            var weight = values.Weights.Length > 0 ? values.Weights[row] : 1;
            total += weight;
            mean += weight * values.Fitted[row];
            residual += weight * values.Residuals[row];
            sums[cluster[row]] += weight * values.Residuals[row];
            independent += values.Variances.Length > 0 ? weight * weight * values.Variances[row] : 0;
            clusters.Add(cluster[row]);
        }

        var squares = 0.0;
        foreach (var c in clusters.Order())
        {
            squares += sums[c] * sums[c];
            sums[c] = 0;
        }

        var error = clusters.Count > 1 ? Math.Sqrt(Math.Max(squares, independent)) / total : double.NaN;
        return new ResidualBin(
            rows.Length,
            clusters.Count,
            mean / total,
            Coefficient.Wald(string.Empty, residual / total, error, Math.Max(1, clusters.Count - 1), level));
    }

    /// <summary>What a row has.</summary>
    private readonly ref struct Values(
        ReadOnlySpan<double> fitted, ReadOnlySpan<double> residuals, ReadOnlySpan<double> weights, ReadOnlySpan<double> variances)
    {
        public ReadOnlySpan<double> Fitted { get; } = fitted;

        public ReadOnlySpan<double> Residuals { get; } = residuals;

        public ReadOnlySpan<double> Weights { get; } = weights;

        public ReadOnlySpan<double> Variances { get; } = variances;
    }
}

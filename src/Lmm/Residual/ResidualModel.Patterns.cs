namespace MarginalConditional.Lmm.Residual;

/// <content>C of one pattern of waves, and its derivatives by the parameters.</content>
internal sealed partial class ResidualModel
{
    /// <summary>C of a pattern under the current parameters, n×n, full.</summary>
    public void FillPattern(WavePattern pattern, Span<double> c)
    {
        int n = pattern.Size, m = Layout.Waves;
        var ratio = Ratio(pattern.Group, current);
        var square = ratio * ratio;
        if (shape.UsesTimes)
        {
            shape.Evaluate(current.AsSpan(Start(pattern.Group), perGroup), TimesOf(pattern), c, new double[perGroup * n * n]);
        }
        else
        {
            var table = Table(pattern.Group);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    c[i * n + j] = table[pattern.Ranks[i] * m + pattern.Ranks[j]];
                }
            }
        }

        for (var i = 0; i < n * n; i++)
        {
            c[i] *= square;
        }
    }

    /// <summary>The derivatives of a pattern's C by every parameter, Parameters matrices of n×n (zero for other groups' parameters).</summary>
    public void FillPatternDerivatives(WavePattern pattern, Span<double> result)
    {
        int n = pattern.Size, m = Layout.Waves;
        result[..(Parameters * n * n)].Clear();
        var ratio = Ratio(pattern.Group, current);
        var local = new double[perGroup * n * n];
        if (shape.UsesTimes)
        {
            shape.Evaluate(current.AsSpan(Start(pattern.Group), perGroup), TimesOf(pattern), new double[n * n], local);
        }

        for (var k = 0; k < perGroup; k++)
        {
            var target = result.Slice((Start(pattern.Group) + k) * n * n, n * n);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    target[i * n + j] = ratio * ratio * (shape.UsesTimes
                        ? local[(k * n + i) * n + j]
                        : derivatives[((pattern.Group * perGroup + k) * m + pattern.Ranks[i]) * m + pattern.Ranks[j]]);
                }
            }
        }

        if (pattern.Group > 0)
        {
            var target = result.Slice((Start(pattern.Group) - 1) * n * n, n * n);
            FillPattern(pattern, target);
            foreach (ref var value in target)
            {
                value *= 2;
            }
        }
    }

    /// <summary>The times of a pattern's waves.</summary>
    public double[] TimesOf(WavePattern pattern) => Array.ConvertAll(pattern.Ranks, rank => Layout.Times[rank]);
}

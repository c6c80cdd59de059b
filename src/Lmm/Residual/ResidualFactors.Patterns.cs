namespace MarginalConditional.Lmm.Residual;

/// <content>C of one pattern of waves, and its derivatives by the parameters.</content>
internal sealed partial class ResidualFactors
{
    /// <summary>C of a pattern under the current parameters, n×n, full.</summary>
    public void FillPattern(WavePattern pattern, Span<double> c)
    {
        int n = pattern.Size, m = Layout.Waves;
        var ratio = Model.Ratio(pattern.Group, current);
        var square = ratio * ratio;
        if (Shape.UsesTimes)
        {
            Shape.Evaluate(Own(pattern.Group), Model.TimesOf(pattern), c, new double[PerGroup * n * n]);
        }
        else
        {
            var table = Table(pattern.Group);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    c[(i * n) + j] = table[(pattern.Ranks[i] * m) + pattern.Ranks[j]];
                }
            }
        }

        for (var i = 0; i < n * n; i++)
        {
            c[i] *= square;
        }
    }

    /// <summary>
    /// The derivatives of a pattern's C by every parameter, Parameters matrices of n×n (zero for other groups' parameters).
    /// </summary>
    public void FillPatternDerivatives(WavePattern pattern, Span<double> result)
    {
        int n = pattern.Size, m = Layout.Waves;
        result[..(Model.Parameters * n * n)].Clear();
        var ratio = Model.Ratio(pattern.Group, current);
        var local = new double[PerGroup * n * n];
        if (Shape.UsesTimes)
        {
            Shape.Evaluate(Own(pattern.Group), Model.TimesOf(pattern), new double[n * n], local);
        }

        for (var k = 0; k < PerGroup; k++)
        {
            var target = result.Slice((Model.Start(pattern.Group) + k) * n * n, n * n);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    target[(i * n) + j] = ratio * ratio * (Shape.UsesTimes
                        ? local[(((k * n) + i) * n) + j]
                        : derivatives[(((((pattern.Group * PerGroup) + k) * m) + pattern.Ranks[i]) * m) + pattern.Ranks[j]]);
                }
            }
        }

        if (pattern.Group > 0)
        {
            var target = result.Slice((Model.Start(pattern.Group) - 1) * n * n, n * n);
            FillPattern(pattern, target);
            foreach (ref var value in target)
            {
                value *= 2;
            }
        }
    }
}

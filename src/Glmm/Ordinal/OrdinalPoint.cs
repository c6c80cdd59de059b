namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The parameters of a cumulative model as evaluations use them: the fixed part, and a factor Λ for every level.</summary>
internal sealed class OrdinalPoint
{
    private readonly OrdinalRows rows;
    private readonly double[] values;

    /// <summary>Allocates for a model.</summary>
    public OrdinalPoint(OrdinalRows rows)
    {
        this.rows = rows;
        Count = rows.Layout.Count + rows.Levels.Sum(level => level.Factor.ParameterCount);
        values = new double[Count];
        Lambda = [.. rows.Levels.Select(level => new double[level.Factor.Dimension * level.Factor.Dimension])];
    }

    /// <summary>m, the number of all parameters.</summary>
    public int Count { get; }

    /// <summary>Thresholds, β and γ in scaled units.</summary>
    public ReadOnlySpan<double> Fixed => values.AsSpan(0, rows.Layout.Count);

    /// <summary>Λ of every level, q×q row-major, upper triangular by terms.</summary>
    public double[][] Lambda { get; }

    /// <summary>Takes over a parameter vector.</summary>
    public void Set(ReadOnlySpan<double> parameters)
    {
        parameters.CopyTo(values);
        var start = rows.Layout.Count;
        for (var l = 0; l < Lambda.Length; l++)
        {
            var factor = rows.Levels[l].Factor;
            factor.Fill(parameters.Slice(start, factor.ParameterCount), Lambda[l]);
            start += factor.ParameterCount;
        }
    }
}

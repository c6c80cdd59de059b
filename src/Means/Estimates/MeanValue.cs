namespace MarginalConditional.Means.Estimates;

/// <summary>A mean, slope or contrast of them before it is tested.</summary>
/// <param name="Full">On the link scale its weights on all columns; else null.</param>
/// <param name="Value">The estimate; on the link scale the offset's part of it alone. NaN when it is not estimable.</param>
/// <param name="Slope">On the response its derivatives in ψ; on the link scale empty.</param>
internal sealed record MeanValue(double[]? Full, double Value, double[] Slope)
{
    /// <summary>What cannot be estimated on the response.</summary>
    public static MeanValue Nothing { get; } = new(null, double.NaN, []);

    /// <summary>A combination.</summary>
    /// <param name="values">The parts.</param>
    /// <param name="weights">Their weights.</param>
    public static MeanValue Combine(IReadOnlyList<MeanValue> values, ReadOnlySpan<double> weights)
    {
        var (full, value, slope) = ((double[]?)null, 0.0, (double[]?)null);
        for (var i = 0; i < values.Count; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            if (values[i].Full is null && double.IsNaN(values[i].Value))
            {
                return Nothing;
            }

            value += weights[i] * values[i].Value;
            Add(values[i].Full, weights[i], ref full);
            Add(values[i].Slope, weights[i], ref slope);
        }

        return new MeanValue(full, value, slope ?? []);
    }

    private static void Add(double[]? part, double weight, ref double[]? sum)
    {
        if (part is null)
        {
            return;
        }

        sum ??= new double[part.Length];
        for (var j = 0; j < part.Length; j++)
        {
            sum[j] += weight * part[j];
        }
    }
}

namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// A correlation shape times one variance, or times a variance for each
/// wave (working parameters: log ratios to the first standard deviation).
/// </summary>
internal sealed class ScaledShape : ResidualShape
{
    private readonly CorrelationShape shape;
    private readonly bool heterogeneous;

    /// <summary>Combines the two.</summary>
    public ScaledShape(CorrelationShape shape, bool heterogeneous)
    {
        this.shape = shape;
        this.heterogeneous = heterogeneous;
    }

    /// <inheritdoc/>
    public override bool UsesTimes => shape.UsesTimes;

    /// <inheritdoc/>
    public override bool IsLinear => shape.IsLinear && (!heterogeneous || shape is IndependentShape);

    /// <inheritdoc/>
    public override bool AbsorbsIntercept => !heterogeneous && shape is CompoundSymmetryShape or ToeplitzShape;

    /// <inheritdoc/>
    public override bool StartsFromCovariance => heterogeneous;

    /// <inheritdoc/>
    public override int Count(int waves) => Ratios(waves) + shape.Count(waves);

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives)
    {
        var m = times.Length;
        var ratios = Ratios(m);
        shape.Evaluate(parameters[ratios..], times, matrix, derivatives[(ratios * m * m)..]);
        if (ratios == 0)
        {
            return;
        }

        var deviations = new double[m];
        deviations[0] = 1;
        for (var j = 1; j < m; j++)
        {
            deviations[j] = Math.Exp(parameters[j - 1]);
        }

        Rescale(matrix, deviations);
        for (var k = ratios; k < Count(m); k++)
        {
            Rescale(derivatives.Slice(k * m * m, m * m), deviations);
        }

        for (var k = 0; k < ratios; k++)
        {
            var derivative = derivatives.Slice(k * m * m, m * m);
            derivative.Clear();
            var wave = k + 1;
            for (var i = 0; i < m; i++)
            {
                derivative[(wave * m) + i] += matrix[(wave * m) + i];
                derivative[(i * m) + wave] += matrix[(i * m) + wave];
            }
        }
    }

    /// <inheritdoc/>
    public override void FillStart(ReadOnlySpan<double> covariance, int waves, Span<double> parameters)
    {
        var ratios = Ratios(waves);
        for (var k = 0; k < ratios; k++)
        {
            parameters[k] = Math.Log(covariance[((k + 1) * waves) + k + 1] / covariance[0]) / 2;
        }

        shape.FillStart(parameters[ratios..]);
    }

    /// <inheritdoc/>
    public override double[] ToNatural(ReadOnlySpan<double> parameters, int waves, double scale)
    {
        var ratios = Ratios(waves);
        var natural = new double[ratios + 1 + shape.Count(waves)];
        natural[0] = scale;
        for (var k = 0; k < ratios; k++)
        {
            natural[k + 1] = scale * Math.Exp(2 * parameters[k]);
        }

        var correlations = natural.AsSpan(ratios + 1);
        shape.ToNatural(parameters[ratios..], waves, correlations);
        if (IsLinear)
        {
            for (var k = 0; k < correlations.Length; k++)
            {
                correlations[k] *= scale;
            }
        }

        return natural;
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> covariance)
    {
        var m = times.Length;
        var variances = heterogeneous ? m : 1;
        var correlations = natural[variances..].ToArray();
        if (IsLinear)
        {
            for (var k = 0; k < correlations.Length; k++)
            {
                correlations[k] /= natural[0];
            }
        }

        shape.Fill(correlations, times, covariance);
        var deviations = new double[m];
        for (var j = 0; j < m; j++)
        {
            deviations[j] = Math.Sqrt(natural[heterogeneous ? j : 0]);
        }

        Rescale(covariance, deviations);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names(int waves)
    {
        var variances = heterogeneous ? Enumerable.Range(1, waves).Select(wave => $"variance({wave})") : ["variance"];
        return [.. variances, .. shape
            .Names(waves)
            .Select(name => IsLinear ? name.Replace("rho", "covariance", StringComparison.Ordinal) : name)];
    }

    /// <inheritdoc/>
    public override int Variances(int waves) => Ratios(waves) + 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> CorrelationNames(int waves) => [.. shape.Names(waves)];

    /// <inheritdoc/>
    public override double[] Correlations(ReadOnlySpan<double> parameters, int waves)
    {
        var correlations = new double[shape.Count(waves)];
        shape.ToNatural(parameters[Ratios(waves)..], waves, correlations);
        return correlations;
    }

    /// <inheritdoc/>
    public override (double Lowest, double Highest) CorrelationRange(int waves) => shape.Range(waves);

    /// <inheritdoc/>
    public override ResidualShape ForCorrelation(int index, int waves) => this;

    /// <inheritdoc/>
    public override int HeldParameter(int index, int waves) => Ratios(waves) + index;

    /// <inheritdoc/>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes) =>
        shape.TryHold(index, value, waves, parameters[Ratios(waves)..], slopes[Ratios(waves)..]);

    private static void Rescale(Span<double> matrix, ReadOnlySpan<double> deviations)
    {
        var m = deviations.Length;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                matrix[(i * m) + j] *= deviations[i] * deviations[j];
            }
        }
    }

    private int Ratios(int waves) => heterogeneous ? waves - 1 : 0;
}

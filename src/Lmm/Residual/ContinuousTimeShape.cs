namespace MarginalConditional.Lmm.Residual;

/// <summary>Continuous-time autoregression: ρ^|t − s| with the waves' numeric values, 0 &lt; ρ &lt; 1 for one unit of time.</summary>
internal sealed class ContinuousTimeShape : CorrelationShape
{
    private readonly double unit;

    /// <summary>Creates the shape.</summary>
    /// <param name="unit">A typical gap between waves, in units of the wave column: only the working parameter depends on it.</param>
    public ContinuousTimeShape(double unit) => this.unit = unit;

    /// <inheritdoc/>
    public override bool UsesTimes => true;

    /// <inheritdoc/>
    public override int Count(int waves) => 1;

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural) =>
        natural[0] = Math.Exp(-Math.Exp(parameters[0]) / unit);

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        var log = Math.Log(natural[0]);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = Math.Exp(log * Math.Abs(times[i] - times[j]));
                matrix[(i * m) + j] = value;
                matrix[(j * m) + i] = value;
            }
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives)
    {
        var m = times.Length;
        var rate = Math.Exp(parameters[0]) / unit;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var exponent = rate * Math.Abs(times[i] - times[j]);
                var value = Math.Exp(-exponent);
                matrix[(i * m) + j] = value;
                matrix[(j * m) + i] = value;
                derivatives[(i * m) + j] = -exponent * value;
                derivatives[(j * m) + i] = -exponent * value;
            }
        }
    }

    /// <inheritdoc/>
    public override (double Lowest, double Highest) Range(int waves) => (0, 1);

    /// <inheritdoc/>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        parameters[0] = Math.Log(-Math.Log(value) * unit);
        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => ["rho"];
}

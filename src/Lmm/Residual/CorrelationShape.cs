namespace MarginalConditional.Lmm.Residual;

/// <summary>The shape of a correlation matrix over waves, in unbounded working parameters, with derivatives.</summary>
internal abstract class CorrelationShape
{
    private protected CorrelationShape()
    {
    }

    /// <summary>Whether correlations depend on the waves' numeric values rather than on their ranks.</summary>
    public virtual bool UsesTimes => false;

    /// <summary>Whether σ² times the matrix is linear in σ² and σ² times the natural parameters.</summary>
    public virtual bool IsLinear => false;

    /// <summary>The number of parameters for m waves.</summary>
    public abstract int Count(int waves);

    /// <summary>Working parameters of a moderate correlation.</summary>
    public virtual void FillStart(Span<double> parameters) => parameters.Fill(0.3);

    /// <summary>The natural parameters (correlations) of working ones.</summary>
    /// <param name="parameters">Count(m) unbounded numbers.</param>
    /// <param name="waves">m.</param>
    /// <param name="natural">Receives Count(m) correlations.</param>
    public abstract void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural);

    /// <summary>The correlation matrix of natural parameters.</summary>
    /// <param name="natural">Count(m) correlations.</param>
    /// <param name="times">m times; ranks unless <see cref="UsesTimes"/>.</param>
    /// <param name="matrix">Receives m×m numbers, full.</param>
    public abstract void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix);

    /// <summary>The correlation matrix of working parameters, and its derivatives by them.</summary>
    /// <param name="parameters">Count(m) unbounded numbers.</param>
    /// <param name="times">m times; ranks unless <see cref="UsesTimes"/>.</param>
    /// <param name="matrix">Receives m×m numbers, full.</param>
    /// <param name="derivatives">Receives Count(m) matrices of m×m, one after another.</param>
    public abstract void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives);

    /// <summary>The natural parameters' names.</summary>
    public abstract IEnumerable<string> Names(int waves);

    /// <summary>Between which values a correlation may lie.</summary>
    public virtual (double Lowest, double Highest) Range(int waves) => (-1, 1);

    /// <summary>
    /// Sets one working parameter so that the natural parameter of the same index has a value, the other working parameters as they are.
    /// </summary>
    /// <param name="index">The parameter.</param>
    /// <param name="value">A correlation inside <see cref="Range"/>.</param>
    /// <param name="waves">m.</param>
    /// <param name="parameters">Count(m) working parameters; one is set.</param>
    /// <param name="slopes">Count(m) zeros; receives the derivatives of the one by those it depends on.</param>
    /// <returns>False when the others do not allow the value.</returns>
    public virtual bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        parameters[index] = Math.Atanh(value);
        return true;
    }
}

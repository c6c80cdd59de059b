namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// A residual covariance ready to compute with: C in unbounded working parameters for the fit, R in natural ones for inference.
/// </summary>
internal abstract class ResidualShape
{
    /// <summary>Whether covariances depend on the waves' numeric values.</summary>
    public abstract bool UsesTimes { get; }

    /// <summary>Whether R is linear in its natural parameters.</summary>
    public abstract bool IsLinear { get; }

    /// <summary>Whether adding one number to all entries of R gives an R of the same structure, as a random intercept does.</summary>
    public abstract bool AbsorbsIntercept { get; }

    /// <summary>The number of working parameters of C.</summary>
    public abstract int Count(int waves);

    /// <summary>C and its derivatives by the working parameters.</summary>
    /// <param name="parameters">Count(m) unbounded numbers.</param>
    /// <param name="times">m times.</param>
    /// <param name="matrix">Receives m×m numbers.</param>
    /// <param name="derivatives">Receives Count(m) matrices of m×m.</param>
    public abstract void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives);

    /// <summary>Whether <see cref="FillStart"/> reads the empirical covariance.</summary>
    public abstract bool StartsFromCovariance { get; }

    /// <summary>Working parameters near an empirical covariance (m×m, positive definite; empty unless it is read).</summary>
    public abstract void FillStart(ReadOnlySpan<double> covariance, int waves, Span<double> parameters);

    /// <summary>The natural parameters of R = scale·C.</summary>
    public abstract double[] ToNatural(ReadOnlySpan<double> parameters, int waves, double scale);

    /// <summary>R from natural parameters.</summary>
    public abstract void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> covariance);

    /// <summary>The natural parameters' names.</summary>
    public abstract IReadOnlyList<string> Names(int waves);

    /// <summary>The number of variances: one, or one for each wave.</summary>
    public abstract int Variances(int waves);

    /// <summary>The names of the correlations that are parameters.</summary>
    public abstract IReadOnlyList<string> CorrelationNames(int waves);

    /// <summary>The correlations of working parameters, in the order of their names.</summary>
    public abstract double[] Correlations(ReadOnlySpan<double> parameters, int waves);

    /// <summary>Between which values a correlation may lie.</summary>
    public abstract (double Lowest, double Highest) CorrelationRange(int waves);

    /// <summary>
    /// The same structure in working parameters of which one can hold a correlation: that of <see cref="HeldParameter"/>.
    /// </summary>
    public abstract ResidualShape ForCorrelation(int index, int waves);

    /// <summary>The working parameter by which <see cref="TryHold"/> holds a correlation.</summary>
    public abstract int HeldParameter(int index, int waves);

    /// <summary>Sets that working parameter so that a correlation has a value, the others as they are.</summary>
    /// <param name="index">The correlation.</param>
    /// <param name="value">Its value, inside its range.</param>
    /// <param name="waves">m.</param>
    /// <param name="parameters">Count(m) working parameters; one is set.</param>
    /// <param name="slopes">Count(m) zeros; receives the derivatives of the one by those it depends on.</param>
    /// <returns>False when the others do not allow the value.</returns>
    public abstract bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes);
}

using System.Collections;

namespace MarginalConditional.Statistics.Inference;

/// <summary>The estimates of a fit with standard errors, Wald tests and intervals, one row a coefficient in the design's order.</summary>
public sealed class CoefficientTable : IReadOnlyList<Coefficient>
{
    private readonly Coefficient[] rows;

    /// <summary>Computes the table.</summary>
    /// <param name="terms">Names, p.</param>
    /// <param name="estimates">Estimates on the link scale, p.</param>
    /// <param name="standardErrors">Standard errors, p.</param>
    /// <param name="degreesOfFreedom">Of each row's t distribution, p; empty
    /// for the standard normal; an infinite entry means the normal too.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public CoefficientTable(
        IReadOnlyList<string> terms,
        ReadOnlySpan<double> estimates,
        ReadOnlySpan<double> standardErrors,
        ReadOnlySpan<double> degreesOfFreedom = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (estimates.Length != terms.Count || standardErrors.Length != terms.Count)
        {
            throw new ArgumentException("There must be one estimate and one standard error for every term.", nameof(estimates));
        }

        if (!degreesOfFreedom.IsEmpty && degreesOfFreedom.Length != terms.Count)
        {
            throw new ArgumentException("There must be degrees of freedom for every term, or none.", nameof(degreesOfFreedom));
        }

        Level = level;
        rows = new Coefficient[terms.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            double? df = degreesOfFreedom.IsEmpty || double.IsPositiveInfinity(degreesOfFreedom[i]) ? null : degreesOfFreedom[i];
            rows[i] = Coefficient.Wald(terms[i], estimates[i], standardErrors[i], df, level);
        }
    }

    /// <summary>Takes rows that were computed otherwise.</summary>
    /// <param name="rows">A row a coefficient; copied.</param>
    /// <param name="level">The intervals' level.</param>
    public CoefficientTable(IReadOnlyList<Coefficient> rows, double level)
    {
        this.rows = [.. rows];
        Level = level;
    }

    /// <summary>The intervals' level.</summary>
    public double Level { get; }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>One row.</summary>
    public Coefficient this[int index] => rows[index];

    /// <summary>The row of a term.</summary>
    /// <exception cref="KeyNotFoundException">There is no such term.</exception>
    public Coefficient this[string term] =>
        rows.FirstOrDefault(row => row.Term == term) ?? throw new KeyNotFoundException($"There is no coefficient \"{term}\".");

    /// <inheritdoc/>
    public IEnumerator<Coefficient> GetEnumerator() => ((IEnumerable<Coefficient>)rows).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

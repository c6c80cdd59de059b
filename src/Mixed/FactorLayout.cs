namespace MarginalConditional.Mixed;

/// <summary>
/// Where the covariance parameters of random terms stand: in a block-diagonal triangular factor, term by term and column by column.
/// </summary>
/// <remarks>The block of a term with uncorrelated effects is diagonal (Bates et al. 2015, section 3.1).</remarks>
public sealed class FactorLayout
{
    private readonly (int Dimension, bool Correlated)[] terms;
    private readonly int[] firstEffects;
    private readonly int[] firstParameters;
    private readonly FactorEntry[] entries;

    private FactorLayout(IEnumerable<(int Dimension, bool Correlated)> terms, bool upper)
    {
        this.terms = [.. terms];
        firstEffects = new int[this.terms.Length + 1];
        firstParameters = new int[this.terms.Length + 1];
        var all = new List<FactorEntry>();
        for (var t = 0; t < this.terms.Length; t++)
        {
            var (q, correlated) = this.terms[t];
            for (var column = 0; column < q; column++)
            {
                var first = correlated && upper ? 0 : column;
                var last = correlated && !upper ? q - 1 : column;
                for (var row = first; row <= last; row++)
                {
                    all.Add(new FactorEntry(t, row, column, all.Count));
                }
            }

            firstEffects[t + 1] = firstEffects[t] + q;
            firstParameters[t + 1] = all.Count;
        }

        entries = [.. all];
    }

    /// <summary>The entries of lower triangles: those of the Cholesky factors that are reported.</summary>
    /// <param name="terms">For each term its number of effects, and whether they may be correlated.</param>
    public static FactorLayout Lower(params IEnumerable<(int Dimension, bool Correlated)> terms) => new(terms, upper: false);

    /// <summary>The entries of upper triangles.</summary>
    /// <param name="terms">For each term its number of effects, and whether they may be correlated.</param>
    public static FactorLayout Upper(params IEnumerable<(int Dimension, bool Correlated)> terms) => new(terms, upper: true);

    /// <summary>The number of terms.</summary>
    public int Terms => terms.Length;

    /// <summary>q, the effects of all terms.</summary>
    public int Dimension => firstEffects[^1];

    /// <summary>The number of free entries of all terms.</summary>
    public int Count => entries.Length;

    /// <summary>The free entries, in the order of the parameters.</summary>
    public ReadOnlySpan<FactorEntry> Entries => entries;

    /// <summary>The number of effects of a term.</summary>
    public int DimensionOf(int term) => terms[term].Dimension;

    /// <summary>Whether the effects of a term may be correlated.</summary>
    public bool IsCorrelated(int term) => terms[term].Correlated;

    /// <summary>The place of a term's first effect among all; q for the number of terms.</summary>
    public int FirstEffect(int term) => firstEffects[term];

    /// <summary>The place of a term's first parameter among all; their number for the number of terms.</summary>
    public int FirstParameter(int term) => firstParameters[term];

    /// <summary>The free entries of one term.</summary>
    public ReadOnlySpan<FactorEntry> EntriesOf(int term) => entries.AsSpan(firstParameters[term]..firstParameters[term + 1]);

    /// <summary>The row of a parameter in the factor of all terms.</summary>
    public int Row(int parameter) => firstEffects[entries[parameter].Term] + entries[parameter].Row;

    /// <summary>The column of a parameter in the factor of all terms.</summary>
    public int Column(int parameter) => firstEffects[entries[parameter].Term] + entries[parameter].Column;

    /// <summary>Writes the factor of all terms, q×q row-major, with zeros where nothing is free.</summary>
    /// <param name="parameters">The free entries.</param>
    /// <param name="factor">Receives the factor.</param>
    public void Fill(ReadOnlySpan<double> parameters, Span<double> factor)
    {
        factor.Clear();
        for (var e = 0; e < entries.Length; e++)
        {
            factor[(Row(e) * Dimension) + Column(e)] = parameters[e];
        }
    }

    /// <summary>Reads the free entries of a factor of all terms, q×q row-major.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="parameters">Receives the free entries.</param>
    public void Pack(ReadOnlySpan<double> factor, Span<double> parameters)
    {
        for (var e = 0; e < entries.Length; e++)
        {
            parameters[e] = factor[(Row(e) * Dimension) + Column(e)];
        }
    }
}

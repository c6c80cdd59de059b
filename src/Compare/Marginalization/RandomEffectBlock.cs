using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// One random-effects term as the marginalization needs it: its columns Z on
/// the rows and the Cholesky factor of its covariance D = LLᵀ. Immutable.
/// </summary>
public sealed class RandomEffectBlock
{
    private readonly double[] columns;
    private readonly double[] factor;

    /// <summary>Copies the arrays.</summary>
    /// <param name="columns">Z, n×q, column-major.</param>
    /// <param name="factor">L, q×q, row-major, lower triangular.</param>
    /// <param name="dimension">q.</param>
    /// <param name="correlated">Whether every entry of L's lower triangle is a parameter; if not, only its diagonal is.</param>
    /// <param name="names">The q names of the columns; needed only to code them again under other values.</param>
    public RandomEffectBlock(double[] columns, double[] factor, int dimension, bool correlated, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (factor.Length != dimension * dimension || columns.Length % dimension != 0)
        {
            throw new ArgumentException(
                $"A term of {dimension} effects needs a factor of {dimension * dimension} entries and whole columns.",
                nameof(factor));
        }

        this.columns = [.. columns];
        this.factor = [.. factor];
        Dimension = dimension;
        Correlated = correlated;
        Names = names ?? [];
    }

    /// <summary>The q names of the columns, or empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>q, the number of effects.</summary>
    public int Dimension { get; }

    /// <summary>Whether the effects may be correlated.</summary>
    public bool Correlated { get; }

    /// <summary>The number of parameters θ: the entries of L, column by column, or its diagonal.</summary>
    public int Parameters => Correlated ? Dimension * (Dimension + 1) / 2 : Dimension;

    /// <summary>n.</summary>
    public int Rows => columns.Length / Dimension;

    /// <summary>Z of one row and one effect.</summary>
    public double Column(int effect, int row) => columns[(effect * Rows) + row];

    /// <summary>Entry (row, column) of L.</summary>
    public double Factor(int row, int column) => factor[(row * Dimension) + column];

    /// <summary>
    /// The block under other values: each column that is also a column of
    /// the fixed design, by name and content, is taken from the new design.
    /// </summary>
    /// <param name="observed">The design of the data.</param>
    /// <param name="changed">The design under other values.</param>
    /// <returns>This block when no column of it changes.</returns>
    internal RandomEffectBlock Under(DesignMatrix observed, DesignMatrix changed)
    {
        double[]? recoded = null;
        for (var effect = 0; effect < Names.Count; effect++)
        {
            for (var j = 0; j < observed.Columns; j++)
            {
                var own = columns.AsSpan(effect * Rows, Rows);
                if (observed.Names[j] == Names[effect] && own.SequenceEqual(observed.Column(j)) && !own.SequenceEqual(changed.Column(j)))
                {
                    recoded ??= [.. columns];
                    changed.Column(j).CopyTo(recoded.AsSpan(effect * Rows, Rows));
                }
            }
        }

        return recoded is null ? this : new RandomEffectBlock(recoded, factor, Dimension, Correlated, Names);
    }
}

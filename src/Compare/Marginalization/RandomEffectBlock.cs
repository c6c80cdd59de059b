namespace MarginalConditional.Compare.Marginalization;

/// <summary>One random-effects term as the marginalization needs it: its columns Z on the rows and the Cholesky factor of its covariance D = LLᵀ.</summary>
public sealed class RandomEffectBlock
{
    private readonly double[] columns;
    private readonly double[] factor;

    /// <summary>Wraps the arrays (not copied).</summary>
    /// <param name="columns">Z, n×q, column-major.</param>
    /// <param name="factor">L, q×q, row-major, lower triangular.</param>
    /// <param name="dimension">q.</param>
    /// <param name="correlated">Whether every entry of L's lower triangle is a parameter; if not, only its diagonal is.</param>
    public RandomEffectBlock(double[] columns, double[] factor, int dimension, bool correlated)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (factor.Length != dimension * dimension || columns.Length % dimension != 0)
        {
            throw new ArgumentException($"A term of {dimension} effects needs a factor of {dimension * dimension} entries and whole columns.", nameof(factor));
        }

        this.columns = columns;
        this.factor = factor;
        Dimension = dimension;
        Correlated = correlated;
    }

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
}

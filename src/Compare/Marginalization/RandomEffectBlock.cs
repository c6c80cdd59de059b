using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;

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

    /// <summary>The terms of a fitted mixed model; without random terms in the frame the random intercept of its clusters.</summary>
    /// <param name="frame">The rows fitted.</param>
    /// <param name="effects">The fit's random effects, in the order of the frame's terms.</param>
    /// <param name="theta">The entries of the lower Cholesky factors, term by term; further values are ignored.</param>
    internal static IReadOnlyList<RandomEffectBlock> Of(
        ModelFrame frame, IReadOnlyList<RandomEffectEstimate> effects, ReadOnlySpan<double> theta)
    {
        var terms = new List<RandomEffectBlock>();
        var first = 0;
        for (var term = 0; term < effects.Count; term++)
        {
            var dimension = effects[term].Dimension;
            var (columns, correlated) = frame.RandomTerms.Count == 0
                ? (Enumerable.Repeat(1.0, frame.Rows).ToArray(), true)
                : (frame.RandomTerms[term].Values.ToArray(), frame.RandomTerms[term].Correlated);
            terms.Add(new RandomEffectBlock(
                columns, Lower(theta[first..], dimension, correlated), dimension, correlated, effects[term].Names));
            first += terms[^1].Parameters;
        }

        return terms;
    }

    private static double[] Lower(ReadOnlySpan<double> theta, int dimension, bool correlated)
    {
        var factor = new double[dimension * dimension];
        var next = 0;
        for (var column = 0; column < dimension; column++)
        {
            var last = correlated ? dimension - 1 : column;
            for (var row = column; row <= last; row++)
            {
                factor[(row * dimension) + column] = theta[next++];
            }
        }

        return factor;
    }
}

using MarginalConditional.Data.Frames;

namespace MarginalConditional.Lmm.Model;

/// <summary>Where the parameters θ stand in the lower triangular relative factor Λ of a level's effects (covariance σ²ΛΛᵀ).</summary>
/// <remarks>Block diagonal over terms; within a term column by column, or the diagonal alone for uncorrelated effects (Bates et al. 2015, section 3.1).</remarks>
internal sealed class RelativeFactor
{
    private readonly int[] rows;
    private readonly int[] columns;
    private readonly int[] strides;
    private readonly int[] copies;

    /// <summary>Lays out the parameters of terms on one grouping, or of crossed terms whose groups all stand side by side.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="isSpread">Whether Λ holds a copy of each term's factor for every group of the term.</param>
    public RelativeFactor(IReadOnlyList<RandomTermDesign> terms, bool isSpread)
    {
        var stride = new List<int>();
        var copy = new List<int>();
        var row = new List<int>();
        var column = new List<int>();
        var offset = 0;
        foreach (var term in terms)
        {
            for (var j = 0; j < term.Dimension; j++)
            {
                for (var i = j; i < (term.Correlated ? term.Dimension : j + 1); i++)
                {
                    row.Add(offset + i);
                    column.Add(offset + j);
                    stride.Add(term.Dimension);
                    copy.Add(isSpread ? term.GroupCount : 1);
                }
            }

            offset += term.Dimension * (isSpread ? term.GroupCount : 1);
        }

        Dimension = offset;
        rows = [.. row];
        columns = [.. column];
        strides = [.. stride];
        copies = [.. copy];
    }

    /// <summary>q.</summary>
    public int Dimension { get; }

    /// <summary>The number of parameters.</summary>
    public int Parameters => rows.Length;

    /// <summary>The row of a parameter (of its first copy) in Λ.</summary>
    public int Row(int parameter) => rows[parameter];

    /// <summary>The column of a parameter (of its first copy) in Λ.</summary>
    public int Column(int parameter) => columns[parameter];

    /// <summary>How often a parameter stands in Λ: once, or once for each group of a crossed term.</summary>
    public int Copies(int parameter) => copies[parameter];

    /// <summary>Row and column of one of a parameter's copies.</summary>
    public (int Row, int Column) Place(int parameter, int copy) => (rows[parameter] + copy * strides[parameter], columns[parameter] + copy * strides[parameter]);

    /// <summary>Whether a parameter stands on the diagonal, where it may not be negative.</summary>
    public bool IsDiagonal(int parameter) => rows[parameter] == columns[parameter];

    /// <summary>Writes Λ (q×q, row-major) for parameters θ.</summary>
    public void Fill(ReadOnlySpan<double> theta, Span<double> lambda)
    {
        lambda[..(Dimension * Dimension)].Clear();
        for (var k = 0; k < rows.Length; k++)
        {
            for (var copy = 0; copy < copies[k]; copy++)
            {
                lambda[(rows[k] + copy * strides[k]) * Dimension + columns[k] + copy * strides[k]] = theta[k];
            }
        }
    }

    /// <summary>Turns the symmetric derivative G by Ψ = ΛΛᵀ into that by θ: 2(GΛ) at each parameter's place.</summary>
    public void Chain(ReadOnlySpan<double> derivative, ReadOnlySpan<double> lambda, Span<double> gradient)
    {
        for (var k = 0; k < rows.Length; k++)
        {
            var sum = 0.0;
            for (var copy = 0; copy < copies[k]; copy++)
            {
                var (row, column) = (rows[k] + copy * strides[k], columns[k] + copy * strides[k]);

                // Below its block a column of Λ is zero.
                for (var j = column; j < Math.Min(Dimension, column + strides[k]); j++)
                {
                    sum += derivative[row * Dimension + j] * lambda[j * Dimension + column];
                }
            }

            gradient[k] = 2 * sum;
        }
    }
}

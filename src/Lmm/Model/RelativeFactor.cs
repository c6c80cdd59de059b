using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;

namespace MarginalConditional.Lmm.Model;

/// <summary>Where the parameters θ stand in the lower triangular relative factor Λ of a level's effects (covariance σ²ΛΛᵀ).</summary>
/// <remarks>As in <see cref="FactorLayout"/>; crossed terms stand there once for each of their groups, with the same parameters.</remarks>
internal sealed class RelativeFactor
{
    private readonly FactorLayout layout;
    private readonly int[] offsets;
    private readonly int[] copies;

    /// <summary>Lays out the parameters of terms on one grouping, or of crossed terms whose groups all stand side by side.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="spread">Whether Λ holds a copy of each term's factor for every group of the term.</param>
    public RelativeFactor(IReadOnlyList<RandomTermDesign> terms, bool spread)
    {
        layout = FactorLayout.Lower(terms.Select(term => (term.Dimension, term.Correlated)));
        copies = [.. terms.Select(term => spread ? term.GroupCount : 1)];
        offsets = new int[terms.Count + 1];
        for (var t = 0; t < terms.Count; t++)
        {
            offsets[t + 1] = offsets[t] + (terms[t].Dimension * copies[t]);
        }
    }

    /// <summary>q.</summary>
    public int Dimension => offsets[^1];

    /// <summary>The number of parameters.</summary>
    public int Parameters => layout.Count;

    /// <summary>The row of Λ where the first copy of a term starts.</summary>
    public int Offset(int term) => offsets[term];

    /// <summary>The first parameter of a term; their number for the number of terms.</summary>
    public int FirstParameter(int term) => layout.FirstParameter(term);

    /// <summary>The row of a parameter (of its first copy) in Λ.</summary>
    public int Row(int parameter) => Place(parameter, 0).Row;

    /// <summary>The column of a parameter (of its first copy) in Λ.</summary>
    public int Column(int parameter) => Place(parameter, 0).Column;

    /// <summary>How often a parameter stands in Λ: once, or once for each group of a crossed term.</summary>
    public int Copies(int parameter) => copies[layout.Entries[parameter].Term];

    /// <summary>Row and column of one of a parameter's copies.</summary>
    public (int Row, int Column) Place(int parameter, int copy)
    {
        var entry = layout.Entries[parameter];
        var start = offsets[entry.Term] + (copy * layout.DimensionOf(entry.Term));
        return (start + entry.Row, start + entry.Column);
    }

    /// <summary>Whether a parameter stands on the diagonal, where it may not be negative.</summary>
    public bool IsDiagonal(int parameter) => layout.Entries[parameter].IsDiagonal;

    /// <summary>Writes Λ (q×q, row-major) for parameters θ.</summary>
    public void Fill(ReadOnlySpan<double> theta, Span<double> lambda)
    {
        lambda[..(Dimension * Dimension)].Clear();
        for (var k = 0; k < Parameters; k++)
        {
            for (var copy = 0; copy < Copies(k); copy++)
            {
                var (row, column) = Place(k, copy);
                lambda[(row * Dimension) + column] = theta[k];
            }
        }
    }

    /// <summary>Turns the symmetric derivative G by Ψ = ΛΛᵀ into that by θ: 2(GΛ) at each parameter's place.</summary>
    public void Chain(ReadOnlySpan<double> derivative, ReadOnlySpan<double> lambda, Span<double> gradient)
    {
        for (var k = 0; k < Parameters; k++)
        {
            var stride = layout.DimensionOf(layout.Entries[k].Term);
            var sum = 0.0;
            for (var copy = 0; copy < Copies(k); copy++)
            {
                var (row, column) = Place(k, copy);

                // Below its block a column of Λ is zero.
                for (var j = column; j < Math.Min(Dimension, column + stride); j++)
                {
                    sum += derivative[(row * Dimension) + j] * lambda[(j * Dimension) + column];
                }
            }

            gradient[k] = 2 * sum;
        }
    }
}

using MarginalConditional.Data.Frames;

namespace MarginalConditional.Glmm.Linear.Likelihood;

/// <summary>Where the parameters θ stand in the lower triangular relative factor Λ of a level's effects (covariance σ²ΛΛᵀ).</summary>
/// <remarks>Block diagonal over terms; within a term column by column, or the diagonal alone for uncorrelated effects (Bates et al. 2015, section 3.1).</remarks>
internal sealed class RelativeFactor
{
    private readonly int[] rows;
    private readonly int[] columns;

    /// <summary>Lays out the parameters of terms on one grouping.</summary>
    public RelativeFactor(IReadOnlyList<RandomTermDesign> terms)
    {
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
                }
            }

            offset += term.Dimension;
        }

        Dimension = offset;
        rows = [.. row];
        columns = [.. column];
    }

    /// <summary>q.</summary>
    public int Dimension { get; }

    /// <summary>The number of parameters.</summary>
    public int Parameters => rows.Length;

    /// <summary>The row of a parameter in Λ.</summary>
    public int Row(int parameter) => rows[parameter];

    /// <summary>The column of a parameter in Λ.</summary>
    public int Column(int parameter) => columns[parameter];

    /// <summary>Whether a parameter stands on the diagonal, where it may not be negative.</summary>
    public bool IsDiagonal(int parameter) => rows[parameter] == columns[parameter];

    /// <summary>Writes Λ (q×q, row-major) for parameters θ.</summary>
    public void Fill(ReadOnlySpan<double> theta, Span<double> lambda)
    {
        lambda[..(Dimension * Dimension)].Clear();
        for (var k = 0; k < rows.Length; k++)
        {
            lambda[rows[k] * Dimension + columns[k]] = theta[k];
        }
    }

    /// <summary>Turns the symmetric derivative G by Ψ = ΛΛᵀ into that by θ: 2(GΛ) at each parameter's place.</summary>
    public void Chain(ReadOnlySpan<double> derivative, ReadOnlySpan<double> lambda, Span<double> gradient)
    {
        for (var k = 0; k < rows.Length; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < Dimension; j++)
            {
                sum += derivative[rows[k] * Dimension + j] * lambda[j * Dimension + columns[k]];
            }

            gradient[k] = 2 * sum;
        }
    }
}

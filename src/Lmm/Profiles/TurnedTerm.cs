using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>
/// A fit in which some effects of one random term come first and D = σ²MMᵀ, M = TΛ,
/// with T lower triangular: M has their deviations and correlations in its first rows.
/// </summary>
internal sealed class TurnedTerm
{
    private readonly double[] basis;
    private readonly int dimension;

    private TurnedTerm(LmmFit fit, int start, double[] basis, int dimension)
    {
        Fit = fit;
        Start = start;
        this.basis = basis;
        this.dimension = dimension;
    }

    /// <summary>The fit.</summary>
    public LmmFit Fit { get; }

    /// <summary>The index in θ of the first diagonal entry of Λ; the rest of its column follows.</summary>
    public int Start { get; }

    /// <summary>An entry of T.</summary>
    public double Basis(int row, int column) => basis[(row * dimension) + column];

    /// <summary>Turns a term of a fit; a term of uncorrelated effects stays as it is.</summary>
    /// <param name="full">The fit.</param>
    /// <param name="term">The term.</param>
    /// <param name="leading">The effects to come first: one, if the effects are uncorrelated.</param>
    public static TurnedTerm Of(LmmFit full, RandomTermDesign term, int[] leading)
    {
        var q = term.Dimension;
        if (!term.Correlated || q == 1)
        {
            var (before, level, offset) = Place(full, term);
            var size = full.Data.Hierarchy.Levels[level].Dimension;
            return new TurnedTerm(full, before + leading[0], [full.Data.Rows.Transform(level)[(offset + leading[0]) * (size + 1)]], 1);
        }

        int[] order = [.. leading, .. Enumerable.Range(0, q).Except(leading)];
        var basis = LowerBasis(term, order);
        var columns = new double[term.Groups.Length * q];
        for (var j = 0; j < q; j++)
        {
            for (var k = j; k < q; k++)
            {
                Dense.AddScaled(basis[(k * q) + j], term.Column(order[k]), columns.AsSpan(j * term.Groups.Length, term.Groups.Length));
            }
        }

        var turned = new RandomTermDesign(
            term.Group,
            term.Groups.ToArray(),
            term.GroupCount,
            term.Label,
            term.Names,
            columns,
            correlated: true);
        var frame = full.Frame.WithTerms(full.Frame.Design, [.. full.Frame.RandomTerms.Select(other => other == term ? turned : other)]);
        var fit = LmmFitter.Fit(frame, full.Options);
        return new TurnedTerm(fit, Place(fit, turned).Before, basis, q);
    }

    /// <summary>The number of parameters before a term's, its level, and the row of Λ where it starts.</summary>
    private static (int Before, int Level, int Offset) Place(LmmFit fit, RandomTermDesign term)
    {
        var levels = fit.Data.Hierarchy.Levels;
        var before = 0;
        for (var level = 0; level < levels.Count; level++)
        {
            var factor = levels[level].Factor;
            for (var t = 0; t < levels[level].Terms.Count; t++)
            {
                if (levels[level].Terms[t] == term)
                {
                    return (before + factor.FirstParameter(t), level, factor.Offset(t));
                }
            }

            before += factor.Parameters;
        }

        throw new ArgumentException("The term is not one of the fit's.", nameof(term));
    }

    /// <summary>The lower triangular T that makes the columns of ZT orthogonal of squared length n: (ZᵀZ/n)⁻¹ = TTᵀ.</summary>
    private static double[] LowerBasis(RandomTermDesign term, int[] order)
    {
        var (q, n) = (term.Dimension, term.Groups.Length);
        var gram = new double[q * q];
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                gram[(a * q) + b] = Dense.Dot(term.Column(order[a]), term.Column(order[b])) / n;
            }
        }

        var (factor, inverted, basis) = ((double[])gram.Clone(), new double[q * q], new double[q * q]);
        if (Cholesky.TryFactor(factor, q, out _))
        {
            Cholesky.InvertFactor(factor, q, inverted);
            Cholesky.InverseFromInvertedFactor(inverted, q, basis);
            if (Cholesky.TryFactor(basis, q, out _))
            {
                Dense.ClearUpper(basis, q);
                return basis;
            }
        }

        // Columns that determine each other are only scaled.
        Array.Clear(basis);
        for (var j = 0; j < q; j++)
        {
            basis[(j * q) + j] = gram[(j * q) + j] > 0 ? 1 / Math.Sqrt(gram[(j * q) + j]) : 1;
        }

        return basis;
    }
}

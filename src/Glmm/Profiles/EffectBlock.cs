using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>The covariance parameters of one random term, its effects put in an order in which those of interest come last.</summary>
/// <remarks>
/// In an upper triangular factor Λ of D = ΛΛᵀ the last row is the last standard deviation alone, and the last two rows are the last two
/// standard deviations and their correlation: held values become affine restrictions. Reordering turns the quadrature's tensor grid, which
/// moves a log-likelihood by less than its quadrature error (not at all
/// with one node), so the maximum is climbed to again in the new order.
/// </remarks>
internal sealed class EffectBlock
{
    private readonly CovarianceFactor factor;
    private readonly int start;
    private readonly int place;
    private readonly int firstColumn;
    private readonly IReadOnlyList<double> scales;

    private EffectBlock(
        int columns,
        IReadOnlyList<RandomLevel> levels,
        int term,
        MarginalLikelihood likelihood,
        double[] solution,
        double top,
        double[] information)
    {
        start = columns;
        var at = term;
        var level = 0;
        for (; at >= levels[level].Terms.Count; level++)
        {
            at -= levels[level].Terms.Count;
            start += levels[level].Factor.ParameterCount;
        }

        factor = levels[level].Factor;
        scales = levels[level].Scales;
        place = at;
        firstColumn = factor.Layout.FirstEffect(place);
        Likelihood = likelihood;
        Top = top;

        // The signs of Λ's columns are free: non-negative diagonals.
        Solution = (double[])solution.Clone();
        var theta = Solution.AsSpan(start, factor.ParameterCount);
        factor.FromCovariance(factor.Covariance(theta), theta);
        Information = information;
        for (var j = 0; j < solution.Length; j++)
        {
            if (Solution[j] * solution[j] < 0)
            {
                Turn(j);
            }
        }
    }

    /// <summary>The log-likelihood of all parameters with the effects in this order.</summary>
    public MarginalLikelihood Likelihood { get; }

    /// <summary>ψ at the maximum.</summary>
    public double[] Solution { get; }

    /// <summary>ℓ at the maximum.</summary>
    public double Top { get; }

    /// <summary>The information there, m×m.</summary>
    public double[] Information { get; }

    /// <summary>The number of effects of the term.</summary>
    public int Dimension => factor.Layout.DimensionOf(place);

    /// <summary>Whether they may be correlated.</summary>
    public bool Correlated => factor.Layout.IsCorrelated(place);

    /// <summary>The block of a term with some of its effects last.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="term">The term's place among the fit's random effects.</param>
    /// <param name="last">The effects that have to come last, in order.</param>
    public static EffectBlock Of(ProfiledFit fit, int term, params int[] last)
    {
        var solution = fit.Solution;
        var columns = fit.Scaling.Columns;
        var own = new EffectBlock(
            columns, fit.Levels, term, fit.Open(), solution.Parameters.ToArray(), solution.Value, solution.Information.ToArray());
        var design = fit.Levels.SelectMany(level => level.Terms).ElementAt(term);
        int[] order = [.. Enumerable.Range(0, design.Dimension).Except(last), .. last];
        if (!design.Correlated || order.Order().SequenceEqual(order))
        {
            return own;
        }

        var reordered = new RandomTermDesign(
            design.Group,
            design.Groups.ToArray(),
            design.GroupCount,
            design.Label,
            [.. order.Select(effect => design.Names[effect])],
            [.. order.SelectMany(effect => design.Column(effect).ToArray())],
            correlated: true);
        var (levels, likelihood) = fit.With(design, reordered);
        var maximizer = new NewtonMaximizer(likelihood, fit.Tolerances);
        maximizer.Climb(own.Reordered(order), fit.MaximumIterations, fit.Tolerances.Distance);
        return new EffectBlock(columns, levels, term, likelihood, maximizer.Parameters, maximizer.Value, maximizer.Curvature.ToArray());
    }

    /// <summary>The place in ψ of the entry of Λ in a row and column of the term's block.</summary>
    public int Index(int row, int column)
    {
        foreach (var entry in factor.Layout.EntriesOf(place))
        {
            if (entry.Row == row && entry.Column == column)
            {
                return start + entry.Parameter;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(row));
    }

    /// <summary>The places in ψ of a whole column of the term's block.</summary>
    public int[] Column(int column) =>
        [.. factor.Layout.EntriesOf(place).ToArray().Where(entry => entry.Column == column).Select(entry => start + entry.Parameter)];

    /// <summary>What a standard deviation of an effect is multiplied by in ψ.</summary>
    public double Scale(int effect) => scales[firstColumn + effect];

    // The other sign of a parameter turns its row and its column of the information.
    private void Turn(int parameter)
    {
        var m = Solution.Length;
        for (var l = 0; l < m; l++)
        {
            Information[(parameter * m) + l] *= -1;
            Information[(l * m) + parameter] *= -1;
        }
    }

    // ψ with the term's effects in another order.
    private double[] Reordered(int[] order)
    {
        var psi = (double[])Solution.Clone();
        var theta = psi.AsSpan(start, factor.ParameterCount);
        var q = factor.Dimension;
        var covariance = factor.Covariance(theta);
        int[] source = [.. Enumerable.Range(0, q)];
        for (var a = 0; a < order.Length; a++)
        {
            source[firstColumn + a] = firstColumn + order[a];
        }

        var moved = new double[q * q];
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                moved[(a * q) + b] = covariance[(source[a] * q) + source[b]];
            }
        }

        factor.FromCovariance(moved, theta);
        return psi;
    }
}

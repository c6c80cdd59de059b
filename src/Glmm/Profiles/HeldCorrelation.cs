namespace MarginalConditional.Glmm.Profiles;

/// <summary>The correlation of two random effects of a term held at a value r.</summary>
/// <remarks>
/// With the two last in order, the rows of Λ are s(√(1 − r²), r) and (0, z): the free parameters are s and z, and ψ is affine in them.
/// </remarks>
internal sealed class HeldCorrelation : HeldParameter
{
    private readonly EffectBlock block;
    private readonly int own;
    private readonly int shared;
    private readonly int other;

    private HeldCorrelation(EffectBlock block)
        : base(block.Likelihood, block.Solution, block.Top, block.Information)
    {
        this.block = block;
        var last = block.Dimension - 1;
        own = block.Index(last - 1, last - 1);
        shared = block.Index(last - 1, last);
        other = block.Index(last, last);
    }

    /// <summary>Two effects of a correlated term of a fit.</summary>
    public static HeldCorrelation Of(ProfiledFit fit, int term, int first, int second)
    {
        var estimate = Math.Clamp(fit.RandomEffects[term].Correlation(first, second), -1, 1);
        return new HeldCorrelation(EffectBlock.Of(fit, term, first, second))
        {
            Estimate = estimate,
            Error = 0.05 + (0.2 * (1 - (estimate * estimate))),
            Lowest = -1,
            Highest = 1,
        };
    }

    /// <inheritdoc/>
    public override (AffineRestriction Likelihood, double[] Start) At(double value, double[] near)
    {
        var origin = new double[near.Length];
        var along = new double[near.Length];
        along[own] = Math.Sqrt(Math.Max(0, 1 - (value * value)));
        along[shared] = value;
        var directions = new List<double[]> { along };
        var start = new List<double> { Math.Sqrt((near[own] * near[own]) + (near[shared] * near[shared])) };

        // Without a diagonal the column of Λ is redundant.
        int[] held = along[own] > 0 ? [own, shared] : [.. block.Column(block.Dimension - 2), shared];
        for (var j = 0; j < near.Length; j++)
        {
            if (!held.Contains(j))
            {
                directions.Add(AffineRestriction.Unit(near.Length, j));
                start.Add(j == other ? Math.Abs(near[j]) : near[j]);
            }
        }

        return (new AffineRestriction(Likelihood, origin, directions), [.. start]);
    }

    /// <inheritdoc/>
    public override IEnumerable<(AffineRestriction Likelihood, double[] Start)> Edges(double value, double[] solution)
    {
        // Opposite signs of s and z would be the correlation −r: then one of the two deviations is zero at the maximum.
        var deviation = Math.Abs(value) < 1 ? solution[own] : solution[shared] * value;
        return deviation * solution[other] >= 0
            ? []
            : [Without(
                [.. block.Column(block.Dimension - 2), shared],
                solution), Without([.. block.Column(block.Dimension - 1)], solution)];
    }

    private (AffineRestriction Likelihood, double[] Start) Without(int[] entries, double[] solution)
    {
        var psi = (double[])solution.Clone();
        foreach (var entry in entries)
        {
            psi[entry] = 0;
        }

        return Hold(psi, entries);
    }
}

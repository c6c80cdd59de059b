using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// Trials like one that was fitted: whole clusters of it are drawn with replacement within their arm, with their covariates, sizes and
/// visits as they were seen, and given new outcomes by the fit. Immutable.
/// </summary>
public sealed class LikeSource : IDataSource, ITruthSource
{
    private readonly LikeTruth truth;
    private readonly int[] shares;

    /// <summary>Makes a trial like a fit.</summary>
    /// <param name="likeness">The fit.</param>
    /// <param name="treatment">The column that tells the arms apart; null for the only one of two values.</param>
    /// <param name="coefficient">The coefficient of interest; null for the treatment's.</param>
    /// <param name="effect">What it is to be, on the link scale; null for what it is in the fit.</param>
    /// <param name="clusters">How many clusters there are to be; null for as many as in the data.</param>
    /// <exception cref="InputException">There is no such column, or no such trial.</exception>
    public LikeSource(
        TrialLikeness likeness, string? treatment = null, string? coefficient = null, double? effect = null, int? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(likeness);
        Likeness = likeness;
        var arms = LikeColumns.Treatment(likeness.Frame.Design, treatment);
        EffectColumn = coefficient is null ? arms : LikeColumns.Coefficient(likeness.Frame.Design, coefficient);
        TreatmentColumn = arms;
        Strata = ClusterStrata.Of(likeness.Frame, LikeColumns.OfTerm(likeness.Frame.Design, arms));
        Clusters = clusters ?? likeness.Frame.Clusters.Count;
        if (Clusters < Math.Max(4, Strata.Count))
        {
            throw new InputException(FormattableString.Invariant(
                $"A trial like this one has {Math.Max(4, Strata.Count)} clusters or more; {Clusters} are asked for."));
        }

        shares = Strata.Shares(Clusters);
        if (effect is not null && likeness.RowOutcomes is { } outcomes && outcomes.IsNominal(EffectColumn))
        {
            throw new InputException($"{likeness.Frame.Design.Names[EffectColumn]} has a coefficient a threshold, and no one effect.")
            {
                Hint = "Leave it as fitted, or name a coefficient that all thresholds share.",
            };
        }

        var beta = likeness.Coefficients.ToArray();
        beta[EffectColumn] = effect ?? beta[EffectColumn];
        Effect = beta[EffectColumn];
        Outcomes = likeness.Outcomes(beta);
        truth = new LikeTruth(likeness, beta, arms, EffectColumn, Strata.RowShares(likeness.Frame, shares));
    }

    /// <summary>The fit.</summary>
    public TrialLikeness Likeness { get; }

    /// <summary>The column that tells the arms apart, from 0.</summary>
    public int TreatmentColumn { get; }

    /// <summary>The column of the coefficient of interest, from 0.</summary>
    public int EffectColumn { get; }

    /// <summary>The coefficient of interest, link scale.</summary>
    public double Effect { get; }

    /// <summary>The number of clusters of a trial.</summary>
    public int Clusters { get; }

    /// <inheritdoc/>
    public bool IsContinuous => Likeness.Family != Family.Binomial && Likeness.Family != Family.Poisson
        && Likeness.Family is not Family.NegativeBinomialFamily;

    internal ClusterStrata Strata { get; }

    /// <summary>The number of clusters of each stratum.</summary>
    internal IReadOnlyList<int> Shares => shares;

    internal LikeOutcomes Outcomes { get; }

    /// <inheritdoc/>
    public AnalysisModel ModelOf(ModelFrame frame) =>
        new(Likeness.Family, Likeness.Link, EffectColumn) { Cumulative = Likeness.Ordinal?.Link };

    /// <inheritdoc/>
    public IDataGenerator Open() => new LikeGenerator(this);

    /// <inheritdoc/>
    public (double Value, string Label)? TruthOf(IEstimand estimand)
    {
        ArgumentNullException.ThrowIfNull(estimand);
        return truth.Of(estimand.Name);
    }
}

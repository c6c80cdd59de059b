using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>A fit as a mechanism: the rows it was made of, and the law of their outcomes. Immutable, of all threads.</summary>
public abstract class TrialLikeness
{
    private readonly double[] coefficients;

    private protected TrialLikeness(ModelFrame frame, Family family, Link link, double[] coefficients)
    {
        Frame = frame;
        Family = family;
        Link = link;
        this.coefficients = coefficients;
    }

    /// <summary>The rows fitted, in clusters.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The outcome's distribution.</summary>
    public Family Family { get; }

    /// <summary>The link.</summary>
    public Link Link { get; }

    /// <summary>β̂, p values, link scale: given the random effects, or of the population where there are none.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>Whether coefficients are given random effects.</summary>
    public abstract bool IsConditional { get; }

    /// <summary>A mixed model by quadrature.</summary>
    /// <exception cref="InputException">The fit has no finite estimates, or its groups are crossed.</exception>
    public static TrialLikeness Of(GlmmFit fit) => MixedLikeness.Of(fit);

    /// <summary>A cumulative mixed model of an ordered outcome.</summary>
    /// <exception cref="InputException">Estimates are not finite, there is no intercept, or groups cross.</exception>
    public static TrialLikeness Of(OrdinalGlmmFit fit) => MixedLikeness.Of(fit);

    /// <summary>A linear mixed model.</summary>
    /// <param name="frame">The rows fitted.</param>
    /// <param name="coefficients">β̂, p values.</param>
    /// <param name="effects">The random effects, in the order of the frame's terms.</param>
    /// <param name="residualCovariance">The residuals' variance, or their m×m covariance by wave, in squared units of the outcome.</param>
    /// <exception cref="InputException">Groups are crossed.</exception>
    public static TrialLikeness OfLinear(
        ModelFrame frame,
        ReadOnlySpan<double> coefficients,
        IReadOnlyList<RandomEffectEstimate> effects,
        ReadOnlySpan<double> residualCovariance) =>
        MixedLikeness.OfLinear(frame, coefficients.ToArray(), effects, new ResidualLaw(residualCovariance));

    /// <summary>A marginal model with its working correlation.</summary>
    /// <exception cref="InputException">Estimates are not finite, or outcomes cannot be made from means and correlations.</exception>
    public static TrialLikeness Of(GeeFit fit) => MarginalLikeness.Of(fit);

    /// <summary>A marginal cumulative model of an ordered outcome with its working correlation.</summary>
    /// <exception cref="InputException">Estimates are not finite, there is no intercept, or odds ratios are the association.</exception>
    public static TrialLikeness Of(OrdinalGeeFit fit) => CumulativeLikeness.Of(fit);

    /// <summary>The generalized linear model of a trial by person.</summary>
    /// <exception cref="InputException">Estimates are not finite, or rows are not one person each.</exception>
    public static TrialLikeness Of(PersonComparison comparison) => PersonLikeness.Of(comparison);

    /// <summary>Whether coefficients are given the covariates, with nothing else to be given.</summary>
    internal virtual bool IsGivenCovariatesAlone => false;

    /// <summary>The ordered outcome of every row given what all thresholds share; null for every other outcome.</summary>
    internal RowOutcomes? RowOutcomes { get; private protected init; }

    /// <summary>How an ordered outcome is cut, with family and link those of its indicators; null for every other.</summary>
    internal OrdinalOutcome? Ordinal { get; private protected init; }

    /// <summary>
    /// The probabilities that the rows' ordered outcomes exceed each threshold, over all random effects: n of J values, or none where the
    /// thresholds of some row cross.
    /// </summary>
    /// <param name="beta">p values.</param>
    /// <param name="column">The column to be set; null for the rows as they are.</param>
    /// <param name="value">What it is set to.</param>
    internal virtual double[][] Above(double[] beta, int? column = null, double value = 0) => [];

    /// <summary>The law of outcomes with other coefficients.</summary>
    /// <param name="beta">p values.</param>
    /// <exception cref="InputException">There is no such law; the bound is named.</exception>
    internal abstract LikeOutcomes Outcomes(double[] beta);

    /// <summary>Coefficients near those of the population, from which the exact ones are found.</summary>
    /// <param name="beta">p values.</param>
    internal abstract double[] NearPopulation(double[] beta);

    /// <summary>The means of the rows over all random effects, n values.</summary>
    /// <param name="beta">p values.</param>
    /// <param name="column">The column to be set; null for the rows as they are.</param>
    /// <param name="value">What it is set to.</param>
    internal abstract double[] Means(double[] beta, int? column = null, double value = 0);

    /// <summary>Refuses means that outcomes of the family cannot have.</summary>
    /// <param name="means">n values.</param>
    private protected void RequireMeans(ReadOnlySpan<double> means)
    {
        for (var row = 0; row < means.Length; row++)
        {
            if (!Family.IsMeanValid(means[row]))
            {
                throw new InputException(FormattableString.Invariant(
                    $"Row {Frame.DataRow(row)} of the data would have the mean {means[row]:G4}, which no {Family} outcome has."))
                {
                    Hint = "Choose an effect nearer to that of the fit.",
                };
            }
        }
    }
}

using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>The generalized linear model of a trial by person: every row is a person, whose outcome is drawn by itself.</summary>
internal sealed class PersonLikeness : TrialLikeness
{
    private readonly double dispersion;

    private PersonLikeness(PersonComparison comparison)
        : base(
            comparison.Frame, comparison.Options.Family, comparison.Options.EffectiveLink, comparison.Fit.Coefficients.ToArray()) =>
        dispersion = Family.HasUnitDispersion ? 1 : Pearson();

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    internal override bool IsGivenCovariatesAlone => true;

    /// <summary>The model of a comparison.</summary>
    public static new PersonLikeness Of(PersonComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (frame, family) = (comparison.Frame, comparison.Options.Family);
        var problem = comparison.Fit.Separated is not null ? "The fit has estimates that are not finite, and no trial is like it."
            : !frame.Trials.IsEmpty || !frame.Weights.IsEmpty ? "Trials by person are made like data in which every row is one person."
            : family == Family.InverseGaussian ? "Trials by person are not made of inverse Gaussian outcomes."
            : null;
        return problem is null ? new PersonLikeness(comparison) : throw new InputException(problem)
        {
            Hint = "Keep a comparison of data with a row a person, without --weights and --trials.",
        };
    }

    /// <inheritdoc/>
    internal override LikeOutcomes Outcomes(double[] beta)
    {
        var means = Means(beta);
        RequireMeans(means);
        return new Law(this, means);
    }

    /// <inheritdoc/>
    internal override double[] Means(double[] beta, int? column = null, double value = 0)
    {
        var design = column is { } set ? DesignRows.Under(Frame, set, null, value).Design : Frame.Design;
        var means = new double[Frame.Rows];
        LinearPredictor.Of(design, Frame.Offset, beta, means);
        Link.Mean(means, means);
        return means;
    }

    /// <inheritdoc/>
    internal override double[] NearPopulation(double[] beta) => beta;

    /// <summary>Σ (y − μ)² / v(μ) over n − p.</summary>
    private double Pearson()
    {
        var means = Means(Coefficients.ToArray());
        var sum = 0.0;
        for (var row = 0; row < means.Length; row++)
        {
            var residual = Frame.Response[row] - means[row];
            sum += residual * residual / Family.Variance(means[row]);
        }

        return sum / (means.Length - Frame.Design.Columns);
    }

    private sealed class Law(PersonLikeness likeness, double[] ofRows) : LikeOutcomes
    {
        private readonly double[] means = ofRows;
        private readonly Family family = likeness.Family;
        private readonly double dispersion = likeness.dispersion;

        public override void Draw(RandomStream stream, int cluster, Span<double> outcomes)
        {
            // A cluster of one row stands at its own number.
            var mean = means[cluster];
            outcomes[0] = family == Family.Binomial ? stream.NextBernoulli(mean)
                : family == Family.Poisson ? stream.NextPoisson(mean)
                : family == Family.Gamma ? stream.NextGamma(1 / dispersion) * mean * dispersion
                : family is Family.NegativeBinomialFamily counts ? stream.NextNegativeBinomial(mean, counts.Theta)
                : mean + (Math.Sqrt(dispersion) * stream.NextNormal());
        }
    }
}

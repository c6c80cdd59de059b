using System.Globalization;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>A marginal model: outcomes are made from the means of the rows and the working correlation.</summary>
internal sealed class MarginalLikeness : TrialLikeness
{
    private readonly FittedCorrelation correlation;
    private readonly double scale;

    private MarginalLikeness(GeeFit fit)
        : base(fit.Frame, fit.Options.Family, fit.Options.EffectiveLink, fit.Coefficients.ToArray())
    {
        correlation = new FittedCorrelation(fit.Frame, fit.Correlation);
        scale = fit.Scale;
    }

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <summary>A fit.</summary>
    public static new MarginalLikeness Of(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var family = fit.Options.Family;
        var problem = fit.Separated is not null ? "The fit has estimates that are not finite, and no trial is like it."
            : !(family == Family.Binomial || family == Family.Poisson || family == Family.Gaussian)
                ? $"{family} outcomes are not made from means and correlations."
            : !fit.Frame.Trials.IsEmpty || !fit.Frame.Weights.IsEmpty
                ? "Outcomes with trials or weights are not made from means and correlations."
            : null;
        return problem is null ? new MarginalLikeness(fit) : throw new InputException(problem)
        {
            Hint = "A mixed model (glmm or lmm) can be the mechanism.",
        };
    }

    /// <inheritdoc/>
    internal override LikeOutcomes Outcomes(double[] beta)
    {
        var means = Means(beta);
        RequireMeans(means);
        var margins = new Dictionary<double, OutcomeMargin>();
        var known = new Dictionary<string, MarginalLaw>(StringComparer.Ordinal);
        var laws = new MarginalLaw[Frame.Clusters.Count];
        for (var c = 0; c < laws.Length; c++)
        {
            var rows = new OutcomeMargin[Frame.Clusters.Size(c)];
            for (var i = 0; i < rows.Length; i++)
            {
                var mean = means[Frame.Clusters.Start(c) + i];
                if (!margins.TryGetValue(mean, out rows[i]!))
                {
                    rows[i] = Margin(mean);
                    margins.Add(mean, rows[i]);
                }
            }

            var structure = correlation.Of(c);
            var kind = $"{structure}: {string.Join(' ', rows.Select(margin => margin.Mean.ToString("R", CultureInfo.InvariantCulture)))}";
            if (!known.TryGetValue(kind, out var law))
            {
                law = MarginalMethod.GaussianCopula.Prepare(structure, rows, new int[rows.Length], out var problem)
                    ?? throw new InputException($"No trial is like the cluster {Frame.Clusters.Label(c)}. {problem}")
                    {
                        Hint = "Choose another effect, or keep a fit with another working correlation.",
                    };
                known.Add(kind, law);
            }

            laws[c] = law;
        }

        return new MarginalLaws(laws.Length, cluster => laws[cluster]);
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

    private OutcomeMargin Margin(double mean) =>
        Family == Family.Binomial ? OutcomeMargin.Bernoulli(mean)
        : Family == Family.Gaussian ? OutcomeMargin.Normal(mean, Math.Sqrt(scale))
        : scale > 1 ? OutcomeMargin.Overdispersed(mean, scale)
        : OutcomeMargin.Poisson(mean);
}

using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// A marginal cumulative model: the categories of a cluster are cut from normal scores, whose correlations give the whitened residuals the
/// working correlation of the fit.
/// </summary>
internal sealed class CumulativeLikeness : TrialLikeness
{
    private readonly RowOutcomes outcomes;
    private readonly FittedCorrelation correlation;

    private CumulativeLikeness(OrdinalGeeFit fit, double[] coefficients, RowOutcomes outcomes)
        : base(fit.Frame, Family.Binomial, fit.Options.Link.Marginal, coefficients)
    {
        this.outcomes = outcomes;
        (Ordinal, RowOutcomes) = (outcomes.Shared, outcomes);
        correlation = new FittedCorrelation(fit.Frame, fit.Indicators.Correlation);
    }

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <summary>A fit; its coefficients stand at the places of the design's columns, 0 where there is none or one a threshold.</summary>
    public static new CumulativeLikeness Of(OrdinalGeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var problem = fit.Indicators.Separated is not null ? "The fit has estimates that are not finite, and no trial is like it."
            : fit.Frame.Design.Intercept != 0 ? "Trials are made like ordinal fits whose formula has an intercept."
            : !fit.Frame.Weights.IsEmpty ? "Ordered outcomes with weights are not made from means and correlations."
            : null;
        if (problem is not null)
        {
            throw new InputException(problem) { Hint = "Keep another fit." };
        }

        var (design, nominal) = (fit.Frame.Design, fit.Options.Nominal.Order().ToArray());
        var (coefficients, at) = (new double[design.Columns], 0);
        for (var column = 1; column < design.Columns; column++)
        {
            coefficients[column] = nominal.Contains(column) ? 0 : fit.Slopes[at++];
        }

        return new CumulativeLikeness(
            fit, coefficients, new RowOutcomes(new OrdinalOutcome(fit.Options.Link, fit.Thresholds), nominal, fit.Slopes[at..]));
    }

    /// <inheritdoc/>
    internal override LikeOutcomes Outcomes(double[] beta)
    {
        var (rows, predictor) = (outcomes.Require(Frame.Design), LinearPredictor.Of(Frame, beta));
        var known = new Dictionary<(OrdinalOutcome, double), ResidualWeights>();
        var residuals = new ResidualWeights[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            var kind = (rows[row], predictor[row]);
            if (!known.TryGetValue(kind, out residuals[row]!))
            {
                residuals[row] = new ResidualWeights(rows[row].Probabilities(predictor[row]));
                known.Add(kind, residuals[row]);
            }
        }

        var scores = new OrderedScores(Frame.Clusters, correlation, residuals);
        return new MarginalLaws(Frame.Clusters.Count, scores.LawOf);
    }

    /// <inheritdoc/>
    internal override double[] Means(double[] beta, int? column = null, double value = 0) =>
        Array.ConvertAll(Above(beta, column, value), above => above.Sum());

    /// <inheritdoc/>
    internal override double[][] Above(double[] beta, int? column = null, double value = 0)
    {
        var design = column is { } set ? DesignRows.Under(Frame, set, null, value).Design : Frame.Design;
        var predictor = new double[Frame.Rows];
        LinearPredictor.Of(design, Frame.Offset, beta, predictor);
        return outcomes.Of(design) is not { } rows ? []
            : [.. predictor.Select((eta, row) =>
                Enumerable.Range(0, rows[row].Thresholds.Length).Select(k => rows[row].Above(k, eta)).ToArray())];
    }

    /// <inheritdoc/>
    internal override double[] NearPopulation(double[] beta) => beta;
}

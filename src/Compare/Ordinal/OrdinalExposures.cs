using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>The effect on an ordered outcome at each exposure time, standardized over the rows seen at it, and their mean.</summary>
/// <remarks>
/// As <see cref="ExposureComparer"/>, by the mixed model: rung 2 of the ladder, the mean score and the log win odds among those exposed
/// that long, against the same rows without exposure.
/// </remarks>
internal sealed class OrdinalExposures
{
    private readonly OrdinalComparisonOptions options;
    private readonly ExposureRows rows;
    private readonly IReadOnlyList<OrdinalEstimates> averages;
    private readonly string scale;
    private readonly double? degreesOfFreedom;
    private readonly List<ExposureEstimate> estimates = [];
    private readonly List<ExposureTest> tests = [];

    private OrdinalExposures(
        OrdinalComparisonOptions options, ExposureRows rows, IReadOnlyList<OrdinalEstimates> averages, string scale, int clusters)
    {
        (this.options, this.rows, this.averages, this.scale) = (options, rows, averages, scale);
        degreesOfFreedom = options.NormalReference ? null : clusters - 1;
    }

    /// <summary>Analyses a trial; null where no exposure was named.</summary>
    /// <param name="frame">The rows; the exposure is a predictor of the formula.</param>
    /// <param name="options">Exposure, treatment, scores, level and reference.</param>
    /// <param name="scale">What rungs of the ladder are called.</param>
    /// <param name="averagesOf">
    /// The averages of a population (which rows) under two settings, none and an exposure.
    /// </param>
    /// <param name="rung">Rung 2 of arm 1 against arm 0, for averages and a weighting.</param>
    public static ExposureAnalysis? Analyse(
        ModelFrame frame,
        OrdinalComparisonOptions options,
        string scale,
        Func<IReadOnlyList<IReadOnlyList<(string Variable, string Value)>>, IReadOnlyList<bool>, OrdinalEstimates> averagesOf,
        Func<OrdinalFunctions, Standardization.SmoothFunction> rung)
    {
        if (options.Exposure is not { } column)
        {
            return null;
        }

        var rows = ExposureRows.Of(frame, column, options.Treatment);
        var self = new OrdinalExposures(
            options,
            rows,
            [.. rows.Exposures.Select((_, e) => averagesOf(rows.Values(e), rows.SeenAt(e)))],
            scale,
            frame.Clusters.Count);
        for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
        {
            self.Add(weighting, rung, frame.Categories.Count);
        }

        return new ExposureAnalysis
        {
            Column = column,
            None = rows.None,
            Exposures = [.. rows.Exposures.Select((exposure, e) => (exposure, rows.ClustersAt(e)))],
            Estimates = self.estimates,
            Tests = self.tests,
            Warnings = [.. rows.LoneClusters()],
        };
    }

    private void Add(int weighting, Func<OrdinalFunctions, Standardization.SmoothFunction> rung, int categories)
    {
        double[] scores = options.Scores.Count > 0
            ? [.. options.Scores]
            : [.. Enumerable.Range(1, categories).Select(place => (double)place)];
        Row(scale, rung);
        Row("difference of mean scores", own => OrdinalFunctions.Difference(own.Score(1, scores), own.Score(0, scores)));
        Row("log win odds", own => OrdinalFunctions.Logit(own.Win(1, options.LowerIsBetter)));

        void Row(string name, Func<OrdinalFunctions, Standardization.SmoothFunction> function) => Describe(
            ClusterWeighting.At(weighting),
            name,
            [.. averages.Select(own => own.Quantity(name, function(new OrdinalFunctions(own.Layout, weighting, robust: false))))]);
    }

    /// <summary>The effect at each exposure, their mean, and whether they are equal.</summary>
    private void Describe(ClusterWeighting weighting, string name, IReadOnlyList<OrdinalQuantity> effects)
    {
        double[] values = [.. effects.Select(effect => effect.Inference.Estimate)];
        var joined = ClusterInfluence.Join([.. effects.Select(effect => effect.Influence)]);
        for (var e = 0; e < values.Length; e++)
        {
            Keep(rows.Exposures[e], values[e], effects[e].Influence);
        }

        Keep(null, values.Average(), joined.Transform([.. values.Select(_ => 1.0 / values.Length)], 1));
        if (values.Length > 1)
        {
            var test = WaldTest.Joint(ExposureTest.Equality(values.Length), values, joined.Covariance(), degreesOfFreedom);
            tests.Add(new ExposureTest("GLMM", weighting, name, test));
        }

        void Keep(string? exposure, double estimate, ClusterInfluence influence) => estimates.Add(new ExposureEstimate
        {
            Exposure = exposure,
            Method = "GLMM",
            Weighting = weighting,
            Scale = name,
            Inference = Coefficient.Wald(exposure ?? "average", estimate, influence.StandardError(0), degreesOfFreedom, options.Level),
            StandardErrorType = effects[0].Errors.Description,
        });
    }
}

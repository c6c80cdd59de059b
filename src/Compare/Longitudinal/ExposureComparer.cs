using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Estimates the effect at each exposure time, standardized over the rows that were seen at it, and their mean.</summary>
/// <remarks>
/// With R_e the rows at exposure e, the effect is h(av m(e)) − h(av m(none)), both means over R_e with everything but exposure as observed:
/// rung 2 of the ladder among those exposed that long. The time-averaged effect is the mean over e, each counting the same.
/// </remarks>
internal sealed class ExposureComparer
{
    private readonly ExposureRows rows;
    private readonly ComparisonOptions options;
    private readonly double? degreesOfFreedom;
    private readonly List<ExposureEstimate> estimates = [];
    private readonly List<ExposureTest> tests = [];

    private ExposureComparer(ExposureRows rows, ComparisonOptions options, int clusters)
    {
        this.rows = rows;
        this.options = options;
        degreesOfFreedom = options.NormalReference ? null : clusters - 1;
    }

    /// <summary>Analyses a trial; null where no exposure was named.</summary>
    /// <param name="frame">The rows; the exposure is a predictor of the formula.</param>
    /// <param name="models">The working models, how standard errors are found, and what each cluster does to their parameters.</param>
    /// <param name="options">Exposure, treatment, level and reference.</param>
    /// <param name="measures">The scales.</param>
    public static ExposureAnalysis? Analyse(
        ModelFrame frame,
        IReadOnlyList<(WorkingModel Model, StandardizedErrors Errors, double[] Changes)> models,
        ComparisonOptions options,
        IReadOnlyList<EffectMeasure> measures)
    {
        if (options.Exposure is not { } column)
        {
            return null;
        }

        var rows = ExposureRows.Of(frame, column, options.Treatment);
        var comparer = new ExposureComparer(rows, options, frame.Clusters.Count);
        foreach (var (model, errors, changes) in models)
        {
            comparer.Add(model, errors, changes, measures);
        }

        return new ExposureAnalysis
        {
            Column = column,
            None = rows.None,
            Exposures = [.. rows.Exposures.Select((exposure, e) => (exposure, rows.ClustersAt(e)))],
            Estimates = comparer.estimates,
            Tests = comparer.tests,
            Warnings = [.. rows.LoneClusters()],
        };
    }

    private void Add(WorkingModel model, StandardizedErrors errors, double[] changes, IReadOnlyList<EffectMeasure> measures)
    {
        List<StandardizedAverages> averages = [.. rows.Exposures.Select((_, e) => new StandardizedAverages(
            new AverageSums(model, rows.Trial(e), rows.Settings(e), []), errors, changes, options.Glmm.Threads))];
        for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
        {
            var named = ClusterWeighting.At(weighting);
            foreach (var measure in measures)
            {
                var scale = measure.ScaleOf(options.Glmm.Family == Statistics.Families.Family.Binomial);
                List<(double Estimate, ClusterInfluence Influence)> effects = [.. averages.Select(own => own.Difference(
                    own.Layout.ModelMean(weighting, 1), own.Layout.ModelMean(weighting, 0), measure))];
                double[] values = [.. effects.Select(effect => effect.Estimate)];
                var joined = ClusterInfluence.Join([.. effects.Select(effect => effect.Influence)]);
                double[] equal = [.. values.Select(_ => 1.0 / values.Length)];
                for (var e = 0; e < values.Length; e++)
                {
                    Row(rows.Exposures[e], values[e], effects[e].Influence);
                }

                Row(null, values.Average(), joined.Transform(equal, 1));
                if (values.Length > 1)
                {
                    var test = WaldTest.Joint(ExposureTest.Equality(values.Length), values, joined.Covariance(), degreesOfFreedom);
                    tests.Add(new ExposureTest(model.Method, named, scale, test));
                }

                void Row(string? exposure, double estimate, ClusterInfluence influence) => estimates.Add(new ExposureEstimate
                {
                    Exposure = exposure,
                    Method = model.Method,
                    Weighting = named,
                    Scale = scale,
                    Inference = Coefficient.Wald(
                        exposure ?? "average", estimate, influence.StandardError(0), degreesOfFreedom, options.Level),
                    StandardErrorType = errors.Description,
                });
            }
        }
    }
}

using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Estimands;

/// <summary>Two standardized means compared by one measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Control">The reference level.</param>
/// <param name="Treated">The other level.</param>
/// <param name="Weighting">Whom the means average over.</param>
/// <param name="Inference">Estimate and interval, ratios as logarithms.</param>
public sealed record StandardizedContrast(
    EffectMeasure Measure, string Control, string Treated, ClusterWeighting Weighting, Coefficient Inference)
{
    /// <summary>Compares each level with the reference by a measure.</summary>
    /// <param name="means">The standardized means, the reference first.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="degreesOfFreedom">Of the interval; null means normal.</param>
    /// <param name="level">Of the interval.</param>
    public static IReadOnlyList<StandardizedContrast> Against(
        StandardizedMeans means, EffectMeasure measure, double? degreesOfFreedom = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(measure);
        var contrasts = new List<StandardizedContrast>();
        for (var a = 1; a < means.Levels.Count; a++)
        {
            var (control, treated) = (means.Means[0], means.Means[a]);
            var slopes = measure.Slopes(control, treated);
            var jacobian = new double[means.Levels.Count];
            jacobian[0] = slopes.Control;
            jacobian[a] = slopes.Treated;
            var influence = means.Influence.Transform(jacobian, 1);
            var inference = Coefficient.Wald(
                measure.Name,
                measure.Value(control, treated),
                influence.StandardError(0),
                degreesOfFreedom,
                level);
            contrasts.Add(new StandardizedContrast(measure, means.Levels[0], means.Levels[a], means.Weighting, inference));
        }

        return contrasts;
    }
}

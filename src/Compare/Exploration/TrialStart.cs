using System.Globalization;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Exploration;

/// <summary>A trial as a setting: the numbers of its fit, and its own covariates.</summary>
/// <param name="Setting">The setting, to five digits; its law is normal, as in the fit.</param>
/// <param name="Covariates">What the covariates of the trial's rows add to the predictor, standardized.</param>
/// <param name="Treated">The arm that is compared.</param>
/// <param name="Control">The arm that it is compared with.</param>
/// <param name="EffectsDiffer">
/// Whether the effect differs between rows: the setting has the average, the covariates keep the differences.
/// </param>
public sealed record TrialStart(TrialSetting Setting, CovariateLaw Covariates, string Treated, string Control, bool EffectsDiffer)
{
    /// <summary>Reads a setting off a fit: the averages, over the rows, of the predictor without treatment and of the effect.</summary>
    /// <param name="fit">A logit model with one random intercept.</param>
    /// <param name="treatment">The treatment's column.</param>
    /// <exception cref="InputException">The fit is no such model, or the treatment has no two arms.</exception>
    public static TrialStart Of(GlmmFit fit, string treatment)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Family != Family.Binomial || fit.Link != Link.Logit || fit.RandomEffects is not [{ Dimension: 1 } random])
        {
            throw new InputException(
                "The page shows binary outcomes with a logit link and one random intercept, and this is another model.")
            {
                Hint = "Name the clusters by --cluster, and leave other random effects out of the formula.",
            };
        }

        if (fit.Frame.Recipe is not { } recipe || StandardizedResults.Levels(fit.Frame, treatment) is not { } levels)
        {
            throw new InputException($"--treatment is {treatment}, which has no two arms to compare.")
            {
                Hint = $"Name the column of the arms; a number with more than two values can be made one by --factor {treatment}.",
            };
        }

        if (!levels.Take(2).All(level => recipe.IsEstimable([(treatment, level)])))
        {
            throw new InputException($"Some rows have no mean with {treatment} = {levels[1]}, because no row that was seen tells of it.")
            {
                Hint = "Leave the interaction out of the formula, or join levels.",
            };
        }

        var (control, treated) = (Predictor(levels[0]), Predictor(levels[1]));
        double[] counts = [.. Enumerable.Range(0, fit.Frame.Rows).Select(row => fit.Frame.WeightTimesTrials(row))];
        var (law, mean, effect, deviation) = CovariateLaw.Of(control, treated, counts);
        return new TrialStart(
            new TrialSetting
            {
                Risk = Rounded(Statistics.Functions.Elementary.Logistic(mean)),
                Effect = Rounded(effect),
                Sigma = Rounded(random.StandardDeviations[0]),
                Covariate = Rounded(deviation),
                Clusters = fit.Frame.Clusters.Count,
                Size = (int)Math.Max(1, Math.Round(counts.Sum() / fit.Frame.Clusters.Count)),
            },
            law,
            levels[1],
            levels[0],
            law.Differences.ContainsAnyExcept(0.0));

        double[] Predictor(string level)
        {
            var design = recipe.With([(treatment, level)]);
            var predictor = new double[design.Rows];
            LinearPredictor.Of(design, fit.Frame.Offset, 0, fit.Coefficients, predictor);
            return predictor;
        }
    }

    /// <summary>To the digits that fit a field: what is beyond them is not known either.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

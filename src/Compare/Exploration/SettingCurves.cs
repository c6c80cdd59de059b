namespace MarginalConditional.Compare.Exploration;

/// <summary>
/// What a setting looks like: curves of single clusters under the population's, and the odds ratios as clusters differ more. Immutable.
/// </summary>
public sealed record SettingCurves
{
    private const int ClusterCount = 40;
    private const int Points = 49;
    private const double Margin = 4;
    private const int SpreadSteps = 16;
    private const double LeastSpread = 3;

    /// <summary>The predictor of a patient with average covariates in a typical cluster, ascending, logit scale.</summary>
    public required IReadOnlyList<double> Predictors { get; init; }

    /// <summary>The risk of such a patient in clusters spread evenly over their law.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Clusters { get; init; }

    /// <summary>That in a typical cluster.</summary>
    public required IReadOnlyList<double> Typical { get; init; }

    /// <summary>The risk of all patients.</summary>
    public required IReadOnlyList<double> Population { get; init; }

    /// <summary>The risk of all patients without and with treatment.</summary>
    public required (double Control, double Treated) Risks { get; init; }

    /// <summary>σ from 0, ascending, with the log odds ratios of rungs 1 and 2.</summary>
    public required IReadOnlyList<(double Sigma, double GivenCovariates, double Population)> Attenuation { get; init; }

    /// <summary>Draws up the curves of answers.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="covariates">The law of what covariates add.</param>
    public static SettingCurves Of(TrialAnswers answers, CovariateLaw covariates)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(covariates);
        var setting = answers.Setting;
        var integrals = new SettingIntegrals(setting, covariates);
        var (control, treated) = (setting.Baseline, setting.Baseline + setting.Effect);
        var (least, most) = (Math.Min(control, treated) - Margin, Math.Max(control, treated) + Margin);
        double[] predictors = [.. Enumerable.Range(0, Points).Select(k => least + ((most - least) * k / (Points - 1)))];
        var law = setting.EffectLaw;
        return new SettingCurves
        {
            Predictors = predictors,
            Clusters =
            [
                .. Enumerable.Range(0, ClusterCount)
                    .Select(c => law.Quantile((c + 0.5) / ClusterCount))
                    .Select(effect => (IReadOnlyList<double>)[.. predictors.Select(predictor => Risk(predictor + effect))]),
            ],
            Typical = [.. predictors.Select(Risk)],
            Population = integrals.PopulationRisks(predictors),
            Risks = (answers.ControlRisk, answers.TreatedRisk),
            Attenuation = integrals.Attenuation(Math.Max(LeastSpread, 1.5 * setting.Sigma), SpreadSteps),
        };
    }

    private static double Risk(double predictor) => Statistics.Functions.Elementary.Logistic(predictor);
}

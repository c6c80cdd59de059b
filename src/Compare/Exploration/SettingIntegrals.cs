using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Compare.Exploration;

/// <summary>The integrals of one setting over clusters and covariates. One thread at a time.</summary>
/// <remarks>
/// With m(η) = E_b expit(η + b) over the clusters and x over the covariates: rung 1 is E_x[logit m(η₁ + x₁) − logit m(η₀ + x)], a risk
/// is E_x m(η + x); x₁ is x, unless effects differ between patients. Two patients of a cluster share b: the correlation of their outcomes
/// is Σ Var_b[E_x expit(η + x + b)] / Σ p(1 − p) over the arms.
/// </remarks>
internal sealed class SettingIntegrals
{
    /// <summary>Where a cluster's predictor is this large every outcome is sure.</summary>
    private const double SurePredictor = 60;

    private readonly TrialSetting setting;
    private readonly CovariateLaw law;
    private readonly LogisticMixture control;
    private readonly LogisticMixture treated;

    /// <summary>Prepares the integrals.</summary>
    public SettingIntegrals(TrialSetting setting, CovariateLaw covariates)
    {
        this.setting = setting;
        law = covariates;
        control = law.Scaled(setting.Covariate, 0);
        treated = law.Differences.IsEmpty ? control : law.Scaled(setting.Covariate, 1);
    }

    /// <summary>Everything that is shown as a number.</summary>
    public TrialAnswers Answers()
    {
        var clusters = LogisticMixture.Of(setting.EffectLaw);
        var (given, controlRisk, treatedRisk) = Rungs(clusters);
        var correlation = Correlation(clusters, controlRisk, treatedRisk);
        return TrialAnswers.Of(setting, setting.Sigma == 0 ? setting.Effect : given, controlRisk, treatedRisk, correlation);
    }

    /// <summary>
    /// The log odds ratios of rungs 1 and 2 if the clusters' effects had other standard deviations: from 0 in equal steps, for a drawing.
    /// </summary>
    /// <param name="most">The largest, above 0.</param>
    /// <param name="steps">The number of steps.</param>
    public (double Sigma, double GivenCovariates, double Population)[] Attenuation(double most, int steps)
    {
        var widest = LogisticMixture.ForDrawing(setting.LawAt(most));
        var points = new (double, double, double)[steps + 1];
        for (var k = 0; k <= steps; k++)
        {
            // All laws but the bridge have one shape, so that their effects need only be scaled.
            var clusters = setting.Law == "bridge"
                ? LogisticMixture.ForDrawing(setting.LawAt(most * k / steps))
                : widest.Times((double)k / steps);
            var (given, controlRisk, treatedRisk) = Rungs(clusters);
            points[k] = (most * k / steps, k == 0 ? setting.Effect : given, EffectMeasure.OddsRatio.Value(controlRisk, treatedRisk));
        }

        return points;
    }

    /// <summary>
    /// The risk of all patients whose predictor in a typical cluster, with average covariates, is each of these. Where effects differ
    /// between patients they do so by as much of the treatment as a predictor has.
    /// </summary>
    public double[] PopulationRisks(ReadOnlySpan<double> predictors)
    {
        var clusters = LogisticMixture.ForDrawing(setting.EffectLaw);
        var patients = new LogisticMixture[predictors.Length];
        var arguments = new List<double>();
        for (var i = 0; i < predictors.Length; i++)
        {
            var share = setting.Effect == 0 ? 0 : Math.Clamp((predictors[i] - setting.Baseline) / setting.Effect, 0, 1);
            patients[i] = share == 0 || treated == control ? control : share == 1 ? treated : law.Scaled(setting.Covariate, share);
            foreach (var shift in patients[i].Shifts)
            {
                arguments.Add(predictors[i] + shift);
            }
        }

        var table = Table(clusters, [.. arguments]);
        var risks = new double[predictors.Length];
        Span<double> mean = stackalloc double[1];
        for (var i = 0; i < risks.Length; i++)
        {
            for (var k = 0; k < patients[i].Shifts.Length; k++)
            {
                table.At(predictors[i] + patients[i].Shifts[k], mean);
                risks[i] += patients[i].Weights[k] * mean[0];
            }
        }

        return risks;
    }

    private (double GivenCovariates, double ControlRisk, double TreatedRisk) Rungs(LogisticMixture clusters)
    {
        var weights = control.Weights;
        var arguments = new double[2 * weights.Length];
        for (var k = 0; k < weights.Length; k++)
        {
            arguments[2 * k] = setting.Baseline + control.Shifts[k];
            arguments[(2 * k) + 1] = setting.Baseline + setting.Effect + treated.Shifts[k];
        }

        var table = Table(clusters, arguments);
        var (given, controlRisk, treatedRisk) = (0.0, 0.0, 0.0);
        Span<double> mean = stackalloc double[2];
        for (var k = 0; k < weights.Length; k++)
        {
            table.At(arguments[2 * k], mean[..1]);
            table.At(arguments[(2 * k) + 1], mean[1..]);
            given += weights[k] * EffectMeasure.OddsRatio.Value(mean[0], mean[1]);
            controlRisk += weights[k] * mean[0];
            treatedRisk += weights[k] * mean[1];
        }

        return (given, controlRisk, treatedRisk);
    }

    private double Correlation(LogisticMixture clusters, double controlRisk, double treatedRisk)
    {
        if (setting.Sigma == 0)
        {
            return 0;
        }

        var variance = Variance(clusters, setting.Baseline, control, controlRisk)
            + Variance(clusters, setting.Baseline + setting.Effect, treated, treatedRisk);
        return variance / ((controlRisk * (1 - controlRisk)) + (treatedRisk * (1 - treatedRisk)));
    }

    /// <summary>Var_b[E_x expit(η + x + b)].</summary>
    private static double Variance(LogisticMixture clusters, double predictor, LogisticMixture patients, double risk)
    {
        double[] arguments =
            [.. clusters.Shifts.ToArray().Select(shift => Math.Clamp(predictor + shift, -SurePredictor, SurePredictor))];
        var table = Table(patients, arguments);
        Span<double> mean = stackalloc double[1];
        var variance = 0.0;
        for (var k = 0; k < arguments.Length; k++)
        {
            table.At(arguments[k], mean);
            variance += clusters.Weights[k] * (mean[0] - risk) * (mean[0] - risk);
        }

        return variance;
    }

    private static FunctionTable Table(LogisticMixture mixture, double[] arguments) =>
        FunctionTable.For(1, arguments, (predictor, values) => values[0] = mixture.Mean(predictor));
}

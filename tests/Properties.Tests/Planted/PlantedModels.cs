using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Tests.Planted;

/// <summary>Estimators of a few lines, right ones and wrong ones.</summary>
internal static class PlantedModels
{
    public static EstimatorTraits Marginal { get; } = new()
    {
        Target = StudyTarget.Marginal,
        SmallSample = SmallSample.None,
        Tolerance = 1e-6,
    };

    /// <summary>g(ȳ₁) − g(ȳ₀) with the sandwich of whole clusters: estimating equations under independence in closed form.</summary>
    public static EffectEstimate ArmMeans(TrialData trial) => ArmMeans(trial, row => trial.Clusters[row]);

    /// <summary>The same with clusters of one's own.</summary>
    public static EffectEstimate ArmMeans(TrialData trial, Func<int, string> cluster)
    {
        var link = trial.Model.EffectiveLink;
        var (rows, sums) = (new double[2], new double[2]);
        for (var row = 0; row < trial.Rows; row++)
        {
            var arm = (int)trial.Treatment[row];
            rows[arm]++;
            sums[arm] += trial.Outcome[row];
        }

        var residuals = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < trial.Rows; row++)
        {
            var arm = (int)trial.Treatment[row];
            var mean = sums[arm] / rows[arm];
            var influence = (trial.Outcome[row] - mean) / (rows[arm] * link.Derivative(link.Predictor(mean))) * (arm == 1 ? 1 : -1);
            residuals[cluster(row)] = residuals.GetValueOrDefault(cluster(row)) + influence;
        }

        var value = link.Predictor(sums[1] / rows[1]) - link.Predictor(sums[0] / rows[0]);
        return EffectEstimate.Of(value, Math.Sqrt(residuals.Values.Sum(sum => sum * sum)), null, converged: true, warned: false);
    }

    /// <summary>An estimator of a function.</summary>
    public static ITrialEstimator Of(Func<TrialData, EffectEstimate> estimate, TrialModel? model = null) =>
        TrialEstimator.Of("planted", model ?? new TrialModel(), Marginal, estimate);
}

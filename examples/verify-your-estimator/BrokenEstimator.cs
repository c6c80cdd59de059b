using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Trials;

namespace VerifyYourEstimator;

/// <summary>The same with a fault that no sorted file shows: a cluster is a run of rows with one label.</summary>
internal static class BrokenEstimator
{
    /// <summary>Estimate and standard error.</summary>
    public static EffectEstimate Estimate(TrialData trial) => RightEstimator.Estimate(trial, row => Run(trial, row));

    private static string Run(TrialData trial, int row)
    {
        var run = 0;
        for (var earlier = 1; earlier <= row; earlier++)
        {
            run += trial.Clusters[earlier] == trial.Clusters[earlier - 1] ? 0 : 1;
        }

        return $"run {run}";
    }
}

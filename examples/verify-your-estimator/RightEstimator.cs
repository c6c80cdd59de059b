using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Trials;

namespace VerifyYourEstimator;

/// <summary>The difference of the arms' means, with the sandwich variance of clusters.</summary>
internal static class RightEstimator
{
    /// <summary>Estimate and standard error.</summary>
    public static EffectEstimate Estimate(TrialData trial) => Estimate(trial, row => trial.Clusters[row]);

    /// <summary>The same with the clusters that a function says.</summary>
    public static EffectEstimate Estimate(TrialData trial, Func<int, string> clusterOf)
    {
        var (rows, sums) = (new double[2], new double[2]);
        for (var row = 0; row < trial.Rows; row++)
        {
            rows[(int)trial.Treatment[row]]++;
            sums[(int)trial.Treatment[row]] += trial.Outcome[row];
        }

        // What each cluster adds to the error of the difference.
        var errors = new Dictionary<string, double>();
        for (var row = 0; row < trial.Rows; row++)
        {
            var arm = (int)trial.Treatment[row];
            var error = (trial.Outcome[row] - (sums[arm] / rows[arm])) / rows[arm] * (arm == 1 ? 1 : -1);
            errors[clusterOf(row)] = errors.GetValueOrDefault(clusterOf(row)) + error;
        }

        return EffectEstimate.Of(
            (sums[1] / rows[1]) - (sums[0] / rows[0]),
            Math.Sqrt(errors.Values.Sum(error => error * error)),
            degreesOfFreedom: null,
            converged: true,
            warned: false);
    }
}

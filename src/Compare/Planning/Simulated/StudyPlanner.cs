using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>
/// Plans a trial of any design by its study file: clusters, effect or power, for each method, be it of several arms, adjusted for
/// covariates or over periods.
/// </summary>
/// <remarks>
/// A number of clusters is drawn until the power is known to lie above or below the one wanted (<see cref="StoppingRule"/>) or the most
/// trials are drawn; all methods see the same trials. Intervals share α as in <see cref="SimulatedPlanner"/>. The level and the share that
/// is treated are those of the study, tests are the methods' own.
/// </remarks>
public static class StudyPlanner
{
    /// <summary>The power of each method with so many clusters, by all trials.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="clusters">K, 4 or more.</param>
    /// <param name="options">The number of trials, threads and cancellation.</param>
    public static IReadOnlyList<StudyPlanAnswer> Powers(PlannedStudy trial, int clusters, SimulatedPlanOptions options)
    {
        Require(trial, options);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 4);
        return [.. trial.Study.Methods.Select((method, m) =>
        {
            var runs = new StudyRuns(trial, m, options, decides: false);
            return new StudyPlanAnswer(method.Name, method.Target, runs.Truth(clusters, 1), null, 0, null, runs.Power(clusters, 1));
        })];
    }

    /// <summary>The least clusters, a multiple of <see cref="PlannedStudy.Multiple"/>, with which methods have the power wanted.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="options">The power wanted, the number of trials, threads and cancellation.</param>
    public static IReadOnlyList<StudyPlanAnswer> Clusters(PlannedStudy trial, SimulatedPlanOptions options)
    {
        Require(trial, options);
        trial.RequireEffects();
        var block = trial.Multiple;
        var least = (4 + block - 1) / block;
        var start = trial.Study.Scenarios[0].Mechanism?.Clusters / block ?? least;
        return [.. trial.Study.Methods.Select((method, m) =>
        {
            var runs = new StudyRuns(trial, m, options, decides: true);
            var search = new PowerSearch(
                blocks => runs.Power(block * blocks, 1), options.Power, least, Math.Max(least, options.MostClusters / block));
            var (needed, atLeast, atMost) = search.Find(start);
            var shown = needed ?? search.Known.Keys.Max();
            return new StudyPlanAnswer(
                method.Name, method.Target, runs.Truth(block * shown, 1), block * needed, block * atLeast, block * atMost,
                search.Known[shown]);
        })];
    }

    /// <summary>The least effect, as a multiple of the one in the file, of which each method has the power wanted.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="clusters">K, 4 or more.</param>
    /// <param name="options">The power wanted, the number of trials, threads and cancellation.</param>
    public static IReadOnlyList<StudyPlanAnswer> Effects(PlannedStudy trial, int clusters, SimulatedPlanOptions options)
    {
        Require(trial, options);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 4);
        trial.RequireEffects();
        var most = LargestStep(trial, clusters);
        return [.. trial.Study.Methods.Select((method, m) =>
        {
            var runs = new StudyRuns(trial, m, options, decides: true);
            var search = new PowerSearch(step => runs.Power(clusters, SimulatedPlanner.Factor(step)), options.Power, 1, most);
            var (needed, atLeast, atMost) = search.Find(SimulatedPlanner.Steps);
            var shown = needed ?? search.Known.Keys.Max();
            return new StudyPlanAnswer(
                method.Name,
                method.Target,
                runs.Truth(clusters, SimulatedPlanner.Factor(shown)),
                needed is { } step ? SimulatedPlanner.Factor(step) : null,
                SimulatedPlanner.Factor(atLeast),
                atMost is { } end ? SimulatedPlanner.Factor(end) : null,
                search.Known[shown]);
        })];
    }

    /// <summary>The largest multiple of the effect that a trial can have: a risk cannot be raised beyond 1.</summary>
    private static int LargestStep(PlannedStudy trial, int clusters)
    {
        var (fits, beyond) = (SimulatedPlanner.Steps, SimulatedPlanner.LargestFactor * SimulatedPlanner.Steps);
        _ = trial.At(clusters, SimulatedPlanner.Factor(fits + 1));
        if (Exists(beyond))
        {
            return beyond;
        }

        while (beyond - fits > 1)
        {
            var middle = fits + ((beyond - fits) / 2);
            (fits, beyond) = Exists(middle) ? (middle, beyond) : (fits, middle);
        }

        return fits;

        bool Exists(int step)
        {
            try
            {
                _ = trial.At(clusters, SimulatedPlanner.Factor(step));
                return true;
            }
            catch (InputException)
            {
                return false;
            }
        }
    }

    private static void Require(PlannedStudy trial, SimulatedPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(trial);
        SimulatedPlanner.Require(options);
    }
}

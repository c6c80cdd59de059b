namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>Plans a trial by cluster by drawing it: clusters, effect or power, for each estimand.</summary>
/// <remarks>
/// Powers are compared with the one wanted by intervals that hold at every look
/// (<see cref="Simulation.Stopping.ConfidenceSequence"/>), each with its share of α, so that trials are drawn until they decide; where the
/// most of them do not, the estimate does. All numbers of clusters are tried on the same trials.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Planning.Simulated;
///
/// int[] sizes = [10, 20, 30];
/// var trial = PlannedClusters.Alike(control: 0.3, treatment: 0.4, correlation: 0.05, sizes);
/// foreach (var answer in SimulatedPlanner.Powers(trial, clusters: 40, new SimulatedPlanOptions { Trials = 1000 }))
/// {
///     Console.WriteLine(answer);
/// }
/// </code>
/// </example>
public static class SimulatedPlanner
{
    /// <summary>Steps of the factor of an effect.</summary>
    internal const int Steps = 200;

    /// <summary>The largest factor of an effect.</summary>
    internal const int LargestFactor = 5;

    /// <summary>The power of each estimand with so many clusters, by all trials.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="clusters">K, 4 or more.</param>
    /// <param name="options">The tests and the number of trials.</param>
    public static IReadOnlyList<SimulatedAnswer> Powers(PlannedClusters trial, int clusters, SimulatedPlanOptions options)
    {
        Require(trial, options);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 4);
        var drawn = Drawn(trial, 1, options);
        return [.. trial.Estimands.Select(estimand => new SimulatedAnswer(
            estimand, trial.Effect(estimand), null, 0, null, Curve(trial, estimand, options, 1).At(drawn, clusters, 1, decides: false)))];
    }

    /// <summary>The least clusters, an even number, with which each estimand has the power wanted.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="start">A guess, such as a formula's answer.</param>
    /// <param name="options">The tests, the power wanted and the number of trials.</param>
    /// <param name="estimands">Those to plan for; null for all of the trial.</param>
    public static IReadOnlyList<SimulatedAnswer> Clusters(
        PlannedClusters trial, int start, SimulatedPlanOptions options, IReadOnlyList<PlannedEstimand>? estimands = null)
    {
        Require(trial, options);
        var drawn = Drawn(trial, 1, options);
        return [.. (estimands ?? trial.Estimands).Select(estimand =>
        {
            var curve = Curve(trial, estimand, options, PowerSearch.MostAsked);
            var search = new PowerSearch(
                pairs => curve.At(drawn, 2 * pairs, 1, decides: true), options.Power, 2, options.MostClusters / 2);
            var (needed, atLeast, atMost) = search.Find(start / 2);
            return new SimulatedAnswer(
                estimand, trial.Effect(estimand), 2 * needed, 2 * atLeast, 2 * atMost, search.Known[needed ?? search.Known.Keys.Max()]);
        })];
    }

    /// <summary>The least effect, as a multiple of the one planned, of which each estimand has the power wanted.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="clusters">K, 4 or more.</param>
    /// <param name="options">The tests, the power wanted and the number of trials.</param>
    public static IReadOnlyList<SimulatedAnswer> Effects(PlannedClusters trial, int clusters, SimulatedPlanOptions options)
    {
        Require(trial, options);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 4);
        return [.. trial.Estimands.Select(estimand =>
        {
            var curve = Curve(trial, estimand, options, PowerSearch.MostAsked);
            var search = new PowerSearch(
                step => curve.At(Drawn(trial, Factor(step), options), clusters, Factor(step), decides: true),
                options.Power,
                1,
                LargestFactor * Steps);
            var (needed, atLeast, atMost) = search.Find(Steps);
            return new SimulatedAnswer(
                estimand,
                trial.Effect(estimand, Factor(needed ?? LargestFactor * Steps)),
                needed is { } step ? Factor(step) : null,
                Factor(atLeast),
                atMost is { } end ? Factor(end) : null,
                search.Known[needed ?? search.Known.Keys.Max()]);
        })];
    }

    /// <summary>The multiple of the effect that a step stands for.</summary>
    internal static double Factor(int step) => step / (double)Steps;

    private static DrawnTrials Drawn(PlannedClusters trial, double factor, SimulatedPlanOptions options) =>
        new(trial.At(factor), options.Seed, options.Trials);

    private static PowerCurve Curve(PlannedClusters trial, PlannedEstimand estimand, SimulatedPlanOptions options, int asked) =>
        new(trial.Test(estimand), options, options.Alpha / (trial.Estimands.Count * asked));

    private static void Require(PlannedClusters trial, SimulatedPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Require(options);
    }

    /// <summary>Refuses options that mean nothing.</summary>
    internal static void Require(SimulatedPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trials, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostClusters, 4);
        if (options.Power is not (> 0 and < 1) || options.Level is not (> 0 and < 1) || options.TreatedShare is not (> 0 and < 1)
            || options.Alpha is not (> 0 and < 1))
        {
            throw new ArgumentException("Power, level, share and alpha have to lie between 0 and 1.", nameof(options));
        }
    }
}

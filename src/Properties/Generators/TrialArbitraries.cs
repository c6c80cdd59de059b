using FsCheck;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Generators;

/// <summary>
/// What attributes of FsCheck.Xunit and FsCheck.NUnit take: <c>[Property(Arbitrary = [typeof(TrialArbitraries)])]</c> on a test gives it
/// trials of binary outcomes with a covariate of rows and one of clusters, and mechanisms.
/// </summary>
/// <example>
/// <code>
/// using FsCheck.Fluent;
/// using MarginalConditional.Properties.Generators;
///
/// foreach (var trial in TrialArbitraries.Trials().Generator.Sample(3))
/// {
///     Console.WriteLine(trial);
/// }
/// </code>
/// </example>
public static class TrialArbitraries
{
    private static readonly TrialModel Model = new()
    {
        Covariates = [new CovariateOfTrial("age", IsOfCluster: false), new CovariateOfTrial("region", IsOfCluster: true)],
    };

    /// <summary>Trials of binary outcomes.</summary>
    public static Arbitrary<TrialData> Trials() => TrialGenerators.Arbitrary(Model);

    /// <summary>Mechanisms of trials by cluster.</summary>
    public static Arbitrary<Mechanism> Mechanisms() => StudyGenerators.Mechanisms();
}
